import type { ChapterId } from '../../../shared/ids.ts';
import type { Attributes } from '../../../shared/text/formats.ts';
import { isGone, type Marker } from '../../../shared/text/marker.ts';
import type { ChapterTimes } from '../history/text-times.ts';
import { valuesAt } from '../history/walk.ts';
import { type Block, lettersOf, type Run } from './runs.ts';

/** What becomes of the text, from its beginning to its end. */
export type Edit =
  /** `then`: the formats to have; null = those it has. */
  | { readonly op: 'keep'; readonly run: Run; readonly offset: number; readonly length: number; readonly was: Attributes | null }
  | { readonly op: 'del'; readonly run: Run; readonly offset: number; readonly length: number }
  /** `chapter`: where the run stands. */
  | { readonly op: 'ins'; readonly run: Run; readonly offset: number; readonly length: number; readonly chapter: ChapterId }
  /** A block's end that stays. `values`: what its marker shall say; null = what it says. */
  | { readonly op: 'end'; readonly marker: Marker; readonly values: MarkerValues | null }
  | { readonly op: 'end-out'; readonly marker: Marker }
  | { readonly op: 'end-back'; readonly values: MarkerValues };

export type MarkerValues = ReadonlyMap<string, unknown>;

const whole = (run: Run) => ({ run, offset: run.offset, length: run.length });

/** Text and ends of a stretch that is left alone. */
export function leave(run: Run): Edit {
  if (run.marker !== null) return { op: 'end', marker: run.marker, values: null };
  return { op: 'keep', ...whole(run), was: null };
}

/** The whole chapter as it stood then. */
export function editsOfChapter(runs: readonly Run[], chapter: ChapterId, times: ChapterTimes, seq: number): Edit[] {
  const edits: Edit[] = [];
  let empty = true;
  for (const run of runs) {
    const { marker, now, was } = run;
    if (marker === null) {
      if (was) empty = false;
      if (now) edits.push(was ? { op: 'keep', ...whole(run), was: run.wasAttributes } : { op: 'del', ...whole(run) });
      else edits.push({ op: 'ins', ...whole(run), chapter });
      continue;
    }
    if (now && was) edits.push({ op: 'end', marker, values: valuesAt(times, marker, seq) });
    else if (now) edits.push({ op: 'end-out', marker });
    else {
      const values = valuesAt(times, marker, seq);
      // A block that was deleted then as well is not brought back to be hidden.
      if (empty && values.get('gone') === true) continue;
      edits.push({ op: 'end-back', values });
    }
    if (was) empty = true;
  }
  return edits;
}

/** One unit of a paragraph with a name that is the same for all copies of one text. */
export interface Unit {
  readonly run: Run;
  readonly offset: number;
  readonly id: string;
  readonly root: string;
}

export interface Wording {
  readonly runs: readonly Run[];
  readonly block: Block;
  readonly chapter: ChapterId;
  /** Name of the first writing of a unit. */
  readonly rootOf: (client: number, clock: number) => string;
}

/** A paragraph that stands, with the wording of another time (or place); everything around it is left alone. */
export function editsOfParagraph(now: Wording, was: Wording | null, values: MarkerValues | null): Edit[] {
  const edits: Edit[] = [];
  const { runs, block } = now;
  const old = unitsOf(now, 'now');
  const wanted = was === null ? [] : unitsOf(was, 'was');
  for (let index = 0; index < block.from; index += 1) if (runs[index]!.now) edits.push(leave(runs[index]!));
  edits.push(...align(old, wanted, was?.chapter ?? now.chapter));
  const { marker } = runs[block.end]!;
  if (marker !== null) edits.push(was === null ? { op: 'end-out', marker } : { op: 'end', marker, values });
  for (let index = block.end + 1; index < runs.length; index += 1) if (runs[index]!.now) edits.push(leave(runs[index]!));
  return edits;
}

/**
 * A paragraph whose marker is gone: its words come back at their places, those that still stand stay, and it gets an end of its own;
 * what stands before it in the same line keeps one.
 */
export function editsOfGone(was: Wording, values: MarkerValues): Edit[] {
  const { runs, block, chapter } = was;
  const edits: Edit[] = [];
  let lineIsEmpty = true;
  let begun = false;
  const begin = (at: number): void => {
    if (begun) return;
    begun = true;
    if (!lineIsEmpty) edits.push({ op: 'end-back', values: lookBehind(runs, at) });
  };
  runs.forEach((run, index) => {
    const inside = run.was && index >= block.from && index <= block.end;
    if (inside && index === block.end) {
      begin(index);
      edits.push({ op: 'end-back', values });
      lineIsEmpty = true;
      return;
    }
    if (inside && run.marker === null) begin(index);
    if (run.now) edits.push(leave(run));
    else if (inside) edits.push({ op: 'ins', ...whole(run), chapter });
    else return;
    lineIsEmpty = run.marker !== null;
  });
  return edits;
}

/** What the marker says that ends the line in which a place stands now. */
function lookBehind(runs: readonly Run[], at: number): MarkerValues {
  const marker = runs.slice(at).find((run) => run.now && run.marker !== null)?.marker;
  const values = marker === undefined || marker === null || isGone(marker) ? [] : [...marker.entries()];
  return new Map(values.filter(([key]) => key !== 'moved' && key !== 'movedFrom'));
}

/** The unit ids of a block's text. */
function unitsOf({ runs, block, rootOf }: Wording, when: 'now' | 'was'): Unit[] {
  const units: Unit[] = [];
  for (let index = block.from; index < block.end; index += 1) {
    const run = runs[index]!;
    if (!run[when] || run.marker !== null) continue;
    units.push(...unitsOfRun(run, rootOf));
  }
  return units;
}

export function unitsOfRun(run: Run, rootOf: Wording['rootOf']): Unit[] {
  const { client, clock } = run.item.id;
  return Array.from({ length: run.length }, (_, index) => {
    const offset = run.offset + index;
    return { run, offset, id: `${client}.${clock + offset}`, root: rootOf(client, clock + offset) };
  });
}

/** A stretch that stands, with the words of another place; paragraphs' ends in it stay where they are. */
export function editsOfStretch(runs: readonly Run[], rootOf: Wording['rootOf'], wanted: readonly Unit[], from: ChapterId): Edit[] {
  const units: Unit[] = [];
  const ends = new Map<number, Edit[]>();
  for (const run of runs) {
    if (!run.now) continue;
    if (run.marker === null) units.push(...unitsOfRun(run, rootOf));
    else ends.set(units.length, [...(ends.get(units.length) ?? []), leave(run)]);
  }
  return align(units, wanted, from, ends);
}

/**
 * Keeps as many units as possible in their order; deletes the others, and puts between them what is wanted.
 * @param ends edits that stand before the unit with that index
 */
function align(
  old: readonly Unit[],
  wanted: readonly Unit[],
  chapter: ChapterId,
  ends: ReadonlyMap<number, readonly Edit[]> = new Map(),
): Edit[] {
  const byRoot = new Map<string, number>();
  wanted.forEach(({ root }, index) => {
    if (!byRoot.has(root)) byRoot.set(root, index);
  });
  const byId = new Map(wanted.map(({ id }, index) => [id, index]));
  const matched = old.map(({ id, root }) => byId.get(id) ?? byRoot.get(root) ?? -1);
  const kept = new Map(longestRise(matched).map((index) => [index, matched[index]!]));
  const edits: Edit[] = [];
  let next = 0;
  const insertUpTo = (end: number): void => {
    for (; next < end; next += 1) add(edits, 'ins', wanted[next]!, null, chapter);
  };
  old.forEach((unit, index) => {
    edits.push(...(ends.get(index) ?? []));
    const target = kept.get(index);
    if (target === undefined) {
      add(edits, 'del', unit, null, chapter);
      return;
    }
    insertUpTo(target);
    add(edits, 'keep', unit, wanted[target]!.run.wasAttributes, chapter);
    next = target + 1;
  });
  insertUpTo(wanted.length);
  edits.push(...(ends.get(old.length) ?? []));
  return edits;
}

/** Adds a unit, to the edit before it where it goes on from there. */
function add(edits: Edit[], op: 'keep' | 'del' | 'ins', { run, offset }: Unit, was: Attributes | null, chapter: ChapterId): void {
  const last = edits.at(-1);
  if (last !== undefined && last.op === op && last.run === run && last.offset + last.length === offset) {
    if (last.op !== 'keep' || last.was === was) {
      edits[edits.length - 1] = { ...last, length: last.length + 1 };
      return;
    }
  }
  if (op === 'keep') edits.push({ op, run, offset, length: 1, was });
  else if (op === 'del') edits.push({ op, run, offset, length: 1 });
  else edits.push({ op, run, offset, length: 1, chapter });
}

/** Indices of a longest strictly rising row among the numbers that are not negative. */
function longestRise(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const before = new Int32Array(numbers.length).fill(-1);
  numbers.forEach((value, index) => {
    if (value < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tails[low - 1]!;
    tails[low] = index;
  });
  const rise: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) rise.push(index);
  return rise.reverse();
}

/** The letters that an edit keeps, deletes or brings back. */
export function wordsOf({ run, offset, length }: { readonly run: Run; readonly offset: number; readonly length: number }): string {
  return lettersOf({ ...run, offset, length });
}
