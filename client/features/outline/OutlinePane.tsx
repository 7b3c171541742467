import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { NodeKind, Outline, OutlineCommand } from '../../../shared/outline/outline.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { isComposing } from '../../ui/keys.ts';
import type { Progress } from '../blanks/index.ts';
import type { SendLine } from '../single-line/index.ts';
import { AddMenu } from './AddMenu.tsx';
import { type Direction, type Figures, moveOf, placeForNew, rowsOf, totalsOf } from './model.ts';
import { OutlineLine } from './OutlineLine.tsx';
import { usePlaceName } from './place-name.ts';
import { RemovedList } from './RemovedList.tsx';
import { Totals } from './Totals.tsx';

export interface OutlinePaneProps {
  readonly outline: Outline;
  readonly figures: Figures;
  /** Where the caret, or else the middle of the window, is. */
  readonly current: NodeId | null;
  readonly mayChange: boolean;
  /** Who is in which chapter, oneself left out. */
  readonly facesIn: ReadonlyMap<NodeId, readonly Face[]>;
  /** Chapters with changes that the reader has not seen. */
  readonly unreadIn: ReadonlySet<NodeId>;
  /** How far its blanks are filled, the report's and each chapter's; null: not yet known. */
  readonly blanks: Progress | null;
  readonly blanksIn: ReadonlyMap<NodeId, Progress>;
  /** Where it is a drawer: whether it is pulled out. */
  readonly open: boolean;
  readonly onGo: (node: NodeId) => void;
  /** Sends a command; tells the person by itself when it is refused. @returns false when it was */
  readonly send: (command: OutlineCommand) => Promise<boolean>;
  readonly sendHeading: (node: NodeId) => SendLine;
  readonly add: (command: Extract<OutlineCommand, { op: 'add' }>) => void;
  /** To where somebody is. */
  readonly onVisit: (member: string) => void;
  readonly remove: (node: NodeId, place: string) => void;
}

const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'promote', ArrowRight: 'demote' };

/** The left column: every part, chapter and passage with its figures and faces; change it by buttons and keys. */
export function OutlinePane(props: OutlinePaneProps) {
  const { outline, figures, current, mayChange, facesIn } = props;
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const keysHint = useId();
  const list = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState<NodeId | null>(null);
  const [renaming, setRenaming] = useState<NodeId | null>(null);
  const rows = rowsOf(outline, figures);
  // one stop for the Tab key; the arrows walk from there
  const stop =
    rows.find((row) => row.node.id === focused)?.node.id ??
    rows.find((row) => row.node.id === current)?.node.id ??
    rows[0]?.node.id ??
    null;

  function focusRow(index: number): void {
    const button = list.current?.querySelectorAll<HTMLElement>('[data-row]')[index];
    button?.focus();
  }

  async function move(node: NodeId, direction: Direction): Promise<void> {
    const command = moveOf(outline, node, direction);
    if (command === null || !(await props.send(command))) return;
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-row="${node}"]`)?.focus());
  }

  function onKeyDown(event: KeyboardEvent, node: NodeId, index: number): void {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    if (event.altKey && direction !== undefined) {
      event.preventDefault();
      if (mayChange) void move(node, direction);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      focusRow(index + (event.key === 'ArrowUp' ? -1 : 1));
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      focusRow(event.key === 'Home' ? 0 : rows.length - 1);
    } else if (event.key === 'F2' && mayChange) {
      event.preventDefault();
      if (rows[index]?.node.kind !== 'passage') setRenaming(node);
    } else if (event.key === 'Delete' && mayChange) {
      event.preventDefault();
      const row = rows[index];
      if (row !== undefined) props.remove(node, placeName(row));
    }
  }

  function add(kind: NodeKind): void {
    const heading = kind === 'passage' ? '' : t(kind === 'part' ? 'outline.newPart' : 'outline.newChapter');
    props.add({ op: 'add', kind, heading, ...placeForNew(outline, kind, stop) });
  }

  return (
    <nav className={props.open ? 'outline open' : 'outline'} aria-label={t('outline.heading')}>
      <div className="outline-head">
        <b className="grow">{t('outline.heading')}</b>
        <AddMenu rows={rows} after={stop} mayChange={mayChange} onAdd={add} />
      </div>
      <div className="outline-body">
        {rows.length === 0 ? <p className="outline-empty cap">{t('outline.empty')}</p> : null}
        <ol ref={list} aria-describedby={keysHint}>
          {rows.map((row, index) => (
            <OutlineLine
              key={row.node.id}
              row={row}
              isCurrent={row.node.id === current}
              isStop={row.node.id === stop}
              faces={facesIn.get(row.node.id) ?? []}
              unread={props.unreadIn.has(row.node.id)}
              blanks={props.blanksIn.get(row.node.id) ?? null}
              mayChange={mayChange}
              renaming={renaming === row.node.id}
              may={(direction) => moveOf(outline, row.node.id, direction) !== null}
              send={props.sendHeading(row.node.id)}
              onRename={(on) => setRenaming(on ? row.node.id : null)}
              onFocus={() => setFocused(row.node.id)}
              onKeyDown={(event) => onKeyDown(event, row.node.id, index)}
              onGo={() => props.onGo(row.node.id)}
              onMove={(direction) => void move(row.node.id, direction)}
              onForm={(form) =>
                void props.send({ op: 'heading', node: row.node.id, was: row.node.heading, heading: row.node.heading, form })
              }
              onRemove={(place) => props.remove(row.node.id, place)}
              onVisit={props.onVisit}
            />
          ))}
        </ol>
        <RemovedList removed={outline.removed} mayChange={mayChange} onRestore={(node) => void props.send({ op: 'restore', node })} />
        <span id={keysHint} className="unseen">
          {mayChange ? t('outline.keys') : t('outline.readOnly')}
        </span>
      </div>
      <Totals totals={totalsOf(outline.title, rows)} progress={props.blanks} />
    </nav>
  );
}
