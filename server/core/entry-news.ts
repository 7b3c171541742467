import type { Seq } from '../../shared/ids.ts';
import type { DecodedEntry } from '../../shared/log/entry.ts';
import { signOffNews } from '../../shared/sign-off/news.ts';
import { type EntryNews, encodeGongbi } from '../../shared/wire/protocol.ts';
import type { TextChange as RecordedText } from './attribution/report-attribution.ts';
import type { TextChange } from './change-counts.ts';

/**
 * What the report's socket tells of an entry (docs/PROTOCOL.md §6): text as its header only, outline, members, revisions, particulars,
 * blanks, threads, proofreading, stages and the report's standing with their event, a signature without its hashes.
 * Suggestions and kinds of later issues are told as a bare number until somebody decides who may see them; so is what cannot be read
 * (`entry` null).
 */
export function encodeNews(seq: Seq, entry: DecodedEntry | null, change: TextChange | null): Uint8Array {
  return encodeGongbi({ kind: 'entry', seq, entry: entry === null ? null : newsOf(entry, change) });
}

/** Who wrote the new text of an entry, for sockets of its chapter that asked. Text that turns out to be moved is told by the history. */
export function encodeAttribution({ record, ranges }: RecordedText): Uint8Array {
  const { seq, at, author, actor, via } = record;
  return encodeGongbi({ kind: 'attribution', seq, at, author, actor, via, ranges });
}

function newsOf(entry: DecodedEntry, change: TextChange | null): EntryNews | null {
  const { at, author, subject } = entry;
  switch (entry.kind) {
    case 'text':
      return { at, author, kind: entry.kind, subject, ...change };
    case 'outline':
    case 'members':
    case 'revision':
    case 'particulars':
    case 'lifecycle':
    case 'blank':
    case 'thread':
    case 'proofreading':
    case 'stage':
      return { at, author, kind: entry.kind, subject, event: entry.event };
    case 'seal':
      return { at, author, kind: entry.kind, subject, event: { number: entry.event.number } };
    case 'signOff':
      return { at, author, kind: entry.kind, subject, event: signOffNews(entry.event) };
    default:
      return null;
  }
}
