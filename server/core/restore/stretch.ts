import type { RestoreCommand } from '../../../shared/api/restore.ts';
import type { ChapterId, ClientId } from '../../../shared/ids.ts';
import { type Place, placesOf, type Span } from '../history/story-places.ts';
import { type Edit, editsOfChapter, editsOfStretch, leave, unitsOfRun } from './edits.ts';
import { lastTouch, type PlanSource, rootOf } from './plan-source.ts';
import { type Run, runsOf } from './runs.ts';

type Asked = RestoreCommand & { readonly what: 'text' };

/**
 * A stretch of text as it read after an entry, where it stands now: everything around it is left alone. The stretch is that of its story
 * (server/core/history/story-places.ts), so what was read there is what comes back.
 * @param runs of the chapter at `asked.seq`
 * @returns null when that wording did not stand there then
 */
export function stretchEdits(
  runs: readonly Run[],
  source: PlanSource,
  chapter: ChapterId,
  asked: Asked,
): { readonly edits: readonly Edit[]; readonly expect: number } | null {
  const { here, there } = placesFor(source, chapter, asked);
  if (here === null || there === null) return null;
  const [before, inside, after] = parted(runs, here.spans);
  const changed = there === here ? editsOfChapter(inside, chapter, source.times.of(chapter), asked.seq) : from(inside, there);
  const edits = [...standing(before), ...changed, ...standing(after)];
  return { edits, expect: lastTouch(inside, 0, inside.length - 1) };

  function from(old: readonly Run[], place: Place): Edit[] {
    const text = source.text(place.chapter);
    const [, wanted] = parted(text === null ? [] : runsOf(text, source.times.of(place.chapter), asked.seq), place.spans);
    const rootsIn = (where: ChapterId) => (client: ClientId, clock: number) => rootOf(source.times, where, client, clock);
    const units = wanted.filter((run) => run.was && run.marker === null).flatMap((run) => unitsOfRun(run, rootsIn(place.chapter)));
    return editsOfStretch(old, rootsIn(chapter), units, place.chapter);
  }
}

function placesFor(
  source: PlanSource,
  chapter: ChapterId,
  { ids, seq, from }: Asked,
): { readonly here: Place | null; readonly there: Place | null } {
  let here: Place | null = null;
  for (const { place } of placesOf(source.times, (of) => source.text(of), chapter, { block: null, ids })) {
    if (here === null) {
      here = place;
      if (from === undefined) return { here, there: here };
    } else if (place.chapter === from && seq <= place.until) return { here, there: place };
  }
  return { here, there: null };
}

const standing = (runs: readonly Run[]): Edit[] => runs.filter(({ now }) => now).map(leave);

/** Runs before, in and behind a stretch; cut where it begins and ends within one. */
function parted(runs: readonly Run[], spans: readonly Span[]): readonly [Run[], Run[], Run[]] {
  const ranges = new Map<ClientId, (readonly [from: number, to: number])[]>();
  for (const { item, from, to } of spans) {
    const list = ranges.get(item.id.client) ?? [];
    list.push([from, to]);
    ranges.set(item.id.client, list);
  }
  for (const list of ranges.values()) list.sort(([one], [other]) => one - other);
  const parts: [Run[], Run[], Run[]] = [[], [], []];
  let part = 0;
  for (const run of runs) {
    const base = run.item.id.clock;
    const end = base + run.offset + run.length;
    let at = base + run.offset;
    const put = (to: number, where: number): void => {
      if (to > at) parts[where]!.push({ ...run, offset: at - base, length: to - at });
      at = Math.max(at, to);
    };
    for (const [low, high] of ranges.get(run.item.id.client) ?? []) {
      if (high <= at || low >= end) continue;
      put(low, part);
      // Between its first and its last unit everything is in it.
      parts[1].push(...parts[2].splice(0));
      part = 2;
      put(Math.min(high, end), 1);
    }
    put(end, part);
  }
  return parts;
}
