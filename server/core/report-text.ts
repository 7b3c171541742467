import type { AuthorAt } from '../../shared/api.ts';
import type { ChapterId, ClientId, MemberId, Seq } from '../../shared/ids.ts';
import { EntryFormatError } from '../../shared/log/codec.ts';
import type { Via } from '../../shared/log/entry.ts';
import type { RejectCode } from '../../shared/wire/codes.ts';
import { admitUpdate, judgeUpdate, replayUpdate, type Sender } from './admission/admit-update.ts';
import { ChapterTables } from './admission/chapter-tables.ts';
import { IdOwners } from './admission/id-owners.ts';
import { OWN_LIMITS, parseUpdate } from './admission/parse-update.ts';
import { ParsedUpdate } from './admission/parsed-update.ts';
import { type TextChange as RecordedText, ReportAttribution, type TextEntry } from './attribution/report-attribution.ts';
import { ChangeCounts, type TextChange } from './change-counts.ts';
import type { CopyRange } from './ports.ts';

export type Judged =
  /** `client`: an id of the writer that the update writes under; null when it only deletes. */
  | { readonly kind: 'admit'; readonly client: ClientId | null }
  | { readonly kind: 'known' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'refused'; readonly code: RejectCode };

/** Text that the server wrote, at its beginning, to bring it back or in place of other text; it stands under ids of the server. */
const BY_SERVER: ReadonlySet<Via> = new Set<Via>(['import', 'sample', 'seed', 'restore', 'replace', 'blank']);
const KNOWN: Judged = { kind: 'known' };
const GAP: Judged = { kind: 'gap' };

/**
 * Everything the report's text entries have made, short of the text itself: what was admitted and what is durable in each chapter, whose
 * client ids are whose, who wrote what, how much each entry changed, when each copy was last heard of. All of it is a fold over the log.
 */
export class ReportText {
  private readonly chapters = new Map<ChapterId, ChapterTables>();
  private readonly owners = new IdOwners();
  private readonly attribution = new ReportAttribution();
  private readonly changes = new ChangeCounts();
  private readonly heard = new Map<ClientId, number>();
  private readonly parsed = new ParsedUpdate();

  /**
   * Judges an update; when the answer is `admit`, it is taken into the admitted state and must be appended.
   * @param refusal the code for whatever would be new, when the sender may not write; what is known already is never refused
   */
  admit(chapter: ChapterId, member: MemberId, at: number, update: Uint8Array, refusal: RejectCode | null): Judged {
    const tables = this.tables(chapter);
    const verdict =
      refusal === null
        ? admitUpdate(tables, this.owners, update, member, at, this.parsed)
        : this.judgeOnly(tables, member, at, update, refusal);
    switch (verdict) {
      case 'admit':
        return { kind: 'admit', client: this.writtenUnder(member) };
      case 'known':
        return KNOWN;
      case 'gap':
        return GAP;
      default:
        return { kind: 'refused', code: verdict };
    }
  }

  private judgeOnly(tables: ChapterTables, member: MemberId, at: number, update: Uint8Array, refusal: RejectCode): 'known' | RejectCode {
    const malformed = parseUpdate(update, this.parsed);
    if (malformed !== null) return malformed;
    return judgeUpdate(tables, this.owners, this.parsed, member, at) === 'known' ? 'known' : refusal;
  }

  private writtenUnder(member: MemberId): ClientId | null {
    for (let s = 0; s < this.parsed.sections; s += 1) {
      const client = this.parsed.sectionClient[s];
      if (client !== undefined && this.owners.ownerOf(client) === member) return client;
    }
    return null;
  }

  /** An update that was admitted here is durable now. */
  commit(entry: TextEntry): RecordedText {
    parseUpdate(entry.text.update, this.parsed, OWN_LIMITS);
    this.tables(entry.subject).commit(this.parsed);
    return this.record(entry);
  }

  /**
   * An entry of the log that was not judged here: at opening, written by the server itself, or of another machine.
   * @throws EntryFormatError when it does not follow from the entries before it: the record is damaged.
   */
  replay(entry: TextEntry): RecordedText {
    const { author, text, at } = entry;
    const sender: Sender = BY_SERVER.has(text.via) ? 'server' : (text.wordsOf ?? author);
    if (!replayUpdate(this.tables(entry.subject), this.owners, text.update, sender, at, this.parsed)) {
      throw new EntryFormatError(`Entry ${entry.seq}: its text does not follow from the entries before it`);
    }
    const client = sender === 'server' ? null : this.writtenUnder(sender);
    if (client !== null) this.heard.set(client, at);
    return this.record(entry);
  }

  private record(entry: TextEntry): RecordedText {
    const recorded = this.attribution.add(entry, this.parsed);
    this.changes.set(entry.seq, recorded);
    return recorded;
  }

  changeOf(seq: Seq): TextChange {
    return this.changes.get(seq);
  }

  // ---------------------------------------------------------------- client ids

  ownerOf(client: ClientId): MemberId | null {
    return this.owners.ownerOf(client);
  }

  /** Holds an id that nobody used for a member. @param next gives random ids. */
  lease(member: MemberId, next: () => ClientId, now: number): ClientId {
    let client = next();
    while (!this.owners.isFree(client)) client = next();
    this.owners.lease(client, member);
    this.heard.set(client, now);
    return client;
  }

  /** The socket that wrote under this id was there until `now`. */
  hear(client: ClientId, now: number): void {
    this.heard.set(client, now);
  }

  /** Server time when the copy with this id was last heard of; null = never. */
  heardAt(client: ClientId): number | null {
    return this.heard.get(client) ?? null;
  }

  // ---------------------------------------------------------------- vectors and authors

  stateVector(chapter: ChapterId, which: 'admitted' | 'committed'): Uint8Array {
    return this.tables(chapter).stateVector(which);
  }

  /** Ask the engine for copies newer than this and hand them to `addCopies` before asking for authors. */
  get copiesUpTo(): Seq {
    return this.attribution.copiesUpTo;
  }

  addCopies(copies: readonly CopyRange[]): void {
    this.attribution.addCopies(copies);
  }

  authorOf(chapter: ChapterId, client: ClientId, clock: number): AuthorAt | null {
    return this.attribution.authorOf(chapter, client, clock);
  }

  private tables(chapter: ChapterId): ChapterTables {
    let tables = this.chapters.get(chapter);
    if (tables === undefined) {
      tables = new ChapterTables();
      this.chapters.set(chapter, tables);
    }
    return tables;
  }
}
