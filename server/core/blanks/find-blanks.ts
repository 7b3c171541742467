import type * as Y from 'yjs';
import type { Ids } from '../../../shared/api/history.ts';
import { type BlankIds, unitName } from '../../../shared/blanks/blank.ts';
import { type Guess, sentenceAround } from '../../../shared/blanks/hints.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import type { Via } from '../../../shared/log/entry.ts';
import type { TextTimes } from '../history/text-times.ts';
import { type ChapterScan, lineAt, type Moved, type ScannedMask, scanChapter, type Units } from './scan.ts';
import { type MovedUnits, type Slot, SlotReader, type StandingUnit } from './slots.ts';
import { type Valued, valueIn } from './values.ts';

/** A blank as the text tells it: waiting, filled, or only looking like one. */
export interface FoundBlank {
  readonly chapter: ChapterId;
  readonly state: 'open' | 'filled' | 'hint';
  /** Its mask's letters by their first ids, those that are gone too. */
  readonly ids: readonly BlankIds[];
  /** What stands there now: the mask, or the value. */
  readonly at: readonly Ids[];
  readonly mask: string;
  readonly kind: 'number' | 'name';
  readonly unit: string | null;
  readonly before: string;
  readonly after: string;
  /** '' while nothing is filled in. */
  readonly value: string;
  readonly by: FilledBy | null;
  /** Values that two people put there without seeing each other's. */
  readonly rivals: readonly { readonly member: MemberId | null; readonly value: string }[];
  readonly guess: Guess | null;
}

export interface FilledBy {
  readonly member: MemberId | null;
  readonly at: number;
  readonly seq: Seq;
  readonly via: Via;
}

/** A `*` that was typed by mistake and taken back at once was no blank, ms. */
const STOOD_MS = 10_000;
/** At most so many masks that went are looked at in a chapter: hostile texts find less, never cost more. */
const MOST_SLOTS = 2_000;

/** Keeps each chapter's scan until it changes. */
export class BlankFinder {
  readonly #times: TextTimes;
  readonly #textOf: (chapter: ChapterId) => Y.Text | null;
  readonly #scans = new Map<ChapterId, ChapterScan>();
  /** The last answer, while nothing has changed. */
  #last: { readonly name: string; readonly found: readonly FoundBlank[] } | null = null;

  constructor(times: TextTimes, textOf: (chapter: ChapterId) => Y.Text | null) {
    this.#times = times;
    this.#textOf = textOf;
  }

  /** To be told of whatever changes a chapter's document or opens it anew. */
  changed(chapter: ChapterId): void {
    this.#scans.delete(chapter);
    this.#last = null;
  }

  /** Everything that is or was a blank in these chapters, by chapter and place. What was deleted without anything in its stead is not told. */
  find(chapters: readonly ChapterId[]): readonly FoundBlank[] {
    const name = chapters.join();
    if (this.#last?.name !== name) this.#last = { name, found: this.#find(chapters) };
    return this.#last.found;
  }

  #find(chapters: readonly ChapterId[]): readonly FoundBlank[] {
    const scans = new Map(chapters.flatMap((chapter) => this.#scanned(chapter)));
    const moved = movedUnits([...scans.values()]);
    const standing = new Map<ChapterId, { index: number; blank: FoundBlank }[]>(chapters.map((chapter) => [chapter, []]));
    const adopted = new Map<string, BlankIds[]>();
    for (const scan of scans.values()) {
      for (const slot of slotsOf(scan, new SlotReader(scan.chapter, this.#times, moved))) {
        const star = slot.value.find(({ letter }) => letter === '*');
        if (star !== undefined) addTo(adopted, placeName(star), this.#rootsOf(slot));
        else this.#filled(slot, scans, standing);
      }
    }
    for (const scan of scans.values()) {
      for (const mask of scan.masks) {
        standing.get(scan.chapter)!.push({ index: mask.line.start + mask.offset, blank: this.#waiting(scan.chapter, mask, adopted) });
      }
    }
    return chapters.flatMap((chapter) =>
      (standing.get(chapter) ?? []).sort((one, other) => one.index - other.index).map(({ blank }) => blank),
    );
  }

  #scanned(chapter: ChapterId): [ChapterId, ChapterScan][] {
    let scan = this.#scans.get(chapter);
    if (scan === undefined) {
      const text = this.#textOf(chapter);
      if (text === null) return [];
      scan = scanChapter(chapter, text, this.#times);
      this.#scans.set(chapter, scan);
    }
    return [[chapter, scan]];
  }

  #waiting(chapter: ChapterId, mask: ScannedMask, adopted: ReadonlyMap<string, readonly BlankIds[]>): FoundBlank {
    const { line, offset, length, units, kind, unit, hint } = mask;
    const own = units.flatMap((part) => this.#firstIds(chapter, part));
    const older = units.flatMap((part) =>
      Array.from({ length: part.length }, (_, at) => adopted.get(unitAt(chapter, part, at)) ?? []).flat(),
    );
    return {
      chapter,
      state: hint ? 'hint' : 'open',
      ids: [...own, ...older],
      at: units.map(({ item, offset: from, length: units }) => [item.id.client, item.id.clock + from, units] as const),
      mask: line.words.slice(offset, offset + length),
      kind,
      unit,
      ...sentenceAround(line.words, offset, offset + length),
      value: '',
      by: null,
      rivals: [],
      guess: mask.guess,
    };
  }

  #filled(slot: Slot, scans: ReadonlyMap<ChapterId, ChapterScan>, standing: Map<ChapterId, { index: number; blank: FoundBlank }[]>): void {
    if (!this.#stood(slot)) return;
    // Of a value that was torn apart the part that stands first counts.
    const chapter = slot.value[0]!.chapter;
    const units = slot.value.filter((unit) => unit.chapter === chapter);
    const scan = scans.get(chapter);
    const index = scan === undefined ? undefined : placeIn(scan, units[0]!);
    const line = scan === undefined || index === undefined ? null : lineAt(scan, index);
    if (index === undefined || line === null) return;
    const from = index - line.start;
    const valued = valueIn(slot, units, line.words.slice(0, from), line.words.slice(from + units.length), this.#times.records);
    if (valued === null) return;
    const at = from + valued.from;
    standing.get(chapter)!.push({
      index: line.start + at,
      blank: this.#filledBlank(slot, chapter, valued, sentenceAround(line.words, at, at + valued.units.length)),
    });
  }

  #filledBlank(slot: Slot, chapter: ChapterId, valued: Valued, sentence: { before: string; after: string }): FoundBlank {
    const { units, kind, unit, value, rivals } = valued;
    const newest = units.reduce((one, other) => (other.ins > one.ins ? other : one));
    const record = this.#times.records.get(newest.ins);
    return {
      chapter,
      state: 'filled',
      ids: this.#rootsOf(slot),
      at: joined(units),
      mask: slot.mask,
      kind,
      unit,
      ...sentence,
      value,
      by: record === null ? null : { member: record.author, at: record.at, seq: record.seq, via: record.via },
      rivals,
      guess: null,
    };
  }

  /** What somebody typed and took back in one breath was never a blank; what was imported was. */
  #stood({ inserted, deleted }: Slot): boolean {
    const { records } = this.#times;
    const came = records.get(inserted);
    return came === null || came.author === null || came.via !== 'typing' || records.atOf(deleted) - came.at >= STOOD_MS;
  }

  #rootsOf({ chapter, stars }: Slot): BlankIds[] {
    return stars.flatMap(({ client, clock }) => this.#roots(chapter, client, clock, 1));
  }

  #firstIds(chapter: ChapterId, { item, offset, length }: Units): BlankIds[] {
    return this.#roots(chapter, item.id.client, item.id.clock + offset, length);
  }

  #roots(chapter: ChapterId, client: number, clock: number, length: number): BlankIds[] {
    const ids: BlankIds[] = [];
    this.#times.eachRoot(chapter, client, clock, clock + length, (from, to, root) => {
      ids.push({ chapter: root.chapter, client: root.client, clock: root.clock, length: to - from });
    });
    return ids;
  }
}

/** Places of masks that went where something stands now. */
function* slotsOf({ dead }: ChapterScan, reader: SlotReader): Generator<Slot> {
  let looked = 0;
  for (const units of dead) {
    for (let offset = units.offset; offset < units.offset + units.length; offset += 1) {
      if (looked === MOST_SLOTS) return;
      const slot = reader.read({ ...units, offset });
      if (slot === null) continue;
      looked += 1;
      if (slot.value.length > 0) yield slot;
    }
  }
}

/** Where text stands now that was first written elsewhere: one look-up by its first id. */
function movedUnits(scans: readonly ChapterScan[]): MovedUnits {
  const byClient = new Map<string, (Moved & { readonly chapter: ChapterId })[]>();
  for (const { chapter, moved } of scans) {
    for (const one of moved) addTo(byClient, `${one.root.chapter}.${one.root.client}`, [{ ...one, chapter }]);
  }
  for (const list of byClient.values()) list.sort((one, other) => one.root.clock - other.root.clock);
  return (chapter, client, clock) => {
    const list = byClient.get(`${chapter}.${client}`) ?? [];
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (list[middle]!.root.clock <= clock) low = middle;
      else high = middle - 1;
    }
    const found = list[low];
    return found === undefined || clock < found.root.clock || clock >= found.root.clock + found.length
      ? null
      : { chapter: found.chapter, item: found.item, offset: found.offset + clock - found.root.clock };
  };
}

function placeIn({ places }: ChapterScan, { item, offset }: StandingUnit): number | undefined {
  const start = places.get(item);
  return start === undefined ? undefined : start + offset;
}

function placeName({ chapter, item, offset }: StandingUnit): string {
  return unitName(chapter, item.id.client, item.id.clock + offset);
}

function unitAt(chapter: ChapterId, { item, offset }: Units, at: number): string {
  return unitName(chapter, item.id.client, item.id.clock + offset + at);
}

function addTo<Value>(map: Map<string, Value[]>, key: string, values: readonly Value[]): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [...values]);
  else list.push(...values);
}

/** Ids of units in a row, joined where they follow each other. */
function joined(units: readonly StandingUnit[]): Ids[] {
  const ids: [number, number, number][] = [];
  for (const { item, offset } of units) {
    const clock = item.id.clock + offset;
    const last = ids.at(-1);
    if (last !== undefined && last[0] === item.id.client && last[1] + last[2] === clock) last[2] += 1;
    else ids.push([item.id.client, clock, 1]);
  }
  return ids;
}
