import type { OtherNews, OutlineNews } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { DecodedEntry, EntryHeader, EntryKind } from '../../../shared/log/entry.ts';
import { emptyOutline, noteLateText, reduceOutline } from '../../../shared/outline/fold.ts';
import type { Outline, OutlineEvent } from '../../../shared/outline/outline.ts';
import type { Revision, RevisionEvent } from '../../../shared/revisions/revision.ts';
import { signOffNews } from '../../../shared/sign-off/news.ts';
import { threadNews } from '../../../shared/threads/news.ts';
import type { Anchor, ThreadEvent } from '../../../shared/threads/thread.ts';

/** A longer pause ends a sitting (ms). */
export const SITTING_PAUSE_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/**
 * Where a sitting is cut that goes on over midnight: in UTC+8, where the reports are written, so that a sitting is the same for everybody who
 * looks. Under which day a page lists it is the page's affair (docs/decisions/0120).
 */
const DAY_BEGINS_MS = 8 * 3_600_000;

/** Kinds that are told with their event as it stands. */
const TOLD_WHOLE: ReadonlySet<EntryKind> = new Set(['members', 'particulars', 'lifecycle', 'blank', 'proofreading', 'stage']);

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
  readonly others: OtherNews[];
  /** Who did what where, each once: a filter by several of them asks for one deed that fits them all. */
  readonly deeds: Map<string, Deed>;
}

interface Deed {
  readonly member: MemberId;
  readonly kind: EntryKind;
  readonly node: NodeId | null;
}

export interface SittingFilter {
  readonly member: MemberId | null;
  readonly chapter: ChapterId | null;
  /** null = of any kind. */
  readonly kinds: ReadonlySet<EntryKind> | null;
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
  /** Kinds of entries that the report holds. */
  readonly kinds = new Set<EntryKind>();
  /** What revisions were called last, by their id: a name that was withdrawn is told too. */
  readonly #names = new Map<Seq, string>();
  /** What threads hang on, as they were hung last. */
  readonly #anchors = new Map<Seq, Pick<Anchor, 'node' | 'quote'>>();
  /** Text written into chapters that had been taken out. */
  readonly #late: EntryHeader[] = [];
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
    if (kind === 'text' && this.#outline.removed.some((node) => node.id === subject)) this.#late.push(header);
    this.kinds.add(kind);
    const node = entry?.kind === 'outline' ? nodeOf(entry.event) : subject === '' ? null : subject;
    const deed = `${author} ${kind} ${node ?? ''}`;
    if (!sitting.deeds.has(deed)) sitting.deeds.set(deed, { member: author, kind, node });
    if (entry === null) return;
    if (TOLD_WHOLE.has(entry.kind)) {
      sitting.others.push({ seq, at, by: author, kind: entry.kind, event: (entry as { readonly event: unknown }).event } as OtherNews);
    }
    if (entry.kind === 'seal') sitting.others.push({ seq, at, by: author, kind, event: { number: entry.event.number } } as OtherNews);
    if (entry.kind === 'signOff') sitting.others.push({ seq, at, by: author, kind, event: signOffNews(entry.event) } as OtherNews);
    if (entry.kind === 'thread')
      sitting.others.push({
        seq,
        at,
        by: author,
        kind,
        event: threadNews(entry.event, seq, this.#anchorOf(seq, entry.event)),
      } as OtherNews);
    if (entry.kind === 'revision')
      sitting.others.push({ seq, at, by: author, kind, event: entry.event, name: this.#nameOf(seq, entry.event) } as OtherNews);
    if (entry.kind !== 'outline') return;
    sitting.outline.push({ seq, at, by: author, event: entry.event, heading: headingOf(this.#outline, entry.event) });
    this.outlines.push({ event: entry.event, header });
    this.#outline = reduceOutline(this.#outline, entry.event, header);
  }

  /** Time of an entry; 0 for 0. */
  atOf(seq: Seq): number {
    return this.#at[seq] ?? 0;
  }

  outlineAt(seq: Seq): Outline {
    let outline = emptyOutline;
    let late = 0;
    const takeLate = (before: Seq) => {
      for (; (this.#late[late]?.seq ?? before) < before; late += 1) outline = noteLateText(outline, this.#late[late]!);
    };
    for (const { event, header } of this.outlines) {
      if (header.seq > seq) break;
      takeLate(header.seq);
      outline = reduceOutline(outline, event, header);
    }
    takeLate(seq + 1);
    return outline;
  }

  /** Outline entries of (from, to]. */
  outlineEntries(from: Seq, to: Seq): readonly OutlineEntry[] {
    return this.outlines.filter(({ header }) => header.seq > from && header.seq <= to);
  }

  /** Every node with text that the report ever had. */
  isChapter(id: NodeId): boolean {
    return [...this.#outline.nodes, ...this.#outline.removed].some((node) => node.id === id && node.kind !== 'part');
  }

  /**
   * Sittings before `before`, newest first, at most `limit`; and the id to go on from, null when there is nothing older.
   * @param landmarks named points: who asks for revisions also finds the sittings that they point into
   */
  page(
    before: Seq,
    limit: number,
    filter: SittingFilter,
    landmarks: readonly Revision[],
  ): { readonly found: readonly SittingRecord[]; readonly next: Seq | null } {
    const found: SittingRecord[] = [];
    for (let index = this.#indexBefore(before); index >= 0; index -= 1) {
      const sitting = this.sittings[index]!;
      if (filter.from !== null && sitting.to < filter.from) break;
      if (!fits(sitting, filter, landmarks)) continue;
      if (found.length === limit) return { found, next: found.at(-1)!.fromSeq };
      found.push(sitting);
    }
    return { found, next: null };
  }

  /** How many sittings there are in all that a filter finds. */
  count(filter: SittingFilter, landmarks: readonly Revision[]): number {
    return this.sittings.reduce((sum, sitting) => sum + (fits(sitting, filter, landmarks) ? 1 : 0), 0);
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
      others: [],
      deeds: new Map(),
    };
    this.sittings.push(sitting);
    return sitting;
  }

  #nameOf(seq: Seq, event: RevisionEvent): string {
    if (event.op === 'withdraw') return this.#names.get(event.revision) ?? '';
    this.#names.set(event.op === 'name' ? seq : event.revision, event.name);
    return event.name;
  }

  #anchorOf(seq: Seq, event: ThreadEvent): Pick<Anchor, 'node' | 'quote'> {
    const thread = event.op === 'start' ? seq : event.thread;
    if (event.op === 'start' || event.op === 'reattach') {
      const { node, quote } = event.anchor;
      this.#anchors.set(thread, { node, quote });
    }
    return this.#anchors.get(thread) ?? { node: '' as NodeId, quote: '' };
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

function fits(sitting: SittingRecord, { member, chapter, kinds, from, to }: SittingFilter, landmarks: readonly Revision[]): boolean {
  if (from !== null && sitting.to < from) return false;
  if (to !== null && sitting.from >= to) return false;
  if (member === null && chapter === null && kinds === null) return true;
  for (const deed of sitting.deeds.values()) {
    if (
      (member === null || deed.member === member) &&
      (chapter === null || deed.node === chapter) &&
      (kinds === null || kinds.has(deed.kind))
    )
      return true;
  }
  if (kinds === null || !kinds.has('revision') || chapter !== null) return false;
  return landmarks.some(({ upTo, by }) => upTo >= sitting.fromSeq && upTo <= sitting.toSeq && (member === null || by === member));
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
