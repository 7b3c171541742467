import * as Y from 'yjs';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import type { TextTimes } from '../history/text-times.ts';
import { eachPiece, NEVER } from '../history/walk.ts';
import type { AnswerEdit, Touched, TouchingQuestion } from './questions.ts';

/**
 * Is something else now that a person's entries wrote or took out: letters of theirs that are gone, or letters that came back? What was only
 * moved is as it was.
 */
export function isChangedSince(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null, edit: AnswerEdit): boolean {
  const { chapter, by, from, to, since } = edit;
  const text = textOf(chapter);
  if (text === null) return false;
  const isTheirs = (seq: Seq): boolean => seq >= from && seq <= to && times.records.get(seq)?.actor === by;
  const here = times.of(chapter);
  let changed = false;
  for (let item = text._start; item !== null && !changed; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    const { client } = item.id;
    eachPiece(here, item, (low, high, ins, del) => {
      if (changed) return;
      if (isTheirs(ins) && del > since && del !== NEVER) changed = standing(client, low, high, -1) < high - low;
      else if (del !== NEVER && del <= since && isTheirs(del)) changed = standing(client, low, high, since) > 0;
    });
  }
  return changed;

  /** Units of this text that stand now, here or where they were moved to, where they came after `after`; each counted once. */
  function standing(client: number, low: number, high: number, after: Seq): number {
    const stands = new Uint8Array(high - low);
    times.eachRoot(chapter, client, low, high, (start, end, root) => {
      times.eachPlace(root, end - start, (offset, length, place) => {
        const there = times.of(place.chapter);
        there.inserted.overlapping(place.client, place.clock, place.clock + length, (one, other, ins) => {
          if (ins <= after) return;
          for (let clock = one; clock < other; clock += 1) {
            if (there.deleted.get(place.client, clock) < 0) stands[start - low + offset + clock - place.clock] = 1;
          }
        });
      });
    });
    return stands.reduce((sum, one) => sum + one, 0);
  }
}

/** @returns null when none of them did */
export function touchedBy(times: TextTimes, text: Y.Text, question: TouchingQuestion): Touched | null {
  const { chapter, ids, by, after } = question;
  const here = times.of(chapter);
  const wanted = placesIn(times, question);
  let found: Touched | null = null;
  let seqs: Seq[] = [];
  let isWanted = ids.length === 0;
  const close = (): void => {
    if (isWanted) for (const seq of seqs) found = { from: Math.min(found?.from ?? seq, seq), to: Math.max(found?.to ?? seq, seq) };
    seqs = [];
    isWanted = ids.length === 0;
  };
  for (let item = text._start; item !== null; item = item.right) {
    const { client, clock } = item.id;
    isWanted ||= (wanted.get(client) ?? []).some(([from, to]) => from < clock + item.length && to > clock);
    eachPiece(here, item, (_from, _to, ins, del) => {
      for (const seq of [ins, del]) if (seq > after && seq !== NEVER && times.records.get(seq)?.actor === by) seqs.push(seq);
    });
    if (!item.deleted && item.content instanceof Y.ContentType && isMarker(item.content.type)) close();
  }
  close();
  return found;
}

/** Every place of the anchor's text in the chapter, whether it stands there or not. */
function placesIn(times: TextTimes, { chapter, ids }: TouchingQuestion): ReadonlyMap<number, readonly (readonly [number, number])[]> {
  const wanted = new Map<number, (readonly [number, number])[]>();
  for (const root of ids) {
    times.eachPlace(root, root.length, (_offset, length, place) => {
      if (place.chapter !== chapter) return;
      wanted.set(place.client, [...(wanted.get(place.client) ?? []), [place.clock, place.clock + length]]);
    });
  }
  return wanted;
}
