import type { Anchor, AnchorIds, Answer, CommentBody, Disposition, Mention, ThreadEvent } from '../threads/thread.ts';
import { DISPOSITIONS } from '../threads/thread.ts';
import {
  EntryFormatError,
  type Fields,
  fieldsOf,
  list,
  member,
  memberOrNull,
  node,
  oneOf,
  seq,
  shown,
  text,
  textOrNull,
  whole,
} from './events.ts';

const ON: ReadonlySet<unknown> = new Set<Anchor['on']>(['text', 'block', 'node']);
const KNOWN_DISPOSITIONS: ReadonlySet<unknown> = new Set(DISPOSITIONS);

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseThreadEvent(value: unknown): ThreadEvent {
  const event = fieldsOf(value, 'the thread event');
  const op = event.get('op');
  if (op === 'start') {
    const [to, due] = [memberOrNull(event, 'to'), textOrNull(event, 'due')];
    return { op, anchor: anchor(event.get('anchor')), body: body(event.get('body')), to, due };
  }
  const thread = seq(event, 'thread');
  switch (op) {
    case 'reply':
      return { op, thread, body: body(event.get('body')) };
    case 'edit':
      return { op, thread, comment: seq(event, 'comment'), body: body(event.get('body')) };
    case 'delete':
      return { op, thread, comment: seq(event, 'comment') };
    case 'assign':
      return { op, thread, to: memberOrNull(event, 'to'), due: textOrNull(event, 'due') };
    case 'close':
      return { op, thread, disposition: oneOf<Disposition>(event, 'disposition', KNOWN_DISPOSITIONS), reason: text(event, 'reason') };
    case 'reopen':
      return { op, thread };
    case 'reattach':
      return { op, thread, anchor: anchor(event.get('anchor')) };
    case 'link':
      return { op, thread, answer: answer(event.get('answer')) };
    default:
      throw new EntryFormatError(`thread operation ${shown(op)} is not known here`);
  }
}

function anchor(value: unknown): Anchor {
  const fields = fieldsOf(value, 'an anchor');
  return {
    on: oneOf<Anchor['on']>(fields, 'on', ON),
    node: node(fields, 'node'),
    ids: list(fields, 'ids').map(idsOf),
    quote: text(fields, 'quote'),
    before: text(fields, 'before'),
    after: text(fields, 'after'),
  };
}

function idsOf(value: unknown): AnchorIds {
  const fields = fieldsOf(value, 'ids of an anchor');
  const chapter = node(fields, 'chapter');
  return { chapter, client: whole(fields, 'client'), clock: whole(fields, 'clock'), length: whole(fields, 'length') };
}

function body(value: unknown): CommentBody {
  const fields = fieldsOf(value, 'a comment');
  return { text: text(fields, 'text'), mentions: list(fields, 'mentions').map(mention) };
}

function mention(value: unknown): Mention {
  const fields = fieldsOf(value, 'a mention');
  return { member: member(fields, 'member'), at: whole(fields, 'at'), length: whole(fields, 'length') };
}

function answer(value: unknown): Answer {
  const fields: Fields = fieldsOf(value, 'an answer');
  const by = fields.get('by');
  if (by === 'suggestion') return { by, suggestion: text(fields, 'suggestion') };
  if (by === 'edit') return { by, chapter: node(fields, 'chapter'), from: seq(fields, 'from'), to: seq(fields, 'to') };
  throw new EntryFormatError(`an answer by ${shown(by)} is not known here`);
}
