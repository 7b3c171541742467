import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeUtf8, encodeUtf8 } from 'lib0/string';
import type { BlankEvent } from '../blanks/blank.ts';
import type { MemberId, NodeId } from '../ids.ts';
import { parseMemberId, parseNodeId } from '../ids.ts';
import type { LifecycleEvent } from '../lifecycle/lifecycle.ts';
import type { OutlineEvent } from '../outline/outline.ts';
import type { ParticularsEvent } from '../particulars/particulars.ts';
import type { ProofreadingEvent } from '../proofreading/ignored.ts';
import type { RevisionEvent } from '../revisions/revision.ts';
import type { SealEvent } from '../sign-off/seal.ts';
import type { SignOffEvent } from '../sign-off/sign-offs.ts';
import type { StageEvent } from '../stages/stages.ts';
import type { ThreadEvent } from '../threads/thread.ts';
import { parseBlankEvent } from './blank-events.ts';
import type { DecodedEntry, Entry, EntryHeader, EntryKind, MembersEvent, RestoredRange, TextPayload, Via } from './entry.ts';
import { ENTRY_KINDS, VIAS } from './entry.ts';
import {
  EntryFormatError,
  parseLifecycleEvent,
  parseMembersEvent,
  parseOutlineEvent,
  parseParticularsEvent,
  parseRevisionEvent,
} from './events.ts';
import { parseProofreadingEvent } from './proofreading-events.ts';
import { parseSealEvent, parseSignOffEvent } from './sign-off-events.ts';
import { parseStageEvent } from './stage-events.ts';
import { decodeSuggestionPayload } from './suggestion-events.ts';
import { parseThreadEvent } from './thread-events.ts';

/**
 * Payloads as bytes (docs/FORMAT.md §6).
 *
 *   text    = varuint 1 ‖ varuint via ‖ varuint offlineSince ‖ varstring wordsOf ('' = the author's own) ‖ Yjs update V1 to the end
 *           | varuint 2 ‖ varuint via ‖ varuint offlineSince ‖ varstring wordsOf ‖ varuint count ‖ count × range ‖ Yjs update V1 to the end
 *   range   = varuint client ‖ varuint clock ‖ varuint length ‖ varstring fromChapter ('' = the entry's) ‖ varuint fromClient ‖ varuint fromClock
 *   outline = members = revision = particulars = lifecycle = blank = thread = one event as UTF-8 JSON
 *   suggestion = its event as UTF-8 JSON and a Yjs update behind it (suggestion-events.ts)
 */
export const TEXT_PAYLOAD_VERSION = 1;
/** Only where there are ranges to write: everything else keeps the bytes that it always had. */
export const RESTORED_PAYLOAD_VERSION = 2;

export { EntryFormatError } from './events.ts';

const KIND_BY_NUMBER = new Map<number, EntryKind>(Object.entries(ENTRY_KINDS).map(([kind, number]) => [number, kind as EntryKind]));
const VIA_BY_NUMBER = new Map<number, Via>(Object.entries(VIAS).map(([via, number]) => [number, via as Via]));

/** @returns undefined for a number this version does not know. */
export function entryKindOf(number: number): EntryKind | undefined {
  return KIND_BY_NUMBER.get(number);
}

export function encodeTextPayload(payload: TextPayload): Uint8Array {
  const encoder = encoding.createEncoder();
  const { restored } = payload;
  encoding.writeVarUint(encoder, restored === undefined ? TEXT_PAYLOAD_VERSION : RESTORED_PAYLOAD_VERSION);
  encoding.writeVarUint(encoder, VIAS[payload.via]);
  encoding.writeVarUint(encoder, payload.offlineSince);
  encoding.writeVarString(encoder, payload.wordsOf ?? '');
  if (restored !== undefined) writeRestored(encoder, restored);
  encoding.writeUint8Array(encoder, payload.update);
  return encoding.toUint8Array(encoder);
}

/**
 * The update inside is a view of `bytes`, not a copy: whoever changes one changes the other.
 * @throws EntryFormatError
 */
export function decodeTextPayload(bytes: Uint8Array): TextPayload {
  const decoder = decoding.createDecoder(bytes);
  const version = readNumber(decoder, 'the payload version');
  if (version !== TEXT_PAYLOAD_VERSION && version !== RESTORED_PAYLOAD_VERSION) {
    throw new EntryFormatError(`text payload version ${version} is not known here (this version reads up to ${RESTORED_PAYLOAD_VERSION})`);
  }
  const viaNumber = readNumber(decoder, 'via');
  const via = VIA_BY_NUMBER.get(viaNumber);
  if (via === undefined) throw new EntryFormatError(`via ${viaNumber} is not known here`);
  const offlineSince = readNumber(decoder, 'offlineSince');
  const wordsOf = readWordsOf(decoder);
  const restored = version === RESTORED_PAYLOAD_VERSION ? readRestored(decoder) : null;
  const update = bytes.subarray(decoder.pos);
  if (update.length === 0) throw new EntryFormatError('the text update is missing');
  return { via, offlineSince, wordsOf, ...(restored === null ? {} : { restored }), update };
}

function writeRestored(encoder: encoding.Encoder, restored: readonly RestoredRange[]): void {
  encoding.writeVarUint(encoder, restored.length);
  for (const { client, clock, length, fromChapter, fromClient, fromClock } of restored) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarUint(encoder, length);
    encoding.writeVarString(encoder, fromChapter ?? '');
    encoding.writeVarUint(encoder, fromClient);
    encoding.writeVarUint(encoder, fromClock);
  }
}

function readRestored(decoder: decoding.Decoder): readonly RestoredRange[] {
  const what = 'the restored ranges';
  const count = readNumber(decoder, what);
  const restored: RestoredRange[] = [];
  for (let index = 0; index < count; index += 1) {
    const client = readNumber(decoder, what);
    const clock = readNumber(decoder, what);
    const length = readNumber(decoder, what);
    const from = readText(decoder, what);
    const fromChapter = from === '' ? null : parseNodeId(from);
    if (from !== '' && fromChapter === null) throw new EntryFormatError('a restored range names no chapter');
    restored.push({ client, clock, length, fromChapter, fromClient: readNumber(decoder, what), fromClock: readNumber(decoder, what) });
  }
  return restored;
}

/** Events of every kind alike. Only ever given events that the server itself made. */
export function encodeEvent(
  event:
    | OutlineEvent
    | MembersEvent
    | RevisionEvent
    | ParticularsEvent
    | LifecycleEvent
    | BlankEvent
    | ThreadEvent
    | ProofreadingEvent
    | StageEvent
    | SignOffEvent
    | SealEvent,
): Uint8Array {
  return encodeUtf8(JSON.stringify(event));
}

/**
 * An entry with its payload read; kinds of later issues keep their bytes.
 * @throws EntryFormatError naming the entry: the log holds only what the server admitted, so this is damage or a newer version's work.
 */
export function decodeEntry(entry: Entry): DecodedEntry {
  try {
    return decode(entry);
  } catch (error) {
    if (!(error instanceof EntryFormatError)) throw error;
    throw new EntryFormatError(`Entry ${entry.seq} (${entry.kind}): ${error.message}`);
  }
}

function decode(entry: Entry): DecodedEntry {
  const { seq, at, author, kind, subject } = entry;
  const header: EntryHeader = { seq, at, author, kind, subject };
  switch (kind) {
    case 'text':
      return { ...header, kind, subject: chapterOf(subject, kind), text: decodeTextPayload(entry.payload) };
    case 'outline':
      return { ...header, kind, event: parseOutlineEvent(readJson(entry.payload)) };
    case 'members':
      return { ...header, kind, event: parseMembersEvent(readJson(entry.payload)) };
    case 'revision':
      return { ...header, kind, event: parseRevisionEvent(readJson(entry.payload)) };
    case 'particulars':
      return { ...header, kind, event: parseParticularsEvent(readJson(entry.payload)) };
    case 'lifecycle':
      return { ...header, kind, event: parseLifecycleEvent(readJson(entry.payload)) };
    case 'blank':
      return { ...header, kind, event: parseBlankEvent(readJson(entry.payload)) };
    case 'thread':
      return { ...header, kind, event: parseThreadEvent(readJson(entry.payload)) };
    case 'proofreading':
      return { ...header, kind, event: parseProofreadingEvent(readJson(entry.payload)) };
    case 'seal':
      return { ...header, kind, event: parseSealEvent(readJson(entry.payload)) };
    case 'stage':
      return { ...header, kind, event: parseStageEvent(readJson(entry.payload)) };
    case 'signOff':
      return { ...header, kind, event: parseSignOffEvent(readJson(entry.payload)) };
    case 'suggestion':
      return { ...header, kind, subject: chapterOf(subject, kind), event: decodeSuggestionPayload(entry.payload) };
    default:
      return { ...header, kind, payload: entry.payload };
  }
}

function chapterOf(subject: NodeId | '', kind: 'text' | 'suggestion'): NodeId {
  const chapter = parseNodeId(subject);
  if (chapter === null) throw new EntryFormatError(`a ${kind} entry must name its chapter`);
  return chapter;
}

function readJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(payload));
  } catch (error) {
    throw new EntryFormatError(`the payload is not JSON in UTF-8 (${error instanceof Error ? error.message : String(error)})`);
  }
}

function readNumber(decoder: decoding.Decoder, what: string): number {
  try {
    return decoding.readVarUint(decoder);
  } catch {
    throw new EntryFormatError(`the payload ends within ${what}`);
  }
}

function readWordsOf(decoder: decoding.Decoder): MemberId | null {
  const text = readText(decoder, 'wordsOf');
  if (text === '') return null;
  const member = parseMemberId(text);
  if (member === null) throw new EntryFormatError('wordsOf is not a member id');
  return member;
}

function readText(decoder: decoding.Decoder, what: string): string {
  try {
    return decoding.readVarString(decoder);
  } catch {
    throw new EntryFormatError(`the payload ends within ${what}`);
  }
}
