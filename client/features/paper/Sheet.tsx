import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { OutlineRow } from '../outline/index.ts';
import { usePlaceName } from '../outline/index.ts';
import type { SendLine } from '../single-line/index.ts';
import { NodeHeading } from './NodeHeading.tsx';
import { SheetTitle } from './SheetTitle.tsx';

interface SheetProps {
  readonly title: string;
  readonly rows: readonly OutlineRow[];
  readonly mayEdit: boolean;
  readonly sendTitle: SendLine;
  readonly sendHeading: (node: NodeId) => SendLine;
  /** On from a heading to the text that follows it. */
  readonly onDown: (node: NodeId | null) => void;
  readonly renderText: (row: OutlineRow, place: string) => ReactNode;
  /** Said above a node; null = nothing. */
  readonly noteOn: (row: OutlineRow) => ReactNode;
  readonly empty: ReactNode;
}

/** The whole report as one paper: title, parts, headings, and each chapter's text in its place. */
export function Sheet(props: SheetProps) {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  return (
    <article className="sheet" id="paper" lang="zh-CN" aria-label={t('report.paper')} tabIndex={-1}>
      <SheetTitle title={props.title} mayEdit={props.mayEdit} send={props.sendTitle} onDown={() => props.onDown(null)} />
      {props.rows.map((row) => {
        const { node } = row;
        const place = placeName(row);
        const note = props.noteOn(row);
        const classes = ['sheet-node', node.kind, row.depth === 0 ? 'top-level' : '', node.kind === 'chapter' ? node.form : ''];
        return (
          <section key={node.id} className={classes.filter(Boolean).join(' ')} data-node={node.id} aria-label={place}>
            {note}
            {node.kind === 'passage' ? null : (
              <NodeHeading
                node={node}
                number={row.number}
                mayEdit={props.mayEdit && note === null}
                send={props.sendHeading(node.id)}
                onDown={() => props.onDown(node.id)}
              />
            )}
            {node.kind === 'part' ? null : props.renderText(row, place)}
          </section>
        );
      })}
      {props.rows.length === 0 ? props.empty : null}
    </article>
  );
}
