import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Entries of one chunk: small enough that a splice is a short memory move, large enough that few chunks are searched. */
const CHUNK = 512;

interface Columns {
  readonly starts: number[];
  readonly ends: number[];
  readonly values: number[];
}

/** A few hundred neighbouring ranges: as columns, or still as the bytes in which they were stored. */
class Chunk {
  #columns: Columns | null;
  #bytes: Uint8Array | null;
  #first: number;

  constructor(columns: Columns | null, bytes: Uint8Array | null = null, first = 0) {
    this.#columns = columns;
    this.#bytes = bytes;
    this.#first = first;
  }

  /** Where it begins. */
  get first(): number {
    return this.#columns === null ? this.#first : this.#columns.starts[0]!;
  }

  get starts(): number[] {
    return this.columns.starts;
  }

  get ends(): number[] {
    return this.columns.ends;
  }

  get values(): number[] {
    return this.columns.values;
  }

  get columns(): Columns {
    if (this.#columns === null) {
      this.#columns = readColumns(this.#bytes!, this.#first);
      this.#bytes = null;
    }
    return this.#columns;
  }
}

/**
 * Clock ranges of one client, each with a whole number ≥ 0: sorted, never overlapping, neighbours of equal value joined.
 * First sight wins: a clock keeps the first value that it was given.
 *
 * Ranges are `[from, to)`. Appending at the end costs O(1), anything else O(log n + CHUNK): a writer who scatters
 * deletions all over a chapter cannot make each further one as dear as the whole table.
 */
export class RangeList {
  #chunks: Chunk[] = [];
  #size = 0;

  /** Number of stored ranges. */
  get size(): number {
    return this.#size;
  }

  /** End of the last range; 0 when empty. */
  get end(): number {
    return this.#chunks.at(-1)?.ends.at(-1) ?? 0;
  }

  /** @returns the value at `clock`, or -1. */
  get(clock: number): number {
    const chunk = this.#chunks[this.#chunkAt(clock)];
    if (chunk === undefined) return -1;
    const { starts, ends, values } = chunk.columns;
    const index = lastAtOrBefore(starts, clock);
    return index >= 0 && clock < ends[index]! ? values[index]! : -1;
  }

  /** Is every clock of `[from, to)` in some range? */
  covers(from: number, to: number): boolean {
    let at = from;
    let c = this.#chunkAt(from);
    if (c < 0) return from >= to;
    let index = lastAtOrBefore(this.#chunks[c]!.starts, at);
    while (at < to) {
      const chunk = this.#chunks[c];
      if (chunk === undefined) return false;
      if (index < 0 || index >= chunk.starts.length) {
        c += 1;
        index = 0;
        if (this.#chunks[c] === undefined) return false;
        continue;
      }
      if (chunk.starts[index]! > at || chunk.ends[index]! <= at) return false;
      at = chunk.ends[index]!;
      index += 1;
    }
    return true;
  }

  /**
   * Gives `value` to those clocks of `[from, to)` that have none yet.
   * @param fresh when given, receives the ranges that were new, as pairs `from, to`.
   * @returns how many clocks were new.
   */
  add(from: number, to: number, value: number, fresh?: number[]): number {
    if (from >= to) return 0;
    const last = this.#chunks.at(-1);
    if (last === undefined || from >= last.ends.at(-1)!) {
      this.#append(last, from, to, value);
      fresh?.push(from, to);
      return to - from;
    }
    let added = 0;
    let at = from;
    while (at < to) {
      const c = Math.max(0, this.#chunkAt(at));
      const chunk = this.#chunks[c]!;
      const before = lastAtOrBefore(chunk.starts, at);
      if (before >= 0 && at < chunk.ends[before]!) {
        at = chunk.ends[before]!;
        continue;
      }
      const next = chunk.starts[before + 1] ?? this.#chunks[c + 1]?.first ?? Number.POSITIVE_INFINITY;
      const end = Math.min(to, next);
      this.#insert(c, before + 1, at, end, value);
      fresh?.push(at, end);
      added += end - at;
      at = end;
    }
    return added;
  }

  /** Calls `visit` for each stored range that meets `[from, to)`, clipped to it, in order. */
  overlapping(from: number, to: number, visit: (from: number, to: number, value: number) => void): void {
    for (let c = Math.max(0, this.#chunkAt(from)); c < this.#chunks.length; c += 1) {
      const { starts, ends, values } = this.#chunks[c]!.columns;
      const count = starts.length;
      for (let index = Math.max(0, lastAtOrBefore(starts, from)); index < count; index += 1) {
        const start = starts[index]!;
        if (start >= to) return;
        const end = ends[index]!;
        if (end > from) visit(Math.max(start, from), Math.min(end, to), values[index]!);
      }
    }
  }

  /** Calls `visit` for every range, in order. */
  each(visit: (from: number, to: number, value: number) => void): void {
    this.overlapping(0, Number.POSITIVE_INFINITY, visit);
  }

  /**
   * Stored form: chunk by chunk, so that one that is not asked for is never read.
   *
   *   list = varuint chunks ‖ chunk*    chunk = varuint first ‖ varuint ranges ‖ varuint bytes ‖ row* of that many bytes
   */
  write(encoder: encoding.Encoder): void {
    encoding.writeVarUint(encoder, this.#chunks.length);
    for (const chunk of this.#chunks) {
      encoding.writeVarUint(encoder, chunk.first);
      encoding.writeVarUint(encoder, chunk.starts.length);
      encoding.writeVarUint8Array(encoder, writeColumns(chunk));
    }
  }

  static read(decoder: decoding.Decoder): RangeList {
    const list = new RangeList();
    for (let chunks = decoding.readVarUint(decoder); chunks > 0; chunks -= 1) {
      const first = decoding.readVarUint(decoder);
      list.#size += decoding.readVarUint(decoder);
      list.#chunks.push(new Chunk(null, decoding.readVarUint8Array(decoder), first));
    }
    return list;
  }

  /** Index of the chunk in which `clock` lies or would lie; -1 before the first. */
  #chunkAt(clock: number): number {
    const chunks = this.#chunks;
    let low = 0;
    let high = chunks.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (chunks[middle]!.first <= clock) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }

  #append(last: Chunk | undefined, from: number, to: number, value: number): void {
    const top = last === undefined ? -1 : last.ends.length - 1;
    if (last !== undefined && last.ends[top] === from && last.values[top] === value) {
      last.ends[top] = to;
      return;
    }
    this.#size += 1;
    if (last === undefined || last.starts.length >= CHUNK) {
      this.#chunks.push(new Chunk({ starts: [from], ends: [to], values: [value] }));
      return;
    }
    last.starts.push(from);
    last.ends.push(to);
    last.values.push(value);
  }

  #insert(c: number, index: number, from: number, to: number, value: number): void {
    const chunk = this.#chunks[c]!;
    const joinsLeft = index > 0 && chunk.ends[index - 1] === from && chunk.values[index - 1] === value;
    const joinsRight = index < chunk.starts.length && chunk.starts[index] === to && chunk.values[index] === value;
    if (joinsLeft && joinsRight) {
      chunk.ends[index - 1] = chunk.ends[index]!;
      chunk.starts.splice(index, 1);
      chunk.ends.splice(index, 1);
      chunk.values.splice(index, 1);
      this.#size -= 1;
    } else if (joinsLeft) {
      chunk.ends[index - 1] = to;
    } else if (joinsRight) {
      chunk.starts[index] = from;
    } else {
      chunk.starts.splice(index, 0, from);
      chunk.ends.splice(index, 0, to);
      chunk.values.splice(index, 0, value);
      this.#size += 1;
      if (chunk.starts.length > CHUNK) this.#split(c);
    }
  }

  #split(c: number): void {
    const chunk = this.#chunks[c]!;
    const half = chunk.starts.length >> 1;
    const right = { starts: chunk.starts.splice(half), ends: chunk.ends.splice(half), values: chunk.values.splice(half) };
    this.#chunks.splice(c + 1, 0, new Chunk(right));
  }
}

/** Index of the last number ≤ `value` in a sorted array; -1 when all are greater. */
function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/**
 * Typing makes rows of ranges of one length whose values rise or fall by one step: a row is told as one.
 *
 *   row = varuint gap before it ‖ varuint length ‖ varint first value − the last row's last ‖ varuint count ‖ varint step
 */
function writeColumns({ starts, ends, values }: Columns): Uint8Array {
  const rows: [gap: number, length: number, first: number, count: number, step: number][] = [];
  let end = starts[0]!;
  let value = 0;
  for (const [index, from] of starts.entries()) {
    const row = rows.at(-1);
    const length = ends[index]! - from;
    const next = values[index]!;
    if (row !== undefined && from === end && row[1] === length && (row[3] === 1 || row[4] === next - value)) {
      row[3] += 1;
      row[4] = next - value;
    } else rows.push([from - end, length, next - value, 1, 0]);
    end = ends[index]!;
    value = next;
  }
  const encoder = encoding.createEncoder();
  for (const [gap, length, first, count, step] of rows) {
    encoding.writeVarUint(encoder, gap);
    encoding.writeVarUint(encoder, length);
    encoding.writeVarInt(encoder, first);
    encoding.writeVarUint(encoder, count);
    encoding.writeVarInt(encoder, step);
  }
  return encoding.toUint8Array(encoder);
}

function readColumns(bytes: Uint8Array, first: number): Columns {
  const columns: Columns = { starts: [], ends: [], values: [] };
  const decoder = decoding.createDecoder(bytes);
  let end = first;
  let value = 0;
  while (decoding.hasContent(decoder)) {
    end += decoding.readVarUint(decoder);
    const length = decoding.readVarUint(decoder);
    value += decoding.readVarInt(decoder);
    const count = decoding.readVarUint(decoder);
    const step = decoding.readVarInt(decoder);
    for (let index = 0; index < count; index += 1) {
      columns.starts.push(end);
      end += length;
      columns.ends.push(end);
      columns.values.push(value);
      value += step;
    }
    value -= step;
  }
  return columns;
}
