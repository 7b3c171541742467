import type { Seq } from '../../shared/ids.ts';
import type { EntryHeader } from '../../shared/log/entry.ts';
import type { ThreadEvent } from '../../shared/threads/thread.ts';
import type { EntryMessage } from '../../shared/wire/protocol.ts';

export interface ThreadEntry {
  readonly header: EntryHeader;
  readonly event: ThreadEvent;
}

/** What the report's socket told of threads: every such entry after `from`, in order. The same object until there is more to tell. */
export interface HeardThreads {
  readonly from: Seq;
  readonly entries: readonly ThreadEntry[];
}

export const NOTHING_HEARD: HeardThreads = { from: 0, entries: [] };

/** So many are kept; whoever comes with older threads asks for all of them again. */
const MOST_KEPT = 200;

/** @param last the number of the entry that was heard before this one; what was told between them never came */
export function heardEntry(heard: HeardThreads, last: Seq, { seq, entry }: EntryMessage): HeardThreads {
  if (seq <= last) return heard;
  const known = seq === last + 1 ? heard : { from: seq - 1, entries: [] };
  if (entry?.kind !== 'thread') return known;
  const { at, author, kind } = entry;
  const header: EntryHeader = { seq, at, author, kind, subject: entry.subject as EntryHeader['subject'] };
  const entries = [...known.entries, { header, event: entry.event as ThreadEvent }];
  const forgotten = entries.length > MOST_KEPT ? entries[0]!.header.seq : known.from;
  return { from: forgotten, entries: entries.slice(-MOST_KEPT) };
}
