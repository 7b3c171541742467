import type * as Y from 'yjs';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import type { RestoredRange } from '../../../shared/log/entry.ts';
import type { TextTimes } from '../history/text-times.ts';
import { eachPiece } from '../history/walk.ts';
import type { Edit } from '../restore/edits.ts';
import { type Run, runsOf } from '../restore/runs.ts';
import { copyOf, writeEdits } from '../restore/write-edits.ts';

/** Asked of the text engine: take back what the entry `seq`, which replaced text or filled a blank, did in a chapter. */
export interface UnreplaceQuestion {
  readonly chapter: ChapterId;
  readonly seq: Seq;
  /** Only their own. */
  readonly by: MemberId;
}

export interface UnreplacePlan {
  readonly update: Uint8Array;
  readonly restored: readonly RestoredRange[];
  readonly back: number;
  readonly left: number;
}

/** One place that was replaced: the letters that went, and those that came and still stand. */
interface Hit {
  readonly gone: Run[];
  readonly came: Run[];
  /** Letters that came, standing or not. */
  units: number;
}

/**
 * Brings back exactly the letters that the entry took away, and takes away exactly those that it wrote. A place whose new letters somebody
 * has changed since stays as it is; what others wrote beside and between stays everywhere.
 * @returns null when there was no such entry or nothing of it is left to take back
 */
export function planUnreplace(
  times: TextTimes,
  textOf: (chapter: ChapterId) => Y.Text | null,
  question: UnreplaceQuestion,
): UnreplacePlan | null {
  const { chapter, seq } = question;
  const living = textOf(chapter);
  const record = times.records.get(seq);
  if (living === null || !(record?.via === 'replace' || record?.via === 'blank') || record.actor !== question.by) return null;
  const text = copyOf(living);
  const own = times.of(chapter);
  const runs = runsOf(text, own, seq - 1);
  const hits = record.via === 'blank' ? [oneHit(text, runs, times, question)] : hitsOf(text, runs, times, question);
  const undone = new Set<Run>();
  /** Letters go back where the new ones stand: somebody may have written between the two meanwhile. */
  const backAt = new Map<Run, readonly Run[]>();
  let left = 0;
  for (const { gone, came, units } of hits) {
    if (came.reduce((sum, run) => sum + run.length, 0) !== units) {
      left += 1;
      continue;
    }
    for (const run of [...gone, ...came]) undone.add(run);
    const place = came[0] ?? gone[0];
    if (place !== undefined) backAt.set(place, gone);
  }
  const edits = runs.flatMap((run): Edit[] => {
    const back = (backAt.get(run) ?? []).map((gone): Edit => ({ op: 'ins', run: gone, offset: gone.offset, length: gone.length, chapter }));
    if (!run.now) return back;
    if (undone.has(run)) return [...back, { op: 'del', run, offset: run.offset, length: run.length }];
    if (run.marker !== null) return [{ op: 'end', marker: run.marker, values: null }];
    return [{ op: 'keep', run, offset: run.offset, length: run.length, was: null }];
  });
  const { update, restored } = writeEdits(text, edits, chapter);
  return update.length === 0 ? null : { update, restored, back: hits.length - left, left };
}

/** A filled blank is one place; its value stands before the letters that went. */
function oneHit(text: Y.Text, runs: readonly Run[], times: TextTimes, { chapter, seq }: UnreplaceQuestion): Hit {
  const own = times.of(chapter);
  const hit: Hit = { gone: [], came: [], units: 0 };
  const byPlace = runsByPlace(runs);
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.countable) continue;
    const { client } = item.id;
    eachPiece(own, item, (from, to, ins, del) => {
      if ((ins === seq) === (del === seq)) return;
      const run = byPlace.get(`${client}.${from}`);
      if (ins === seq) hit.units += to - from;
      if (run === undefined) return;
      if (del === seq) hit.gone.push(run);
      else if (run.now) hit.came.push(run);
    });
  }
  return hit;
}

function runsByPlace(runs: readonly Run[]): ReadonlyMap<string, Run> {
  return new Map(runs.map((run) => [`${run.item.id.client}.${run.item.id.clock + run.offset}`, run]));
}

/** Letters that went stand before those that came in their place. */
function hitsOf(text: Y.Text, runs: readonly Run[], times: TextTimes, { chapter, seq }: UnreplaceQuestion): readonly Hit[] {
  const own = times.of(chapter);
  const byPlace = runsByPlace(runs);
  const hits: Hit[] = [];
  let open: Hit | null = null;
  let closing = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.countable) continue;
    const { id } = item;
    eachPiece(own, item, (from, to, ins, del) => {
      if (del === seq && ins !== seq) {
        if (open === null || closing) {
          open = { gone: [], came: [], units: 0 };
          hits.push(open);
          closing = false;
        }
        const run = byPlace.get(`${id.client}.${from}`);
        if (run !== undefined) open.gone.push(run);
      } else if (ins === seq && open !== null) {
        closing = true;
        open.units += to - from;
        const run = byPlace.get(`${id.client}.${from}`);
        if (run?.now === true) open.came.push(run);
      } else if (ins < seq && del > seq) {
        // Something that stood between two places.
        closing = true;
      }
    });
  }
  return hits;
}
