import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportDiff } from '../../../shared/api/history.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { Outline, OutlineNode } from '../../../shared/outline/outline.ts';
import type { Look } from './CompareTools.tsx';
import type { Change, Comparison } from './changes.ts';
import { HeadingLine } from './HeadingLine.tsx';
import type { Points } from './links.ts';
import type { OpenPast } from './PastFrame.tsx';
import { PastText } from './PastText.tsx';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { useChangeWords } from './say-change.ts';
import { UnchangedChapter } from './UnchangedChapter.tsx';

interface ComparePaperProps {
  readonly past: OpenPast;
  readonly points: Points;
  readonly diff: ReportDiff;
  readonly before: Outline;
  readonly after: Outline;
  readonly order: readonly NodeId[];
  readonly comparison: Comparison;
  readonly people: People;
  readonly names: PlaceNames;
  readonly look: Look;
  readonly current: string | null;
  readonly onCurrent: (change: string) => void;
}

/** Both states as one paper. It is text, never an editor. */
export function ComparePaper(props: ComparePaperProps) {
  const { t } = useTranslation();
  const { comparison, before, after, look, points, names } = props;
  const words = useChangeWords(props.people, names);
  const nodes = useMemo(() => new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node])), [before, after]);
  const numbers = useMemo(() => new Map([...numbersOf(before), ...numbersOf(after)]), [before, after]);
  const standing = new Set(after.nodes.map((node) => node.id));
  const marks = { changes: comparison.named, words, people: props.people, current: props.current, onCurrent: props.onCurrent };
  const shown = props.order.filter((id) => (points.chapter === null || points.chapter === id) && (look === 'all' || standing.has(id)));
  const headingChanges = (id: NodeId): readonly Change[] =>
    comparison.changes.filter((change) => change.node === id && change.paragraph === null);

  return (
    <article className="sheet past-sheet" lang="zh-CN" data-look={look} data-past={t('history.frame')}>
      {points.chapter === null ? (
        <HeadingLine
          as="h2"
          className="sheet-title"
          number=""
          text={after.title}
          changes={comparison.changes.filter(({ kind }) => kind === 'title')}
          marks={marks}
          look={look}
        />
      ) : null}
      {shown.map((id) => {
        const node = nodes.get(id);
        if (node === undefined) return null;
        const text = comparison.chapters.get(id);
        const gone = !standing.has(id);
        return (
          <section key={id} className={`${classOf(node)}${gone ? ' gone' : ''}`} data-node={id} aria-label={names.long(id)}>
            {node.kind === 'passage' && headingChanges(id).length === 0 ? null : (
              <HeadingLine
                as="h3"
                className={node.kind === 'part' ? 'sheet-part' : 'sheet-heading'}
                number={numbers.get(id) ?? ''}
                text={node.heading}
                changes={headingChanges(id)}
                marks={marks}
                look={look}
              />
            )}
            {node.kind === 'part' ? null : text === undefined ? (
              gone ? null : (
                <UnchangedChapter report={props.past.report.id} chapter={id} seq={points.to} name={names.long(id)} />
              )
            ) : (
              <PastText view={text} marks={marks} look={look} />
            )}
          </section>
        );
      })}
      {comparison.changes.length === 0 ? <p className="past-same">{t('history.same')}</p> : null}
    </article>
  );
}

function classOf(node: OutlineNode): string {
  const form = node.kind === 'chapter' ? node.form : '';
  return ['sheet-node', node.kind, node.parent === null ? 'top-level' : '', form].filter(Boolean).join(' ');
}
