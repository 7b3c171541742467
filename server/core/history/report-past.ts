import type { OutlineNews } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { DecodedEntry, EntryHeader, EntryKind } from '../../../shared/log/entry.ts';
import { emptyOutline, reduceOutline } from '../../../shared/outline/fold.ts';
import type { Outline, OutlineEvent } from '../../../shared/outline/outline.ts';

/** A longer pause ends a sitting (ms). */
export const SITTING_PAUSE_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Days are those of UTC+8: the house's reports are written there, and a sitting must be the same for everybody who looks. */
const DAY_BEGINS_MS = 8 * 3_600_000;

/** What is kept of a sitting: enough to find and filter it. Its figures are asked of the text engine when it is shown. */
export interface SittingRecord {
  readonly fromSeq: Seq;
  toSeq: Seq;
  readonly from: number;
  to: number;
  readonly kinds: Set<EntryKind>;
  readonly members: Set<MemberId>;
  readonly chapters: Set<ChapterId>;
  readonly outline: OutlineNews[];
}

export interface SittingFilter {
  readonly member: MemberId | null;
  readonly chapter: ChapterId | null;
  readonly kind: EntryKind | null;
  readonly from: number | null;
  readonly to: number | null;
}

interface OutlineEntry {
  readonly event: OutlineEvent;
  readonly header: EntryHeader;
}

/** The report's life in its order, as a fold: sittings, times of entries, outlines. Takes each entry once, in constant time. */
export class ReportPast {
  readonly sittings: SittingRecord[] = [];
  readonly outlines: OutlineEntry[] = [];
  #outline: Outline = emptyOutline;
  #at = new Float64Array(256);

  /** @param entry null = its payload cannot be read: then it only counts */
  add(header: EntryHeader, entry: DecodedEntry | null): void {
    const { seq, at, author, kind, subject } = header;
    this.#setAt(seq, at);
    const sitting = this.#sittingAt(seq, at);
    sitting.toSeq = seq;
    sitting.to = at;
    sitting.kinds.add(kind);
    sitting.members.add(author);
    if (kind === 'text' && subject !== '') sitting.chapters.add(subject);
    if (entry?.kind !== 'outline') return;
    sitting.outline.push({ seq, at, by: author, event: entry.event, heading: headingOf(this.#outline, entry.event) });
    this.outlines.push({ event: entry.event, header });
    this.#outline = reduceOutline(this.#outline, entry.event, header);
  }

  /** Time of an entry; 0 for 0. */
  atOf(seq: Seq): number {
    return this.#at[seq] ?? 0;
  }

  outlineAt(seq: Seq): Outline {
    return this.outlines
      .filter(({ header }) => header.seq <= seq)
      .reduce((outline, { event, header }) => reduceOutline(outline, event, header), emptyOutline);
  }

  /** Outline entries of (from, to]. */
  outlineEntries(from: Seq, to: Seq): readonly OutlineEntry[] {
    return this.outlines.filter(({ header }) => header.seq > from && header.seq <= to);
  }

  /** Every node with text that the report ever had. */
  isChapter(id: NodeId): boolean {
    return [...this.#outline.nodes, ...this.#outline.removed].some((node) => node.id === id && node.kind !== 'part');
  }

  /** Sittings before `before`, newest first, at most `limit`; and the id to go on from, null when there is nothing older. */
  page(before: Seq, limit: number, filter: SittingFilter): { readonly found: readonly SittingRecord[]; readonly next: Seq | null } {
    const found: SittingRecord[] = [];
    for (let index = this.#indexBefore(before); index >= 0; index -= 1) {
      const sitting = this.sittings[index]!;
      if (filter.from !== null && sitting.to < filter.from) break;
      if (!fits(sitting, filter)) continue;
      if (found.length === limit) return { found, next: found.at(-1)!.fromSeq };
      found.push(sitting);
    }
    return { found, next: null };
  }

  /** The last sitting that began before `seq`. */
  #indexBefore(seq: Seq): number {
    let low = 0;
    let high = this.sittings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sittings[middle]!.fromSeq < seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #sittingAt(seq: Seq, at: number): SittingRecord {
    const last = this.sittings.at(-1);
    if (last !== undefined && at - last.to <= SITTING_PAUSE_MS && dayOf(at) === dayOf(last.to)) return last;
    const sitting: SittingRecord = {
      fromSeq: seq,
      toSeq: seq,
      from: at,
      to: at,
      kinds: new Set(),
      members: new Set(),
      chapters: new Set(),
      outline: [],
    };
    this.sittings.push(sitting);
    return sitting;
  }

  #setAt(seq: Seq, at: number): void {
    if (seq >= this.#at.length) {
      const wider = new Float64Array(Math.max(seq + 1, this.#at.length * 2));
      wider.set(this.#at);
      this.#at = wider;
    }
    this.#at[seq] = at;
  }
}

function dayOf(at: number): number {
  return Math.floor((at + DAY_BEGINS_MS) / DAY_MS);
}

function fits(sitting: SittingRecord, { member, chapter, kind, from, to }: SittingFilter): boolean {
  if (member !== null && !sitting.members.has(member)) return false;
  if (kind !== null && !sitting.kinds.has(kind)) return false;
  if (from !== null && sitting.to < from) return false;
  if (to !== null && sitting.from >= to) return false;
  return chapter === null || sitting.chapters.has(chapter) || sitting.outline.some(({ event }) => nodeOf(event) === chapter);
}

/** The node that an outline event is about; null for the title and for the report's beginning. */
export function nodeOf(event: OutlineEvent): NodeId | null {
  switch (event.op) {
    case 'create':
    case 'title':
      return null;
    case 'add':
      return event.node.id;
    default:
      return event.node;
  }
}

function headingOf(outline: Outline, event: OutlineEvent): string {
  if (event.op === 'add') return event.node.heading;
  const id = nodeOf(event);
  return [...outline.nodes, ...outline.removed].find((node) => node.id === id)?.heading ?? '';
}
