import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { NodeKind, Outline, OutlineCommand } from '../../../shared/outline/outline.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { isComposing } from '../../ui/keys.ts';
import { notify } from '../../ui/notices.ts';
import type { Progress } from '../blanks/index.ts';
import type { LineAnswer, SendLine } from '../single-line/index.ts';
import { AddMenu } from './AddMenu.tsx';
import { ChargeDialog } from './ChargeDialog.tsx';
import { DragMarks } from './DragMarks.tsx';
import { type Direction, type Figures, type Move, moveOf, placeForNew, rowsOf, totalsOf } from './model.ts';
import { useMoveWords } from './move-words.ts';
import { OutlineLine } from './OutlineLine.tsx';
import { usePlaceName } from './place-name.ts';
import { Totals } from './Totals.tsx';
import { TrashList } from './TrashList.tsx';
import { useDrag } from './use-drag.ts';

export interface OutlinePaneProps {
  readonly outline: Outline;
  readonly figures: Figures;
  /** Where the caret, or else the middle of the window, is. */
  readonly current: NodeId | null;
  readonly mayChange: boolean;
  /** Who is in which chapter, oneself left out. */
  readonly facesIn: ReadonlyMap<NodeId, readonly Face[]>;
  readonly members: readonly ReportMember[];
  readonly faces: ReadonlyMap<MemberId, Face>;
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
  readonly propose: (command: OutlineCommand) => Promise<LineAnswer>;
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
  const moveWords = useMoveWords();
  const list = useRef<HTMLOListElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [charging, setCharging] = useState<NodeId | null>(null);
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

  /** The words are made of the outline as the person saw it. */
  async function carryOut(command: Move): Promise<void> {
    const words = moveWords.moved(outline, command);
    const before = document.activeElement;
    if (!(await props.send(command))) return;
    setSaid(words);
    requestAnimationFrame(() => {
      // Who went elsewhere while the answer was under way stays there.
      const now = document.activeElement;
      if (now !== before && now !== document.body) return;
      list.current?.querySelector<HTMLElement>(`[data-row="${command.node}"]`)?.focus();
    });
  }

  function move(node: NodeId, direction: Direction): void {
    const command = moveOf(outline, node, direction);
    const row = rows.find((other) => other.node.id === node);
    if (command !== null) void carryOut(command);
    else if (row !== undefined) setSaid(t(`outline.noFurther.${direction}`, { place: placeName(row) }));
  }

  const dragging = useDrag({
    outline,
    list,
    scroll: body,
    mayChange,
    onDrop: (command) => void carryOut(command),
    onCancel: (why) => {
      if (why === 'gone') notify(t('outline.dragGone'));
      else setSaid(t('outline.dragCancelled'));
    },
  });
  const { drag } = dragging;

  function onDrag(event: PointerEvent, node: NodeId, byGrip: boolean): void {
    setSaid('');
    dragging.onPointerDown(event, node, byGrip);
  }

  function nameOf(member: string): string {
    return props.members.find((other) => other.id === member)?.name ?? t('panel.unknownMember');
  }

  /** An owner who has left is asked no more. */
  function ownerFace(node: NodeId): Face | null {
    const owner = outline.charges[node]?.owner ?? null;
    const member = props.members.find((other) => other.id === owner && !other.left);
    return member === undefined ? null : (props.faces.get(member.id) ?? null);
  }

  const charged = rows.find((row) => row.node.id === charging);

  function onKeyDown(event: KeyboardEvent, node: NodeId, index: number): void {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    if (event.altKey && direction !== undefined) {
      event.preventDefault();
      if (mayChange) move(node, direction);
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
      <div ref={body} className={drag === null ? 'outline-body' : 'outline-body dragging'}>
        {rows.length === 0 ? <p className="outline-empty cap">{t('outline.empty')}</p> : null}
        <ol ref={list} aria-describedby={keysHint}>
          {rows.map((row, index) => (
            <OutlineLine
              key={row.node.id}
              row={row}
              isCurrent={row.node.id === current}
              isStop={row.node.id === stop}
              faces={facesIn.get(row.node.id) ?? []}
              owner={ownerFace(row.node.id)}
              note={outline.charges[row.node.id]?.note ?? ''}
              dragged={drag !== null && (drag.node === row.node.id || drag.node === row.node.parent)}
              unread={props.unreadIn.has(row.node.id)}
              blanks={props.blanksIn.get(row.node.id) ?? null}
              mayChange={mayChange}
              renaming={renaming === row.node.id}
              may={(direction) => moveOf(outline, row.node.id, direction) !== null}
              send={props.sendHeading(row.node.id)}
              onRename={(on) => setRenaming(on ? row.node.id : null)}
              onFocus={() => setFocused(row.node.id)}
              onKeyDown={(event) => onKeyDown(event, row.node.id, index)}
              onGo={() => {
                if (dragging.isClick()) props.onGo(row.node.id);
              }}
              onDrag={(event, byGrip) => onDrag(event, row.node.id, byGrip)}
              onMove={(direction) => move(row.node.id, direction)}
              onCharge={() => setCharging(row.node.id)}
              onForm={(form) =>
                void props.send({ op: 'heading', node: row.node.id, was: row.node.heading, heading: row.node.heading, form })
              }
              onRemove={(place) => props.remove(row.node.id, place)}
              onVisit={props.onVisit}
            />
          ))}
        </ol>
        {drag === null ? null : <DragMarks drag={drag} rows={rows} target={moveWords.target(outline, drag.node, drag.place.move)} />}
        <TrashList
          outline={outline}
          figures={figures}
          mayChange={mayChange}
          nameOf={nameOf}
          onRestore={(node) => void props.send({ op: 'restore', node })}
        />
        <span id={keysHint} className="unseen">
          {mayChange ? t('outline.keys') : t('outline.readOnly')}
        </span>
        <div className="unseen" role="status">
          {said}
        </div>
      </div>
      <Totals totals={totalsOf(outline.title, rows)} progress={props.blanks} />
      {charged === undefined ? null : (
        <ChargeDialog
          key={charged.node.id}
          node={charged.node}
          place={placeName(charged)}
          outline={outline}
          members={props.members}
          nameOf={nameOf}
          propose={props.propose}
          onClose={() => setCharging(null)}
        />
      )}
    </nav>
  );
}
