import type { ChargeChange, NodeChange, TitleChange } from '../../../shared/api/history.ts';
import type { NodeId, Seq } from '../../../shared/ids.ts';
import type { EntryHeader } from '../../../shared/log/entry.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { Outline, OutlineNode } from '../../../shared/outline/outline.ts';
import { nodeOf, type ReportPast } from './report-past.ts';

/** What became of the outline between two entries. */
export interface OutlineDiff {
  readonly title: TitleChange | null;
  readonly nodes: readonly NodeChange[];
  /** Nodes with text that were there at either point: those of `to` in order, then those that are gone. */
  readonly chapters: readonly NodeId[];
}

export function outlineDiff(past: ReportPast, from: Seq, to: Seq): OutlineDiff {
  const before = past.outlineAt(from);
  const after = past.outlineAt(to);
  const entries = past.outlineEntries(from, to);
  const last = new Map<NodeId, EntryHeader>();
  const placed = new Map<NodeId, EntryHeader>();
  let started: EntryHeader | null = null;
  for (const { event, header } of entries) {
    const node = nodeOf(event);
    if (event.op === 'create') started = header;
    // Owner and note say themselves who set them.
    if (node === null || event.op === 'owner' || event.op === 'note') continue;
    last.set(node, header);
    if (event.op === 'move' || event.op === 'restore') placed.set(node, header);
    // A part takes its chapters along.
    if (event.op === 'remove') {
      for (const child of past.outlineAt(header.seq - 1).nodes) if (child.parent === node) last.set(child.id, header);
    }
  }
  const numbers = { before: numbersOf(before), after: numbersOf(after) };
  const gone = before.nodes.filter(({ id }) => !after.nodes.some((node) => node.id === id));
  const nodes: NodeChange[] = [];
  for (const { id } of [...after.nodes, ...gone]) {
    const was = nodeIn(before, id);
    const is = nodeIn(after, id);
    const charge = is === null ? null : chargeChange(before, after, id);
    const moved = placed.has(id) && placeOf(before, after, id) !== placeOf(after, before, id);
    const changes = [...changesOf(was, is, moved), ...chargesChanged(charge)];
    const header = last.get(id) ?? started;
    const set = header === null ? charge?.set : { by: header.author, at: header.at, seq: header.seq };
    if (changes.length === 0 || set === undefined) continue;
    const [numberBefore, numberAfter] = [numbers.before.get(id) ?? '', numbers.after.get(id) ?? ''];
    nodes.push({ node: id, before: was, after: is, numberBefore, numberAfter, changes, charge, ...set });
  }
  const chapters = [...after.nodes, ...gone].filter(({ kind }) => kind !== 'part').map(({ id }) => id);
  return { title: titleChange(before, after), nodes, chapters };
}

function titleChange(before: Outline, after: Outline): TitleChange | null {
  const set = after.titleSet;
  if (before.titleSet === null || set === null || before.title === after.title) return null;
  return { was: before.title, is: after.title, by: set.by, at: set.at, seq: set.seq };
}

function nodeIn(outline: Outline, id: NodeId): OutlineNode | null {
  return outline.nodes.find((node) => node.id === id) ?? null;
}

function changesOf(was: OutlineNode | null, is: OutlineNode | null, elsewhere: boolean): NodeChange['changes'] {
  if (was === null) return is === null ? [] : ['added'];
  if (is === null) return ['removed'];
  const changes: ('moved' | 'renamed' | 'form')[] = [];
  if (elsewhere) changes.push('moved');
  if (was.heading !== is.heading) changes.push('renamed');
  if (was.form !== is.form) changes.push('form');
  return changes;
}

const NO_CHARGE = { owner: null, note: '' };

function chargeChange(before: Outline, after: Outline, id: NodeId): ChargeChange | null {
  const set = after.charges[id]?.set;
  if (set === undefined) return null;
  const [was, is] = [before.charges[id] ?? NO_CHARGE, after.charges[id] ?? NO_CHARGE];
  if (was.owner === is.owner && was.note === is.note) return null;
  return { before: { owner: was.owner, note: was.note }, after: { owner: is.owner, note: is.note }, set };
}

function chargesChanged(charge: ChargeChange | null): ('owner' | 'note')[] {
  if (charge === null) return [];
  return (['owner', 'note'] as const).filter((what) => charge.before[what] !== charge.after[what]);
}

/** Where a node stands among those siblings that both outlines have. */
function placeOf(outline: Outline, other: Outline, id: NodeId): string {
  const node = nodeIn(outline, id);
  const common = outline.nodes.filter(({ id: sibling, parent }) => parent === node?.parent && nodeIn(other, sibling)?.parent === parent);
  const index = common.findIndex(({ id: sibling }) => sibling === id);
  return `${node?.parent ?? ''} ${common[index - 1]?.id ?? ''} ${common[index + 1]?.id ?? ''} ${index < 0}`;
}
