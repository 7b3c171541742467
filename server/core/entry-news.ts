import type { Seq } from '../../shared/ids.ts';
import type { DecodedEntry } from '../../shared/log/entry.ts';
import { type EntryNews, encodeGongbi } from '../../shared/wire/protocol.ts';
import type { TextChange } from './change-counts.ts';

/**
 * What the report's socket tells of an entry (docs/PROTOCOL.md §6): text as its header only, outline, members and revisions with their event.
 * Kinds of later issues are told as a bare number until somebody decides who may see them; so is what cannot be read (`entry` null).
 */
export function encodeNews(seq: Seq, entry: DecodedEntry | null, change: TextChange | null): Uint8Array {
  return encodeGongbi({ kind: 'entry', seq, entry: entry === null ? null : newsOf(entry, change) });
}

function newsOf(entry: DecodedEntry, change: TextChange | null): EntryNews | null {
  const { at, author, subject } = entry;
  switch (entry.kind) {
    case 'text':
      return { at, author, kind: entry.kind, subject, ...change };
    case 'outline':
    case 'members':
    case 'revision':
      return { at, author, kind: entry.kind, subject, event: entry.event };
    default:
      return null;
  }
}
