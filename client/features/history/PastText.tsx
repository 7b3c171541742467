import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeMark } from './ChangeMark.tsx';
import type { Look } from './CompareTools.tsx';
import type { ChapterChanges, Paragraph } from './changes.ts';
import { asLater, folded, type Stretch } from './folding.ts';
import type { Marking } from './marking.ts';
import { PieceText } from './PieceText.tsx';
import { lookData } from './PlainText.tsx';

interface PastTextProps {
  readonly view: ChapterChanges;
  readonly marks: Marking;
  readonly look: Look;
}

/** A chapter's text with what changed in it; unchanged stretches are folded until one opens them. */
export function PastText({ view, marks, look }: PastTextProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (look !== 'all') {
    return (
      <div className="chapter-editor past-text">
        {asLater(view.paragraphs).map((paragraph, index) => (
          <Line key={keyOf(paragraph, index)} paragraph={paragraph} marks={marks} look={look} />
        ))}
      </div>
    );
  }
  const stretches = folded(view.paragraphs);
  return (
    <div className="chapter-editor past-text">
      {stretches.map((stretch, at) => {
        const name = `${at} ${stretch.paragraphs[0]?.block.key ?? ''}`;
        if (stretch.kind === 'shown' || opened.has(name)) {
          return stretch.paragraphs.map((paragraph, index) => (
            <Line key={`${name} ${keyOf(paragraph, index)}`} paragraph={paragraph} marks={marks} look={look} />
          ));
        }
        return <Fold key={name} stretch={stretch} onOpen={() => setOpened(new Set(opened).add(name))} />;
      })}
    </div>
  );
}

const keyOf = (paragraph: Paragraph, index: number) => `${paragraph.block.key} ${paragraph.block.op} ${index}`;

function Fold({ stretch, onOpen }: { readonly stretch: Stretch; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="fold">
      <button type="button" onClick={onOpen} aria-expanded="false">
        {t('history.unchanged', { count: stretch.paragraphs.length })}
      </button>
    </div>
  );
}

function Line({ paragraph, marks, look }: { readonly paragraph: Paragraph; readonly marks: Marking; readonly look: Look }) {
  const { block, pieces, end } = paragraph;
  // an empty paragraph's old place of which nothing is told
  if (look === 'all' && pieces.length === 0 && block.op === 'left' && end !== null && !marks.changes.has(end)) return null;
  const changes = [...new Set([paragraph.look, ...pieces.map(({ change }) => change), end])].filter((id) => id !== null);
  const authors = [...new Set(changes.map((id) => marks.changes.get(id)?.by))];
  const bar = authors.length === 1 && authors[0] !== undefined ? `cbar a${marks.people.face(authors[0]).colour}` : 'cbar';
  return (
    <div className={`line line-${block.look.type}`} data-block={block.key} data-changes={changes.join(' ')} {...lookData(block.look)}>
      <div className="line-text">
        {block.changed && look !== 'clean' ? <span className={bar} aria-hidden="true" /> : null}
        {look === 'all' ? marked(paragraph, marks) : pieces.map((piece, index) => <PieceText key={pieceKey(piece, index)} {...piece} />)}
        {look === 'all' && pieces.length === 0 && end === null ? '\u200b' : null}
      </div>
    </div>
  );
}

const pieceKey = (piece: { readonly text: string }, index: number) => `${index} ${piece.text.length}`;

/** The paragraph's pieces, those of a change inside its mark. */
function marked({ block, pieces, end, endFirst, look }: Paragraph, marks: Marking): ReactNode[] {
  const parts: ReactNode[] = [];
  if (look !== null) {
    parts.push(
      <ChangeMark key="look" change={look} op="keep" first marks={marks}>
        <span className="hm-look" aria-hidden="true">
          {marks.changes.get(look) === undefined ? '' : marks.words.what(marks.changes.get(look)!)}
        </span>
      </ChangeMark>,
    );
  }
  for (const [index, piece] of pieces.entries()) {
    const text = <PieceText text={piece.text} marks={piece.marks} />;
    const key = pieceKey(piece, index);
    if (piece.change === null) {
      parts.push(<span key={key}>{text}</span>);
    } else {
      parts.push(
        <ChangeMark key={key} change={piece.change} op={piece.op} first={piece.first} marks={marks}>
          {text}
        </ChangeMark>,
      );
    }
  }
  const kind = end === null ? undefined : marks.changes.get(end)?.kind;
  if (end !== null && kind !== undefined && (kind === 'split' || kind === 'join' || pieces.length === 0)) {
    parts.push(
      <ChangeMark key="end" change={end} op={block.op} first={endFirst} marks={marks}>
        <span aria-hidden="true">{'\u00b6'}</span>
      </ChangeMark>,
    );
  }
  return parts;
}
