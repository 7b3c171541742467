import type { Role } from '../access/can.ts';
import { isRole } from '../access/can.ts';
import type { MemberId, NodeId, Seq } from '../ids.ts';
import { parseMemberId, parseNodeId } from '../ids.ts';
import { LIFECYCLE_OPS, type LifecycleEvent, type LifecycleOp } from '../lifecycle/lifecycle.ts';
import type { Beginning, HeadingForm, NodeKind, OutlineEvent, OutlineNode } from '../outline/outline.ts';
import { isParticularField, type ParticularsEvent, type ParticularValue } from '../particulars/particulars.ts';
import type { RevisionEvent } from '../revisions/revision.ts';
import type { MembersEvent } from './entry.ts';

/** Bytes of an entry that this version cannot read; the message says which field and why. */
export class EntryFormatError extends Error {
  override readonly name = 'EntryFormatError';
}

const NODE_KINDS: ReadonlySet<unknown> = new Set<NodeKind>(['part', 'chapter', 'passage']);
const FORMS: ReadonlySet<unknown> = new Set<HeadingForm>(['own-line', 'run-in']);
const BEGINNINGS: ReadonlySet<unknown> = new Set<Beginning>(['empty', 'import', 'sample']);

/**
 * Checked field by field and copied, so that nothing unexpected (a foreign key, a `__proto__`) travels further in.
 * @throws EntryFormatError
 */
export function parseOutlineEvent(value: unknown): OutlineEvent {
  const event = fieldsOf(value, 'the outline event');
  const op = event.get('op');
  switch (op) {
    case 'create':
      return {
        op,
        epoch: text(event, 'epoch'),
        beginning: oneOf<Beginning>(event, 'beginning', BEGINNINGS),
        title: text(event, 'title'),
        nodes: list(event, 'nodes').map(parseNode),
      };
    case 'title':
      return { op, was: text(event, 'was'), title: text(event, 'title') };
    case 'heading':
      return { op, node: node(event, 'node'), was: text(event, 'was'), heading: text(event, 'heading'), form: form(event) };
    case 'add':
      return { op, node: parseNode(event.get('node')), before: nodeOrNull(event, 'before') };
    case 'remove':
      return { op, node: node(event, 'node') };
    case 'restore':
    case 'move':
      return { op, node: node(event, 'node'), parent: nodeOrNull(event, 'parent'), before: nodeOrNull(event, 'before') };
    case 'owner':
      return { op, node: node(event, 'node'), was: memberOrNull(event, 'was'), owner: memberOrNull(event, 'owner') };
    case 'note':
      return { op, node: node(event, 'node'), was: text(event, 'was'), note: text(event, 'note') };
    default:
      throw new EntryFormatError(`outline operation ${shown(op)} is not known here`);
  }
}

/** @throws EntryFormatError */
export function parseMembersEvent(value: unknown): MembersEvent {
  const event = fieldsOf(value, 'the members event');
  const op = event.get('op');
  switch (op) {
    case 'join':
      return { op, member: member(event, 'member'), name: text(event, 'name'), role: role(event) };
    case 'role':
      return { op, member: member(event, 'member'), role: role(event) };
    case 'name':
      return { op, member: member(event, 'member'), name: text(event, 'name') };
    case 'leave':
      return { op, member: member(event, 'member') };
    default:
      throw new EntryFormatError(`members operation ${shown(op)} is not known here`);
  }
}

/** @throws EntryFormatError */
export function parseRevisionEvent(value: unknown): RevisionEvent {
  const event = fieldsOf(value, 'the revision event');
  const op = event.get('op');
  switch (op) {
    case 'name':
      return { op, upTo: seq(event, 'upTo'), name: text(event, 'name'), note: text(event, 'note') };
    case 'rename':
      return { op, revision: seq(event, 'revision'), was: text(event, 'was'), name: text(event, 'name'), note: text(event, 'note') };
    case 'withdraw':
      return { op, revision: seq(event, 'revision') };
    default:
      throw new EntryFormatError(`revision operation ${shown(op)} is not known here`);
  }
}

/** @throws EntryFormatError */
export function parseLifecycleEvent(value: unknown): LifecycleEvent {
  return { op: oneOf<LifecycleOp>(fieldsOf(value, 'the lifecycle event'), 'op', new Set<unknown>(LIFECYCLE_OPS)) };
}

/** @throws EntryFormatError */
export function parseParticularsEvent(value: unknown): ParticularsEvent {
  const event = fieldsOf(value, 'the particulars event');
  const [op, field] = [event.get('op'), event.get('field')];
  if (op !== 'set') throw new EntryFormatError(`particulars operation ${shown(op)} is not known here`);
  if (!isParticularField(field)) throw new EntryFormatError(`particulars field ${shown(field)} is not known here`);
  return { op, field, was: particular(event, 'was'), value: particular(event, 'value') };
}

function particular(fields: Fields, key: string): ParticularValue {
  if (!Array.isArray(fields.get(key))) return text(fields, key);
  return list(fields, key).map((item) => {
    if (typeof item !== 'string') throw new EntryFormatError(`"${key}" holds something that is not a string`);
    return item;
  });
}

function parseNode(value: unknown): OutlineNode {
  const fields = fieldsOf(value, 'an outline node');
  return {
    id: node(fields, 'id'),
    kind: oneOf<NodeKind>(fields, 'kind', NODE_KINDS),
    heading: text(fields, 'heading'),
    form: form(fields),
    parent: nodeOrNull(fields, 'parent'),
  };
}

/** Own fields only: `{"__proto__": …}` in stored JSON is a field with a strange name, never a prototype. */
export type Fields = ReadonlyMap<string, unknown>;

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new EntryFormatError(`${what} is not an object`);
  return new Map(Object.entries(value));
}

export function text(fields: Fields, key: string): string {
  const value = fields.get(key);
  if (typeof value !== 'string') throw new EntryFormatError(`"${key}" is not a string`);
  return value;
}

export function seq(fields: Fields, key: string): Seq {
  const value = fields.get(key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw new EntryFormatError(`"${key}" is not a seq`);
  return value;
}

export function list(fields: Fields, key: string): readonly unknown[] {
  const value = fields.get(key);
  if (!Array.isArray(value)) throw new EntryFormatError(`"${key}" is not a list`);
  return value;
}

export function oneOf<Value extends string>(fields: Fields, key: string, known: ReadonlySet<unknown>): Value {
  const value = fields.get(key);
  if (!known.has(value)) throw new EntryFormatError(`"${key}" is ${shown(value)}, which is not known here`);
  return value as Value;
}

function form(fields: Fields): HeadingForm {
  return oneOf<HeadingForm>(fields, 'form', FORMS);
}

export function node(fields: Fields, key: string): NodeId {
  const id = parseNodeId(fields.get(key));
  if (id === null) throw new EntryFormatError(`"${key}" is not an id`);
  return id;
}

function nodeOrNull(fields: Fields, key: string): NodeId | null {
  return fields.get(key) === null ? null : node(fields, key);
}

export function member(fields: Fields, key: string): MemberId {
  const id = parseMemberId(fields.get(key));
  if (id === null) throw new EntryFormatError(`"${key}" is not an id`);
  return id;
}

export function memberOrNull(fields: Fields, key: string): MemberId | null {
  return fields.get(key) === null ? null : member(fields, key);
}

/** @throws EntryFormatError unless it is a whole number of at least 0 */
export function whole(fields: Fields, key: string): number {
  const value = fields.get(key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new EntryFormatError(`"${key}" is not a whole number`);
  return value;
}

export function textOrNull(fields: Fields, key: string): string | null {
  return fields.get(key) === null ? null : text(fields, key);
}

function role(fields: Fields): Role {
  const value = fields.get('role');
  if (!isRole(value)) throw new EntryFormatError(`"role" is ${shown(value)}, which is not known here`);
  return value;
}

export function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeof value;
}
