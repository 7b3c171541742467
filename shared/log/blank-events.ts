import type { BlankAnchor, BlankEvent, BlankIds } from '../blanks/blank.ts';
import { EntryFormatError, fieldsOf, list, member, node, oneOf, shown, text, textOrNull, whole } from './events.ts';

const KINDS: ReadonlySet<unknown> = new Set(['number', 'name']);

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseBlankEvent(value: unknown): BlankEvent {
  const event = fieldsOf(value, 'the blank event');
  const op = event.get('op');
  const blank = anchor(event.get('blank'));
  switch (op) {
    case 'fill':
      return { op, blank, was: text(event, 'was'), value: text(event, 'value'), source: text(event, 'source') };
    case 'source':
      return { op, blank, value: text(event, 'value'), source: text(event, 'source') };
    case 'assign':
      return { op, blank, to: event.get('to') === null ? null : member(event, 'to'), due: textOrNull(event, 'due') };
    case 'dismiss':
      return { op, blank, reason: text(event, 'reason') };
    case 'clear':
    case 'claim':
      return { op, blank };
    default:
      throw new EntryFormatError(`blank operation ${shown(op)} is not known here`);
  }
}

function anchor(value: unknown): BlankAnchor {
  const fields = fieldsOf(value, 'a blank');
  return {
    ids: list(fields, 'ids').map(idsOf),
    mask: text(fields, 'mask'),
    kind: oneOf<BlankAnchor['kind']>(fields, 'kind', KINDS),
    unit: textOrNull(fields, 'unit'),
    before: text(fields, 'before'),
    after: text(fields, 'after'),
  };
}

function idsOf(value: unknown): BlankIds {
  const fields = fieldsOf(value, 'ids of a blank');
  const chapter = node(fields, 'chapter');
  return { chapter, client: whole(fields, 'client'), clock: whole(fields, 'clock'), length: whole(fields, 'length') };
}
