import type * as Y from 'yjs';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import type { TextTimes } from '../history/text-times.ts';
import type { Run } from './runs.ts';

/** The report's texts and when everything in them came and went. */
export interface PlanSource {
  readonly times: TextTimes;
  /** Living text with everything that was ever in it; read only. */
  text(chapter: ChapterId): Y.Text | null;
}

/** Names the first writing of a unit: the same for all copies of one text. */
export function rootOf(times: TextTimes, chapter: ChapterId, client: number, clock: number): string {
  const root = times.copies.source(chapter, client, clock) ?? { chapter, client, clock };
  return `${root.chapter} ${root.client} ${root.clock}`;
}

/** The last entry that touched a stretch of runs. */
export function lastTouch(runs: readonly Run[], from: number, to: number): Seq {
  let seq = 0;
  for (let index = from; index <= to; index += 1) seq = Math.max(seq, runs[index]!.touched);
  return seq;
}
