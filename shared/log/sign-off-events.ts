import type { SignedChapter } from '../sign-off/canonical.ts';
import type { SealEvent } from '../sign-off/seal.ts';
import { OPINIONS, type SignedText, type SignOffEvent } from '../sign-off/sign-offs.ts';
import { isPart } from '../stages/stages.ts';
import { EntryFormatError, fieldsOf, list, node, oneOf, shown, text } from './events.ts';
import { stringOrNull, wholeNumber } from './fields.ts';

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseSignOffEvent(value: unknown): SignOffEvent {
  const event = fieldsOf(value, 'the sign-off event');
  const op = event.get('op');
  if (op === 'withdraw') return { op, of: wholeNumber(event, 'of') };
  if (op !== 'sign') throw new EntryFormatError(`sign-off operation ${shown(op)} is not known here`);
  const part = event.get('part');
  if (!isPart(part)) throw new EntryFormatError(`part ${shown(part)} is not known here`);
  return {
    op,
    part,
    opinion: oneOf(event, 'opinion', new Set<unknown>(OPINIONS)),
    text: text(event, 'text'),
    onBehalf: event.get('onBehalf') === null ? null : behalf(event.get('onBehalf')),
    signed: signedText(event.get('signed')),
  };
}

function behalf(value: unknown) {
  const fields = fieldsOf(value, 'whom it is signed for');
  return { name: text(fields, 'name'), authority: text(fields, 'authority') };
}

function signedText(value: unknown): SignedText {
  const fields = fieldsOf(value, 'the signed text');
  return {
    upTo: wholeNumber(fields, 'upTo'),
    head: hex(text(fields, 'head'), 64),
    chapters: list(fields, 'chapters').map(chapter),
    frame: hexOrNull(stringOrNull(fields, 'frame')),
    report: hexOrNull(stringOrNull(fields, 'report')),
  };
}

function chapter(value: unknown): SignedChapter {
  const fields = fieldsOf(value, 'a signed chapter');
  const blocks = list(fields, 'blocks').map((hash) => hex(hash, 32));
  const substance = list(fields, 'substance').map((hash) => hex(hash, 32));
  if (blocks.length !== substance.length) throw new EntryFormatError('a signed chapter has two lists of different length');
  return { node: node(fields, 'node'), heading: hex(text(fields, 'heading'), 32), hash: hex(text(fields, 'hash'), 64), blocks, substance };
}

function hex(value: unknown, digits: number): string {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/.test(value))
    throw new EntryFormatError(`${shown(value)} is not a hash of ${digits} digits`);
  return value;
}

function hexOrNull(value: string | null): string | null {
  return value === null ? null : hex(value, 64);
}

/**
 * Checked field by field and copied, as every event of the log.
 * @throws EntryFormatError
 */
export function parseSealEvent(value: unknown): SealEvent {
  const event = fieldsOf(value, 'the seal');
  const op = event.get('op');
  if (op !== 'seal') throw new EntryFormatError(`seal operation ${shown(op)} is not known here`);
  const signatures = list(event, 'signatures').map((seq) => {
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1)
      throw new EntryFormatError('"signatures" holds something that is not a seq');
    return seq;
  });
  return {
    op,
    number: text(event, 'number'),
    signed: signedText(event.get('signed')),
    signatures,
    key: hex(text(event, 'key'), 16),
    signature: hex(text(event, 'signature'), 128),
  };
}
