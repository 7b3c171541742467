import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientId } from '../ids.ts';
import type { IdRange, IdRanges } from '../suggestions/id-ranges.ts';
import type { LaneCut, LaneKind, LaneWrite, Shown, SuggestionEvent, Verdict } from '../suggestions/suggestion.ts';
import { EntryFormatError, type Fields, fieldsOf, list, oneOf, seq, shown, text, whole } from './events.ts';

/**
 * Payload of kind `suggestion` (docs/FORMAT.md §6): `varuint 1 ‖ varstring event ‖ Yjs update V1 to the end`. The event is JSON without its
 * `update`, whose bytes follow it as they are; after a decision or an explanation nothing follows.
 */
export const SUGGESTION_PAYLOAD_VERSION = 1;

const LANE_KINDS: ReadonlySet<unknown> = new Set<LaneKind>(['text', 'look']);
const VERDICTS: ReadonlySet<unknown> = new Set<Verdict>(['accepted', 'declined', 'withdrawn', 'superseded', 'overtaken']);
/** Bounds of Yjs ids: clients take 32 bits, clocks 31 (server/core/admission/parse-update.ts). */
const MAX_CLIENT = 2 ** 32 - 1;
const MAX_CLOCK = 2 ** 31 - 1;

/** Only ever given events that were checked before. */
export function encodeSuggestionPayload(event: SuggestionEvent): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SUGGESTION_PAYLOAD_VERSION);
  if (event.op === 'write') {
    const { update, ...rest } = event;
    encoding.writeVarString(encoder, JSON.stringify(rest));
    encoding.writeUint8Array(encoder, update);
  } else encoding.writeVarString(encoder, JSON.stringify(event));
  return encoding.toUint8Array(encoder);
}

/**
 * Checked field by field and copied, as every event of the log; the update too, because the fold keeps it. Whether the update is sound is
 * the door's question, not this one's.
 * @throws EntryFormatError
 */
export function decodeSuggestionPayload(bytes: Uint8Array): SuggestionEvent {
  const decoder = decoding.createDecoder(bytes);
  const version = readVersion(decoder);
  if (version !== SUGGESTION_PAYLOAD_VERSION) {
    throw new EntryFormatError(
      `suggestion payload version ${version} is not known here (this version reads ${SUGGESTION_PAYLOAD_VERSION})`,
    );
  }
  const event = fieldsOf(readEvent(decoder), 'the suggestion event');
  const update = bytes.slice(decoder.pos);
  const op = event.get('op');
  if (op === 'write') {
    if (update.length === 0) throw new EntryFormatError('the update of the lane is missing');
    return { op, ...laneWrite(event, update) };
  }
  if (update.length > 0) throw new EntryFormatError('something follows the suggestion event');
  switch (op) {
    case 'decide':
      return {
        op,
        suggestion: seq(event, 'suggestion'),
        verdict: oneOf<Verdict>(event, 'verdict', VERDICTS),
        reason: text(event, 'reason'),
        cuts: list(event, 'cuts').map(laneCut),
        shown: shownOf(event.get('shown')),
        by: seqOrNull(event, 'by'),
      };
    case 'explain':
      return { op, suggestion: seq(event, 'suggestion'), reason: text(event, 'reason'), thread: seqOrNull(event, 'thread') };
    default:
      throw new EntryFormatError(`suggestion operation ${shown(op)} is not known here`);
  }
}

function laneWrite(event: Fields, update: Uint8Array): LaneWrite {
  return {
    lane: clientId(event.get('lane'), 'lane'),
    kind: oneOf<LaneKind>(event, 'kind', LANE_KINDS),
    number: seq(event, 'number'),
    merge: list(event, 'merge').map((lane) => clientId(lane, 'merge')),
    update,
    strike: ranges(event, 'strike'),
    unstrike: ranges(event, 'unstrike'),
  };
}

function laneCut(value: unknown): LaneCut {
  const fields = fieldsOf(value, 'a cut');
  return { lane: clientId(fields.get('lane'), 'lane'), to: whole(fields, 'to'), strikes: ranges(fields, 'strikes') };
}

function shownOf(value: unknown): Shown {
  const fields = fieldsOf(value, 'what was shown');
  return { quote: text(fields, 'quote'), replacement: text(fields, 'replacement') };
}

/** In the one order in which sets of ids are kept: the functions on them search by it. */
function ranges(fields: Fields, key: string): IdRanges {
  const read: IdRange[] = [];
  let last: IdRange | null = null;
  for (const value of list(fields, key)) {
    const range = idRange(value, key);
    if (last !== null && (range[0] < last[0] || (range[0] === last[0] && range[1] <= last[1] + last[2])))
      throw new EntryFormatError(`"${key}" holds ids that are out of order or touch`);
    read.push(range);
    last = range;
  }
  return read;
}

function idRange(value: unknown, key: string): IdRange {
  if (!Array.isArray(value) || value.length !== 3) throw new EntryFormatError(`"${key}" holds something that is not a range of ids`);
  const [client, clock, length]: readonly unknown[] = value;
  if (!isWithin(clock, 0, MAX_CLOCK) || !isWithin(length, 1, MAX_CLOCK - clock))
    throw new EntryFormatError(`"${key}" holds something that is not a range of ids`);
  return [clientId(client, key), clock, length];
}

function clientId(value: unknown, key: string): ClientId {
  if (!isWithin(value, 0, MAX_CLIENT)) throw new EntryFormatError(`"${key}" is not a client id`);
  return value;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

function seqOrNull(fields: Fields, key: string): number | null {
  return fields.get(key) === null ? null : seq(fields, key);
}

function readVersion(decoder: decoding.Decoder): number {
  try {
    return decoding.readVarUint(decoder);
  } catch {
    throw new EntryFormatError('the payload ends within the payload version');
  }
}

function readEvent(decoder: decoding.Decoder): unknown {
  let json: string;
  try {
    json = decoding.readVarString(decoder);
  } catch {
    throw new EntryFormatError('the payload ends within the suggestion event, or that is not UTF-8');
  }
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new EntryFormatError(`the suggestion event is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}
