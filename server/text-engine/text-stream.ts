import type { ClientId } from '../../shared/ids.ts';

/** Stands for the end of a line in a stream: a block mark, or text that was left between two deleted pieces. It has no id. */
export const LINE_END = '\n';

/** A stretch of a stream that has ids: `text.slice(at, at + length)` are the units `clock` … `clock + length` of `client`. */
export interface Segment {
  readonly at: number;
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
}

/** Text with the ids of its units: what one entry inserted at one place, or all that it deleted, in the order of the document. */
export interface TextStream {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Builds a stream from left to right. */
export class StreamBuilder {
  #text = '';
  #segments: Segment[] = [];

  add(text: string, client: ClientId, clock: number): void {
    this.#segments.push({ at: this.#text.length, client, clock, length: text.length });
    this.#text += text;
  }

  /** Ends a line; several in a row are one. */
  endLine(): void {
    if (!this.#text.endsWith(LINE_END)) this.#text += LINE_END;
  }

  /** Gives the stream and starts afresh. Without segments it is of no use. */
  take(): TextStream {
    const stream = { text: this.#text, segments: this.#segments };
    this.#text = '';
    this.#segments = [];
    return stream;
  }
}

/** Equal stretches of two streams: `into.text.slice(at, at + length)` is `from.text.slice(fromAt, fromAt + length)`. */
export interface Match {
  readonly at: number;
  readonly from: number;
  readonly fromAt: number;
  readonly length: number;
}

/** Fewer units than this in a row say nothing about where text comes from. */
export const LEAST_RUN = 8;
/** A whole line that one entry takes away and puts elsewhere may be shorter: numbered headings often are. */
export const LEAST_LINE = 3;
/** Letters compared at most for one entry: hostile repetition costs a bounded time and finds less. */
const BUDGET = 4_000_000;

/**
 * Finds stretches of `inserted` that stand in one of `sources` (best first), from left to right. Within one source the matches keep the
 * source's order: who moves text about gets no more under another's name than by deleting in place (history.md §2).
 * @param cursors where the search in each source goes on; advanced, so that several runs of one entry keep the order among them
 */
export function matchRuns(inserted: string, sources: readonly TextStream[], cursors: number[]): Match[] {
  if (letters(inserted) < LEAST_RUN) return [];
  for (let from = 0; from < sources.length; from += 1) {
    const fromAt = sources[from]!.text.indexOf(inserted, cursors[from]);
    if (fromAt < 0) continue;
    cursors[from] = fromAt + inserted.length;
    return [{ at: 0, from, fromAt, length: inserted.length }];
  }
  const grams = new Map<number, ReadonlyMap<string, number>>();
  const matches: Match[] = [];
  let budget = BUDGET;
  for (let at = 0; at + LEAST_RUN <= inserted.length && budget > 0; ) {
    let best: Match | null = null;
    for (let from = 0; from < sources.length && budget > 0; from += 1) {
      const { text } = sources[from]!;
      let known = grams.get(from);
      if (known === undefined) {
        known = gramsOf(text);
        grams.set(from, known);
        budget -= text.length;
      }
      const gram = inserted.slice(at, at + LEAST_RUN);
      let fromAt = known.get(gram) ?? -1;
      budget -= 1;
      if (fromAt < 0) continue;
      if (fromAt < cursors[from]!) {
        budget -= text.length - cursors[from]!;
        fromAt = text.indexOf(gram, cursors[from]);
        if (fromAt < 0) continue;
      }
      const length = equalUnits(inserted, at, text, fromAt);
      budget -= length;
      if (best === null || length > best.length) best = { at, from, fromAt, length };
    }
    if (best === null || letters(inserted.slice(at, at + best.length)) < LEAST_RUN) {
      at += 1;
      continue;
    }
    matches.push(best);
    cursors[best.from] = best.fromAt + best.length;
    at += best.length;
  }
  return matches;
}

function equalUnits(one: string, at: number, other: string, otherAt: number): number {
  const most = Math.min(one.length - at, other.length - otherAt);
  let length = 0;
  while (length < most && one.charCodeAt(at + length) === other.charCodeAt(otherAt + length)) length += 1;
  return length;
}

/** @returns the match when all that was deleted is one line, and all that was inserted is that line with its end. */
export function matchLine(inserted: string, deleted: string): Match | null {
  if (!inserted.includes(LINE_END)) return null;
  const line = withoutEnds(inserted);
  if (line.length < LEAST_LINE || line.includes(LINE_END) || line !== withoutEnds(deleted)) return null;
  return { at: inserted.indexOf(line), from: 0, fromAt: deleted.indexOf(line), length: line.length };
}

function withoutEnds(text: string): string {
  return text.slice(text.startsWith(LINE_END) ? 1 : 0, text.endsWith(LINE_END) && text.length > 1 ? -1 : undefined);
}

/** Each run of LEAST_RUN units with the first place where it stands. */
function gramsOf(text: string): ReadonlyMap<string, number> {
  const grams = new Map<string, number>();
  for (let at = text.length - LEAST_RUN; at >= 0; at -= 1) grams.set(text.slice(at, at + LEAST_RUN), at);
  return grams;
}

/** Units that have ids. */
export function letters(text: string): number {
  let count = 0;
  for (const unit of text) if (unit !== LINE_END) count += unit.length;
  return count;
}

/** Calls `visit` for each stretch of the match in which both sides are one segment's. */
export function eachPair(
  into: TextStream,
  from: TextStream,
  match: Match,
  visit: (to: { client: ClientId; clock: number }, source: { client: ClientId; clock: number }, length: number) => void,
): void {
  let t = 0;
  let s = 0;
  let done = 0;
  while (done < match.length) {
    const at = match.at + done;
    const fromAt = match.fromAt + done;
    while (t < into.segments.length && into.segments[t]!.at + into.segments[t]!.length <= at) t += 1;
    while (s < from.segments.length && from.segments[s]!.at + from.segments[s]!.length <= fromAt) s += 1;
    const to = into.segments[t];
    const source = from.segments[s];
    if (to === undefined || source === undefined) return;
    // Between segments stand line ends, in both texts at the same place.
    const gap = Math.max(to.at - at, source.at - fromAt, 0);
    if (gap > 0) {
      done += gap;
      continue;
    }
    const length = Math.min(to.at + to.length - at, source.at + source.length - fromAt, match.length - done);
    visit({ client: to.client, clock: to.clock + at - to.at }, { client: source.client, clock: source.clock + fromAt - source.at }, length);
    done += length;
  }
}
