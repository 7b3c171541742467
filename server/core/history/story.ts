import type * as Y from 'yjs';
import type { Story, Wording } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { type Place, type PlacePiece, placesOf, type StoryOf } from './story-places.ts';
import type { TextTimes } from './text-times.ts';

/** Wordings told at most, and places followed back at most. */
const MOST_WORDINGS = 200;
const MOST_PLACES = 8;
/** A person's wordings within this time (ms) are one: the last of them. */
const SITTING_MS = 10 * 60_000;

/** @returns null when there is no such paragraph or text. */
export function storyOf(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null, chapter: ChapterId, asked: StoryOf): Story | null {
  const wordings: Wording[] = [];
  let places = 0;
  let more = false;
  for (const { place, pieces } of placesOf(times, textOf, chapter, asked)) {
    if (places === MOST_PLACES || wordings.length >= MOST_WORDINGS) {
      more = true;
      break;
    }
    wordings.push(...wordingsOf(times, place, pieces, places > 0));
    places += 1;
  }
  if (places === 0) return null;
  const told = wordings.filter(({ text }, index) => text !== wordings[index + 1]?.text);
  // A move is no new wording: the words that stand now are told with who made them, and where they stand.
  const [now] = wordings;
  if (now !== undefined && told[0] !== undefined) told[0] = { ...told[0], chapter: now.chapter, elsewhere: now.elsewhere };
  return { chapter, seq: told[0]?.seq ?? 0, wordings: told.slice(0, MOST_WORDINGS), more: more || told.length > MOST_WORDINGS };
}

/** Newest first. */
function wordingsOf(times: TextTimes, { chapter, until }: Place, pieces: readonly PlacePiece[], elsewhere: boolean): Wording[] {
  const seqs = new Set<Seq>();
  for (const { ins, del } of pieces) {
    seqs.add(ins);
    if (del <= until) seqs.add(del);
  }
  const wordings: Wording[] = [];
  const sorted = [...seqs].sort((one, other) => other - one);
  let last: { readonly actor: string; readonly at: number } | null = null;
  for (const seq of sorted) {
    const record = times.records.get(seq);
    if (record === null) continue;
    const { at, actor, via } = record;
    const same: boolean = last !== null && last.actor === actor && last.at - at <= SITTING_MS;
    last = { actor, at };
    if (same) continue;
    if (wordings.length > MOST_WORDINGS) break;
    const text = pieces.reduce((sum, piece) => (piece.ins <= seq && seq < piece.del ? sum + piece.text : sum), '').trim();
    wordings.push({ chapter, text, seq, at, by: actor, via, elsewhere });
  }
  return wordings;
}
