import { Transform } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { admitUpdate, type Sender } from '../../../server/core/admission/admit-update.ts';
import { ChapterTables } from '../../../server/core/admission/chapter-tables.ts';
import { IdOwners } from '../../../server/core/admission/id-owners.ts';
import { ParsedUpdate } from '../../../server/core/admission/parsed-update.ts';
import { ReportAttribution, type TextEntry } from '../../../server/core/attribution/report-attribution.ts';
import { InProcessTextEngine } from '../../../server/text-engine/engine.ts';
import type { AuthorAt } from '../../../shared/api.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import type { RestoredRange, Via } from '../../../shared/log/entry.ts';
import { ROOT_NAME, render } from '../../../shared/text/render.ts';
import { seedUpdate } from '../../../shared/text/seed.ts';
import { writeChanges } from '../../../shared/text/write.ts';

export const REPORT = 'report0000000000' as ReportId;
export const ALICE = 'alice00000000000' as MemberId;
export const BOB = 'bob0000000000000' as MemberId;
export const CAROL = 'carol00000000000' as MemberId;
export const MALLORY = 'mallory000000000' as MemberId;
export const CHAPTER = 'chapter000000001' as ChapterId;
export const OTHER = 'chapter000000002' as ChapterId;

/** One person's copy of one chapter, edited as the editor edits: steps on the rendered document, written as Yjs operations. */
export class Copy {
  readonly doc = new Y.Doc();
  readonly text: Y.Text;
  readonly undo: Y.UndoManager;
  private readonly office: Office;
  private readonly chapter: ChapterId;
  private readonly member: MemberId;

  constructor(office: Office, chapter: ChapterId, member: MemberId, clientId: number) {
    this.office = office;
    this.chapter = chapter;
    this.member = member;
    this.doc.clientID = clientId;
    this.text = this.doc.getText(ROOT_NAME);
    for (const update of office.updatesOf(chapter)) Y.applyUpdate(this.doc, update, 'remote');
    this.undo = new Y.UndoManager(this.text, { trackedOrigins: new Set(['editor']), captureTimeout: 0 });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote' && !office.offline.has(this.doc)) office.receive(chapter, member, update);
    });
    office.copies.push(this);
  }

  /** One transaction of the editor. */
  edit(change: (tr: Transform) => unknown): void {
    const before = render(this.text);
    const tr = new Transform(before.doc);
    change(tr);
    this.doc.transact(() => writeChanges(this.text, before, tr.doc, tr.steps), 'editor');
  }

  /** Document position in front of the first place where these words stand in one text node. */
  find(words: string): number {
    let found = -1;
    render(this.text).doc.descendants((node, pos) => {
      if (found < 0 && node.isText && node.text!.includes(words)) found = pos + node.text!.indexOf(words);
    });
    if (found < 0) throw new Error(`"${words}" is not in the text`);
    return found;
  }

  type(at: number, words: string): void {
    this.edit((tr) => tr.insert(at, tr.doc.type.schema.text(words)));
  }

  get owner(): MemberId {
    return this.member;
  }

  belongsTo(chapter: ChapterId): boolean {
    return this.chapter === chapter;
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'remote');
  }

  /** Goes offline: what is written now comes later, by `comeBack`. */
  goOffline(): void {
    this.office.copies.splice(this.office.copies.indexOf(this), 1);
    this.office.offline.add(this.doc);
  }

  comeBack(): void {
    this.office.offline.delete(this.doc);
    const state = this.office.document(this.chapter);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(state), 'remote');
    this.office.copies.push(this);
    this.office.receive(this.chapter, this.member, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(state)));
  }
}

/** A server without sockets and disk: admission, the log in memory, attribution, the text engine. */
export class Office {
  readonly engine = new InProcessTextEngine((fault) => {
    throw new Error(fault.message);
  });
  readonly owners = new IdOwners();
  readonly attribution = new ReportAttribution();
  readonly copies: Copy[] = [];
  readonly offline = new Set<Y.Doc>();
  readonly log: TextEntry[] = [];
  now = 1_000_000;
  private readonly tables = new Map<ChapterId, ChapterTables>();
  private readonly documents = new Map<ChapterId, Y.Doc>();
  private readonly parsed = new ParsedUpdate();
  private seq = 0;

  constructor() {
    this.engine.open(REPORT);
    for (const chapter of [CHAPTER, OTHER]) {
      this.tables.set(chapter, new ChapterTables());
      this.documents.set(chapter, new Y.Doc({ gc: false }));
      this.submit(chapter, 'server', ALICE, seedUpdate(), 'seed');
    }
  }

  receive(chapter: ChapterId, member: MemberId, update: Uint8Array, via: Via = 'typing'): string {
    return this.submit(chapter, member, member, update, via);
  }

  submit(chapter: ChapterId, sender: Sender, author: MemberId, update: Uint8Array, via: Via, restored?: readonly RestoredRange[]): string {
    this.now += 1_000;
    const verdict = admitUpdate(this.tables.get(chapter)!, this.owners, update, sender, this.now, this.parsed);
    if (verdict !== 'admit') return verdict;
    this.seq += 1;
    const entry: TextEntry = {
      seq: this.seq,
      at: this.now,
      author,
      subject: chapter,
      text: { via, offlineSince: 0, wordsOf: null, ...(restored === undefined ? {} : { restored }), update },
    };
    this.log.push(entry);
    Y.applyUpdate(this.documents.get(chapter)!, update);
    this.attribution.add(entry, this.parsed);
    this.engine.feed(REPORT, [{ seq: entry.seq, at: entry.at, author, chapter, ...entry.text }]);
    for (const copy of this.copies) if (copy.belongsTo(chapter)) copy.hear(update);
    return verdict;
  }

  updatesOf(chapter: ChapterId): Uint8Array[] {
    return this.log.filter(({ subject }) => subject === chapter).map(({ text }) => text.update);
  }

  /** The chapter as the log has it; for reading. */
  document(chapter: ChapterId): Y.Doc {
    return this.documents.get(chapter)!;
  }

  /** The living text of a chapter, unit by unit, with its author. */
  async blame(chapter: ChapterId = CHAPTER): Promise<{ readonly unit: string; readonly by: AuthorAt }[]> {
    this.attribution.addCopies(await this.engine.copies(REPORT, this.attribution.copiesUpTo));
    const units: { unit: string; by: AuthorAt }[] = [];
    const text = this.document(chapter).getText(ROOT_NAME);
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const { str } = item.content;
      for (let index = 0; index < str.length; index += 1) {
        units.push({ unit: str[index]!, by: this.attribution.authorOf(chapter, item.id.client, item.id.clock + index)! });
      }
    }
    return units;
  }

  /** The words of one author in a chapter. */
  async wordsOf(author: MemberId, chapter: ChapterId = CHAPTER): Promise<string> {
    return (await this.blame(chapter))
      .filter(({ by }) => by.author === author)
      .map(({ unit }) => unit)
      .join('');
  }
}
