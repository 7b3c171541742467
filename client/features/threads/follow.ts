import type { ThreadPlaces, ThreadsState } from '../../../shared/api/threads.ts';
import type { Seq } from '../../../shared/ids.ts';
import { reduceThreads } from '../../../shared/threads/fold.ts';
import type { HeardThreads } from '../../connection/heard-threads.ts';

/** Threads as they stand at `seq`, and where they hung at `placesSeq`. */
export interface Followed extends ThreadsState {
  readonly placesSeq: Seq;
}

/** A list that came; one that is older than what is known tells nothing. */
export function withList(known: Followed | null, list: ThreadsState): Followed {
  return known !== null && list.seq < known.seq ? known : { ...list, placesSeq: list.seq };
}

export function withPlaces(known: Followed, { seq, places }: ThreadPlaces): Followed {
  return seq < known.placesSeq ? known : { ...known, places, placesSeq: seq };
}

/** What was heard, applied to what is known; the same object when there is nothing new. @returns null when something was missed: all is asked for again */
export function withHeard(known: Followed, { from, entries }: HeardThreads): Followed | null {
  if (known.seq < from) return null;
  let { threads, seq } = known;
  for (const { header, event } of entries) {
    if (header.seq <= seq) continue;
    threads = reduceThreads(threads, event, header);
    seq = header.seq;
  }
  return seq === known.seq ? known : { ...known, threads, seq };
}

/** After what was said places are asked for at most so often, ms; typing waits for its end, but not for ever. */
const OFTEN_MS = 1_000;
const SETTLED_MS = 900;
const LONGEST_MS = 5_000;

/** When places are asked for again, ms from now. Times in ms of one clock. @param since when they were first wanted */
export function placesDelay(now: number, { said, asked, since }: { said: boolean; asked: number; since: number }): number {
  const earliest = Math.max(0, asked + OFTEN_MS - now);
  if (said) return earliest;
  return Math.max(earliest, Math.min(SETTLED_MS, since + LONGEST_MS - now));
}
