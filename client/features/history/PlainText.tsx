import type { BlockLook, ChapterAt, CreditIndex } from '../../../shared/api/history.ts';
import { PieceText } from './PieceText.tsx';

interface PlainTextProps {
  readonly at: ChapterAt;
  /** How a writer's text is drawn; without it, as plain text. */
  readonly paint?: (by: CreditIndex) => { readonly className: string; readonly title: string };
  /** Paragraphs to point out, by their keys. */
  readonly marked?: ReadonlySet<string>;
}

/** A chapter as it stood at one point. It is text, never an editor. */
export function PlainText({ at, paint, marked }: PlainTextProps) {
  return (
    <div className="chapter-editor past-text">
      {at.blocks.map((block, index) => (
        <div
          key={block.key === '' ? `end ${index}` : block.key}
          className={`line line-${block.look.type}`}
          data-block={block.key}
          {...lookData(block.look)}
        >
          <div className="line-text">
            {marked?.has(block.key) === true ? <span className="cbar" aria-hidden="true" /> : null}
            {block.runs.length === 0 ? '\u200b' : null}
            {block.runs.map((run, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs have nothing else to be told apart by
              <span key={place} {...paint?.(run.by)}>
                <PieceText text={run.text} marks={run.marks} />
              </span>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** What the chapter's stylesheet asks a line for. */
export function lookData({ attrs }: BlockLook): Record<string, string> {
  const told = { level: attrs['level'], list: attrs['list'], indent: attrs['indent'], align: attrs['align'] };
  const known = Object.entries(told).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(known.map(([name, value]) => [`data-${name}`, String(value)]));
}
