import * as Y from 'yjs';
import type { Seq } from '../../../shared/ids.ts';
import { type Attributes, applyFormat } from '../../../shared/text/formats.ts';
import { isMarker, type Marker, markerKey } from '../../../shared/text/marker.ts';
import type { ChapterTimes } from '../history/text-times.ts';
import { eachPiece, markerChangedAt, NEVER } from '../history/walk.ts';

/** Units of one item that came and went together: letters, something embedded, or a block's marker. */
export interface Run {
  readonly item: Y.Item;
  readonly offset: number;
  readonly length: number;
  /** Set on a block's marker. */
  readonly marker: Marker | null;
  /** Does it stand now, and did it stand then? Of neither nothing is told. */
  readonly now: boolean;
  readonly was: boolean;
  readonly nowAttributes: Attributes;
  readonly wasAttributes: Attributes;
  /** Formats at the further point that was asked for. */
  readonly madeAttributes: Attributes;
  /** Entries with which it came and went; `NEVER` for what stands. */
  readonly came: Seq;
  readonly went: Seq;
  /** The last entry that touched it. */
  readonly touched: Seq;
}

const LATEST = Number.MAX_SAFE_INTEGER;

/**
 * Everything that stands in a chapter now or stood there after entry `seq`, in the order of the document.
 * @param made a further point, at which only the formats are told
 */
export function runsOf(text: Y.Text, times: ChapterTimes, seq: Seq, made: Seq = seq): readonly Run[] {
  const runs: Run[] = [];
  const now = new Formats();
  const was = new Formats();
  const then = made === seq ? was : new Formats();
  for (let item = text._start; item !== null; item = item.right) {
    const { content } = item;
    const format = content instanceof Y.ContentFormat ? content : null;
    if (format === null && !item.countable) continue;
    const marker = content instanceof Y.ContentType && isMarker(content.type) ? content.type : null;
    const at = item;
    eachPiece(times, item, (from, to, ins, del) => {
      const stands = del === NEVER;
      const stood = ins <= seq && seq < del;
      if (format !== null) {
        if (stands) now.apply(format);
        if (stood) was.apply(format);
        if (then !== was && ins <= made && made < del) then.apply(format);
        return;
      }
      if (!stands && !stood) return;
      runs.push({
        item: at,
        offset: from - at.id.clock,
        length: to - from,
        marker,
        now: stands,
        was: stood,
        nowAttributes: now.attributes,
        wasAttributes: was.attributes,
        madeAttributes: then.attributes,
        came: ins,
        went: del,
        touched: Math.max(ins, stands ? 0 : del, marker === null ? 0 : markerChangedAt(times, marker, 0, LATEST)),
      });
    });
  }
  return runs;
}

class Formats {
  readonly #values = new Map<string, unknown>();
  #attributes: Attributes | null = null;

  apply(format: Y.ContentFormat): void {
    applyFormat(this.#values, format);
    this.#attributes = null;
  }

  get attributes(): Attributes {
    this.#attributes ??= Object.fromEntries(this.#values);
    return this.#attributes;
  }
}

/** A block at one of the two times: its text and the marker that ends it, as places in the list of runs. */
export interface Block {
  /** Its first run. */
  readonly from: number;
  /** Its marker. */
  readonly end: number;
}

/** @returns null where no block with this key stood at that time. */
export function blockOf(runs: readonly Run[], key: string, when: 'now' | 'was'): Block | null {
  const end = runs.findIndex((run) => run.marker !== null && run[when] && markerKey(run.marker) === key);
  return end < 0 ? null : { from: startOf(runs, end, when), end };
}

/** Every block that stood at that time. */
export function blocksOf(runs: readonly Run[], when: 'now' | 'was'): readonly Block[] {
  return runs.flatMap((run, end) => (run.marker !== null && run[when] ? [{ from: startOf(runs, end, when), end }] : []));
}

function startOf(runs: readonly Run[], end: number, when: 'now' | 'was'): number {
  let from = end;
  while (from > 0) {
    const before = runs[from - 1]!;
    if (before.marker !== null && before[when]) break;
    from -= 1;
  }
  return from;
}

/** The letters of a run; U+FFFC for each unit of anything else. */
export function lettersOf({ item, offset, length }: Run): string {
  const { content } = item;
  return content instanceof Y.ContentString ? content.str.slice(offset, offset + length) : '\ufffc'.repeat(length);
}
