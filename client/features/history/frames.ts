import type { ChapterAt, Sitting } from '../../../shared/api/history.ts';
import type { Seq } from '../../../shared/ids.ts';

/** A point of a chapter's life that replay stops at. */
export interface Stop {
  readonly seq: Seq;
  /** When its sitting began and ended, ms: the stop is somewhere between. */
  readonly from: number;
  readonly to: number;
  /** The first of its sitting: before it nobody wrote for a while. */
  readonly opens: boolean;
}

/** So many stops a replay has at most: a longer life is shown in even steps. */
export const MOST_STOPS = 400;

/** Every entry of the sittings in which the chapter was touched, oldest first; evenly thinned out when they are too many. */
export function stopsOf(sittings: readonly Sitting[], most: number = MOST_STOPS): readonly Stop[] {
  const old = sittings.toSorted((one, other) => one.fromSeq - other.fromSeq);
  const total = old.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0);
  const step = Math.max(1, total / most);
  const stops: Stop[] = [];
  let due = 0;
  let passed = 0;
  for (const { fromSeq, toSeq, from, to } of old) {
    let opens = true;
    for (let seq = fromSeq; seq <= toSeq; seq += 1) {
      passed += 1;
      // the end of a sitting is always a stop: it is what stood for a while
      if (passed < due && seq !== toSeq) continue;
      due = passed + step;
      stops.push({ seq, from, to, opens });
      opens = false;
    }
  }
  return stops;
}

/** Keys of the paragraphs that are not as they were; of two neighbouring frames. */
export function changedBlocks(before: ChapterAt | null, after: ChapterAt): ReadonlySet<string> {
  const old = new Map(before?.blocks.map((block) => [block.key, wording(block)]));
  return new Set(after.blocks.filter((block) => old.get(block.key) !== wording(block)).map((block) => block.key));
}

type Block = ChapterAt['blocks'][number];
const wording = ({ look, runs }: Block) => JSON.stringify([look, runs.map(({ text, marks }) => [text, marks])]);

/** Nothing can be seen between two frames: an entry that concerned another chapter. */
export function sameFrame(one: ChapterAt, other: ChapterAt): boolean {
  return (
    one.blocks.length === other.blocks.length &&
    one.blocks.every((block, index) => {
      const beside = other.blocks[index];
      return beside !== undefined && beside.key === block.key && wording(beside) === wording(block);
    })
  );
}

/** Who wrote last in this state, and when: the newest of its credits. */
export function latestOf({ credits }: ChapterAt): { readonly seq: Seq; readonly at: number } | null {
  let latest: { readonly seq: Seq; readonly at: number } | null = null;
  for (const credit of credits) {
    const newest = credit.movedBy !== null && credit.movedBy.seq > credit.seq ? credit.movedBy : credit;
    if (latest === null || newest.seq > latest.seq) latest = { seq: newest.seq, at: newest.at };
  }
  return latest;
}

/** How long a frame stands, ms. @param pause before the next frame, a new sitting begins @param speed 1 = as it is */
export function standsFor(pause: boolean, skipPauses: boolean, speed: number): number {
  return (pause && !skipPauses ? PAUSE_MS : FRAME_MS) / speed;
}
const FRAME_MS = 240;
const PAUSE_MS = 1_600;
