import type { MemberId, NodeId } from '../ids.ts';
import type { Result } from '../result.ts';
import { assertNever, err, ok } from '../result.ts';
import type { Outline, OutlineCommand, OutlineEvent, OutlineRefusal, RemovedNode } from './outline.ts';
import { parseNote, parseSingleLine } from './single-line.ts';
import { findNode, mayStandIn } from './tree.ts';

/** What the judge must be told about the report around the outline. */
export interface OutlineSurroundings {
  /** Makes the id of an added node; called for `add` only. */
  newId(): NodeId;
  /** Does the member belong to the report? */
  belongs(member: MemberId): boolean;
}

/**
 * Judges what a person asks for against the outline as it stands. Rights are not asked here (shared/access/can.ts).
 * - `title`, `heading`: single-line values; a `was` that is not what stands is refused with what is (outline-clash).
 * - `add`, `move`: a place that the rule of places forbids, or a `before` that is not a child of `parent`, is outline-bad-place.
 * - `restore`: back under its part if that stands (else to the top), before the sibling it stood before if that stands (else last).
 * - `owner`, `note`: as title and heading; an owner belongs to the report.
 */
export function decideOutline(
  outline: Outline,
  command: OutlineCommand,
  surroundings: OutlineSurroundings,
): Result<OutlineEvent, OutlineRefusal> {
  switch (command.op) {
    case 'title':
      return decideTitle(outline, command);
    case 'heading':
      return decideHeading(outline, command);
    case 'add':
      return decideAdd(outline, command, surroundings);
    case 'remove':
      return findNode(outline, command.node) === null ? noSuchNode : ok({ op: 'remove', node: command.node });
    case 'restore':
      return decideRestore(outline, command.node);
    case 'move':
      return decideMove(outline, command);
    case 'owner':
      return decideOwner(outline, command, surroundings);
    case 'note':
      return decideNote(outline, command);
    default:
      return assertNever(command);
  }
}

const noSuchNode = err<OutlineRefusal>({ code: 'outline-no-such-node' });
const badPlace = err<OutlineRefusal>({ code: 'outline-bad-place' });
const badText = err<OutlineRefusal>({ code: 'outline-bad-text' });

type Command<Op extends OutlineCommand['op']> = Extract<OutlineCommand, { op: Op }>;
type Decision = Result<OutlineEvent, OutlineRefusal>;

function decideTitle(outline: Outline, command: Command<'title'>): Decision {
  const title = parseSingleLine(command.title);
  if (title === null || title === '') return badText;
  if (command.was !== outline.title) return err({ code: 'outline-clash', is: outline.title });
  return ok({ op: 'title', was: command.was, title });
}

function decideHeading(outline: Outline, command: Command<'heading'>): Decision {
  const node = findNode(outline, command.node);
  if (node === null) return noSuchNode;
  const heading = parseSingleLine(command.heading);
  // A passage has no heading to set.
  if (heading === null || heading === '' || node.kind === 'passage') return badText;
  if (command.was !== node.heading) return err({ code: 'outline-clash', is: node.heading });
  return ok({ op: 'heading', node: node.id, was: command.was, heading, form: command.form ?? node.form });
}

function decideAdd(outline: Outline, command: Command<'add'>, { newId }: OutlineSurroundings): Decision {
  const heading = parseSingleLine(command.heading);
  if (heading === null || (heading === '') !== (command.kind === 'passage')) return badText;
  const parent = findNode(outline, command.parent);
  if (command.parent !== null && parent === null) return noSuchNode;
  if (!mayStandIn(command.kind, parent) || !isPlace(outline, command.parent, command.before)) return badPlace;
  const node = { id: newId(), kind: command.kind, heading, form: 'own-line' as const, parent: command.parent };
  return ok({ op: 'add', node, before: command.before });
}

function decideMove(outline: Outline, command: Command<'move'>): Decision {
  const node = findNode(outline, command.node);
  const parent = findNode(outline, command.parent);
  if (node === null || (command.parent !== null && parent === null)) return noSuchNode;
  if (!mayStandIn(node.kind, parent) || command.before === node.id || !isPlace(outline, command.parent, command.before)) return badPlace;
  return ok({ op: 'move', node: node.id, parent: command.parent, before: command.before });
}

function decideOwner(outline: Outline, command: Command<'owner'>, { belongs }: OutlineSurroundings): Decision {
  const { node, was, owner } = command;
  if (findNode(outline, node) === null) return noSuchNode;
  if (owner !== null && !belongs(owner)) return err({ code: 'outline-no-such-owner' });
  const is = outline.charges[node]?.owner ?? null;
  return was === is ? ok({ op: 'owner', node, was, owner }) : err({ code: 'outline-clash', is: is ?? '' });
}

function decideNote(outline: Outline, command: Command<'note'>): Decision {
  const { node, was } = command;
  if (findNode(outline, node) === null) return noSuchNode;
  const note = parseNote(command.note);
  if (note === null) return err({ code: 'outline-bad-note' });
  const is = outline.charges[node]?.note ?? '';
  return was === is ? ok({ op: 'note', node, was, note }) : err({ code: 'outline-clash', is });
}

function isPlace(outline: Outline, parent: NodeId | null, before: NodeId | null): boolean {
  return before === null || findNode(outline, before)?.parent === parent;
}

function decideRestore(outline: Outline, id: NodeId): Decision {
  const node = outline.removed.find((other) => other.id === id);
  if (node === undefined) return noSuchNode;
  const parent = findNode(outline, node.parent);
  if (parent === null)
    return ok({ op: 'restore', node: id, parent: null, before: node.parent === null ? standingSibling(outline, node) : null });
  return ok({ op: 'restore', node: id, parent: parent.id, before: standingSibling(outline, node) });
}

/** The nearest later sibling that still stands where it stood; removed ones are followed to theirs. */
function standingSibling(outline: Outline, node: RemovedNode): NodeId | null {
  const seen = new Set<NodeId>([node.id]);
  let next = node.before;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    if (findNode(outline, next)?.parent === node.parent) return next;
    next = outline.removed.find((other) => other.id === next && other.parent === node.parent)?.before ?? null;
  }
  return null;
}
