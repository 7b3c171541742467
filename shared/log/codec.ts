import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeUtf8, encodeUtf8 } from 'lib0/string';
import type { MemberId, NodeId } from '../ids.ts';
import { parseMemberId, parseNodeId } from '../ids.ts';
import type { OutlineEvent } from '../outline/outline.ts';
import type { DecodedEntry, Entry, EntryHeader, EntryKind, MembersEvent, TextPayload, Via } from './entry.ts';
import { ENTRY_KINDS, VIAS } from './entry.ts';
import { EntryFormatError, parseMembersEvent, parseOutlineEvent } from './events.ts';

/**
 * Payloads as bytes (docs/FORMAT.md §6).
 *
 *   text    = varuint 1 ‖ varuint via ‖ varuint offlineSince ‖ varstring wordsOf ('' = the author's own) ‖ Yjs update V1 to the end
 *   outline = members = one event as UTF-8 JSON
 */
export const TEXT_PAYLOAD_VERSION = 1;

export { EntryFormatError } from './events.ts';

const KIND_BY_NUMBER = new Map<number, EntryKind>(Object.entries(ENTRY_KINDS).map(([kind, number]) => [number, kind as EntryKind]));
const VIA_BY_NUMBER = new Map<number, Via>(Object.entries(VIAS).map(([via, number]) => [number, via as Via]));

/** @returns undefined for a number this version does not know. */
export function entryKindOf(number: number): EntryKind | undefined {
  return KIND_BY_NUMBER.get(number);
}

export function encodeTextPayload(payload: TextPayload): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, TEXT_PAYLOAD_VERSION);
  encoding.writeVarUint(encoder, VIAS[payload.via]);
  encoding.writeVarUint(encoder, payload.offlineSince);
  encoding.writeVarString(encoder, payload.wordsOf ?? '');
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
  if (version !== TEXT_PAYLOAD_VERSION) {
    throw new EntryFormatError(`text payload version ${version} is not known here (this version reads ${TEXT_PAYLOAD_VERSION})`);
  }
  const viaNumber = readNumber(decoder, 'via');
  const via = VIA_BY_NUMBER.get(viaNumber);
  if (via === undefined) throw new EntryFormatError(`via ${viaNumber} is not known here`);
  const offlineSince = readNumber(decoder, 'offlineSince');
  const wordsOf = readWordsOf(decoder);
  const update = bytes.subarray(decoder.pos);
  if (update.length === 0) throw new EntryFormatError('the text update is missing');
  return { via, offlineSince, wordsOf, update };
}

/** Outline and members events alike. Only ever given events that the server itself made. */
export function encodeEvent(event: OutlineEvent | MembersEvent): Uint8Array {
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
      return { ...header, kind, subject: chapterOf(subject), text: decodeTextPayload(entry.payload) };
    case 'outline':
      return { ...header, kind, event: parseOutlineEvent(readJson(entry.payload)) };
    case 'members':
      return { ...header, kind, event: parseMembersEvent(readJson(entry.payload)) };
    default:
      return { ...header, kind, payload: entry.payload };
  }
}

function chapterOf(subject: NodeId | ''): NodeId {
  const chapter = parseNodeId(subject);
  if (chapter === null) throw new EntryFormatError('a text entry must name its chapter');
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
  let text: string;
  try {
    text = decoding.readVarString(decoder);
  } catch {
    throw new EntryFormatError('the payload ends within wordsOf');
  }
  if (text === '') return null;
  const member = parseMemberId(text);
  if (member === null) throw new EntryFormatError('wordsOf is not a member id');
  return member;
}
