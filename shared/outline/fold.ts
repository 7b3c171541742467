import type { MemberId, NodeId } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';
import { assertNever } from '../result.ts';
import type { Charge, LateText, Outline, OutlineEvent, OutlineNode, RemovedNode, Setting } from './outline.ts';
import { findNode, insertNodes, mayStandIn, nextSibling } from './tree.ts';

/** The outline before the report's first entry. */
export const emptyOutline: Outline = { title: '', titleSet: null, nodes: [], removed: [], headingSet: {}, charges: {} };

/**
 * One outline entry applied. Total: the log is what happened, so every event gives an outline and none throws.
 * What no longer fits (an event decided on another machine at the same moment) is answered thus:
 * - an event about a node that is not there, a second `create`, an `add` of an id already used: ignored;
 * - `title`, `heading`, `owner` and `note` are set whatever stood before: the last in log order stands;
 * - a place that is gone: an unknown `before` means last; an unknown or unfit parent means the top for `create`, `add` and `restore`
 *   (a chapter's text must stay reachable), and leaves a `move` without effect.
 */
export function reduceOutline(outline: Outline, event: OutlineEvent, header: EntryHeader): Outline {
  const setting: Setting = { by: header.author, at: header.at, seq: header.seq };
  switch (event.op) {
    case 'create':
      return outline.titleSet === null ? create(event, setting) : outline;
    case 'title':
      return { ...outline, title: event.title, titleSet: setting };
    case 'heading':
      return setHeading(outline, event, setting);
    case 'add':
      return isKnown(outline, event.node.id) ? outline : add(outline, event.node, event.before, setting);
    case 'remove':
      return remove(outline, event.node, setting);
    case 'restore':
      return restore(outline, event.node, event.parent, event.before);
    case 'move':
      return moveNode(outline, event.node, event.parent, event.before);
    case 'owner':
      return charge(outline, event.node, { owner: event.owner }, setting);
    case 'note':
      return charge(outline, event.node, { note: event.note }, setting);
    default:
      return assertNever(event);
  }
}

function create(event: Extract<OutlineEvent, { op: 'create' }>, setting: Setting): Outline {
  const start: Outline = { ...emptyOutline, title: event.title, titleSet: setting };
  return event.nodes.reduce((outline, node) => (isKnown(outline, node.id) ? outline : add(outline, node, null, setting)), start);
}

function isKnown(outline: Outline, id: NodeId): boolean {
  return findNode(outline, id) !== null || outline.removed.some((node) => node.id === id);
}

function add(outline: Outline, node: OutlineNode, before: NodeId | null, setting: Setting): Outline {
  const placed = { ...node, parent: fittingParent(outline, node, node.parent) };
  return {
    ...outline,
    nodes: insertNodes(outline.nodes, [placed], before),
    headingSet: { ...outline.headingSet, [node.id]: setting },
  };
}

function fittingParent(outline: Outline, node: OutlineNode, wanted: NodeId | null): NodeId | null {
  const parent = findNode(outline, wanted);
  return parent !== null && mayStandIn(node.kind, parent) ? parent.id : null;
}

function setHeading(outline: Outline, event: Extract<OutlineEvent, { op: 'heading' }>, setting: Setting): Outline {
  const node = findNode(outline, event.node);
  if (node === null || node.kind === 'passage') return outline;
  return {
    ...outline,
    nodes: outline.nodes.map((other) => (other === node ? { ...node, heading: event.heading, form: event.form } : other)),
    headingSet: { ...outline.headingSet, [node.id]: setting },
  };
}

function charge(outline: Outline, id: NodeId, change: Partial<Pick<Charge, 'owner' | 'note'>>, set: Setting): Outline {
  if (!isKnown(outline, id)) return outline;
  const { owner = null, note = '' } = outline.charges[id] ?? {};
  return { ...outline, charges: { ...outline.charges, [id]: { owner, note, ...change, set } } };
}

/** A text entry applied: it counts where its chapter is out of the outline. Gives the same outline for every other text. */
export function noteLateText(outline: Outline, { subject, author, at, seq }: EntryHeader): Outline {
  if (!outline.removed.some((node) => node.id === subject)) return outline;
  const removed = outline.removed.map((node) => (node.id === subject ? { ...node, late: withLate(node.late, author, at, seq) } : node));
  return { ...outline, removed };
}

function withLate(late: readonly LateText[], by: MemberId, at: number, seq: number): readonly LateText[] {
  const count = (late.find((one) => one.by === by)?.count ?? 0) + 1;
  const now: LateText = { by, count, at, seq };
  return count === 1 ? [...late, now] : late.map((one) => (one.by === by ? now : one));
}

function remove(outline: Outline, id: NodeId, removed: Setting): Outline {
  const node = findNode(outline, id);
  if (node === null) return outline;
  const gone = outline.nodes.filter((other) => other === node || other.parent === id);
  return {
    ...outline,
    nodes: outline.nodes.filter((other) => !gone.includes(other)),
    removed: [...outline.removed, ...gone.map((other) => ({ ...other, before: nextSibling(outline, other), removed, late: [] }))],
  };
}

function restore(outline: Outline, id: NodeId, parent: NodeId | null, before: NodeId | null): Outline {
  const index = outline.removed.findIndex((node) => node.id === id);
  const node = outline.removed[index];
  if (node === undefined) return outline;
  // Those that it took along stand behind it; a child removed earlier by itself stands before it and stays out.
  const children = outline.removed.slice(index + 1).filter((other) => other.parent === id);
  const place = fittingParent(outline, node, parent);
  return {
    ...outline,
    nodes: insertNodes(outline.nodes, [{ ...plain(node), parent: place }, ...children.map(plain)], before),
    removed: outline.removed.filter((other) => other !== node && !children.includes(other)),
  };
}

function plain({ id, kind, heading, form, parent }: RemovedNode): OutlineNode {
  return { id, kind, heading, form, parent };
}

/** A node with its children at another place; without effect where it cannot stand. */
export function moveNode(outline: Outline, id: NodeId, parent: NodeId | null, before: NodeId | null): Outline {
  const node = findNode(outline, id);
  const target = findNode(outline, parent);
  if (node === null || (parent !== null && target === null) || !mayStandIn(node.kind, target) || before === id) return outline;
  const children = outline.nodes.filter((other) => other.parent === id);
  const rest = outline.nodes.filter((other) => other !== node && !children.includes(other));
  return { ...outline, nodes: insertNodes(rest, [{ ...node, parent }, ...children], before) };
}
