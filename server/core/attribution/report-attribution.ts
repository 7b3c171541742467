import type { AuthorAt } from '../../../shared/api.ts';
import { CopyTable } from '../../../shared/attribution/copy-table.ts';
import { RangeMap } from '../../../shared/attribution/range-map.ts';
import type { ChapterId, ClientId, MemberId, Seq } from '../../../shared/ids.ts';
import type { TextPayload } from '../../../shared/log/entry.ts';
import { CONTENT, type ParsedUpdate } from '../admission/parsed-update.ts';
import type { CopyRange, IdRange } from '../ports.ts';
import { type TextRecord, TextRecords } from './text-records.ts';

/** A text entry of the log, its payload read. */
export interface TextEntry {
  readonly seq: Seq;
  readonly at: number;
  readonly author: MemberId;
  readonly subject: ChapterId;
  readonly text: TextPayload;
}

/** What one text entry did. */
export interface TextChange {
  readonly record: TextRecord;
  /** Ids that this entry was the first to bring. */
  readonly ranges: readonly IdRange[];
  /** UTF-16 units of text among them. */
  readonly added: number;
  /** Ids that it was the first to delete: text, block marks and formats alike. */
  readonly removed: number;
}

interface ChapterRanges {
  /** Id → seq of the entry that brought it. */
  readonly inserted: RangeMap;
  /** Id → seq of the entry that deleted it. */
  readonly deleted: RangeMap;
}

/**
 * Who wrote what: a fold over the report's text entries and nothing else, so that it is the same after every rebuild (history.md §2).
 * Identity comes from the entry's author, which the server set, never from anything inside the update; first sight wins, so a colleague's
 * relay of known text changes nothing.
 */
export class ReportAttribution {
  readonly #records = new TextRecords();
  readonly #chapters = new Map<ChapterId, ChapterRanges>();
  readonly #copies = new CopyTable();
  #copiesUpTo: Seq = 0;

  /**
   * Takes a committed text entry; entries come in seq order.
   * @param update what `parseUpdate` said of `entry.text.update`
   */
  add(entry: TextEntry, update: ParsedUpdate): TextChange {
    const { seq, at, author: actor } = entry;
    const { wordsOf, via, offlineSince } = entry.text;
    this.#records.add({ seq, at, actor, wordsOf, via, offlineSince });
    const { inserted, deleted } = this.#rangesOf(entry.subject);
    const ranges: IdRange[] = [];
    let added = 0;
    for (let row = 0; row < update.structs; row += 1) {
      const content = update.content[row]!;
      if (content === CONTENT.skip) continue;
      const client = update.client[row]!;
      const clock = update.clock[row]!;
      const to = clock + update.length[row]!;
      const length = inserted.add(client, clock, to, seq);
      if (length === 0) continue;
      if (content === CONTENT.string) added += length;
      const last = ranges.at(-1);
      if (last !== undefined && last.client === client && last.clock + last.length === to - length) {
        ranges[ranges.length - 1] = { client, clock: last.clock, length: last.length + length };
      } else ranges.push({ client, clock: to - length, length });
    }
    let removed = 0;
    for (let row = 0; row < update.deletes; row += 1) {
      const clock = update.deleteClock[row]!;
      removed += deleted.add(update.deleteClient[row]!, clock, clock + update.deleteLength[row]!, seq);
    }
    return { record: this.#records.get(seq)!, ranges, added, removed };
  }

  /** Takes what the text engine found, in the order in which it tells it. */
  addCopies(copies: readonly CopyRange[]): void {
    for (const copy of copies) {
      this.#copies.add(copy);
      this.#copiesUpTo = Math.max(this.#copiesUpTo, copy.seq);
    }
  }

  /** Ask the engine for copies newer than this. */
  get copiesUpTo(): Seq {
    return this.#copiesUpTo;
  }

  /** @returns null for an id that no entry brought. */
  authorOf(chapter: ChapterId, client: ClientId, clock: number): AuthorAt | null {
    const brought = this.#recordOf(chapter, client, clock);
    if (brought === null) return null;
    const source = this.#copies.source(chapter, client, clock);
    const written = source === null ? null : this.#recordOf(source.chapter, source.client, source.clock);
    if (written === null) return { ...brought, movedBy: null };
    return { ...written, movedBy: { member: brought.actor, at: brought.at, seq: brought.seq, via: brought.via } };
  }

  /** Seq of the entry that brought this id, or 0. */
  insertedAt(chapter: ChapterId, client: ClientId, clock: number): Seq {
    return Math.max(0, this.#chapters.get(chapter)?.inserted.get(client, clock) ?? 0);
  }

  /** Seq of the entry that first deleted this id, or 0. */
  deletedAt(chapter: ChapterId, client: ClientId, clock: number): Seq {
    return Math.max(0, this.#chapters.get(chapter)?.deleted.get(client, clock) ?? 0);
  }

  /** Every range of a chapter in a fixed order, for comparing one fold with another. */
  each(chapter: ChapterId, visit: (op: 'inserted' | 'deleted', client: ClientId, from: number, to: number, seq: Seq) => void): void {
    const ranges = this.#chapters.get(chapter);
    ranges?.inserted.each((client, from, to, seq) => visit('inserted', client, from, to, seq));
    ranges?.deleted.each((client, from, to, seq) => visit('deleted', client, from, to, seq));
  }

  #recordOf(chapter: ChapterId, client: ClientId, clock: number): TextRecord | null {
    const seq = this.insertedAt(chapter, client, clock);
    return seq === 0 ? null : this.#records.get(seq);
  }

  #rangesOf(chapter: ChapterId): ChapterRanges {
    let ranges = this.#chapters.get(chapter);
    if (ranges === undefined) {
      ranges = { inserted: new RangeMap(), deleted: new RangeMap() };
      this.#chapters.set(chapter, ranges);
    }
    return ranges;
  }
}
