import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { parseUpdate } from '../../../../server/core/admission/parse-update.ts';
import { ParsedUpdate } from '../../../../server/core/admission/parsed-update.ts';
import { ReportAttribution } from '../../../../server/core/attribution/report-attribution.ts';
import type { MemberId, Seq } from '../../../../shared/ids.ts';
import type { TextPayload } from '../../../../shared/log/entry.ts';
import { paragraphsUpdate } from '../../../../shared/text/seed.ts';
import { ALICE, BOB, CAROL, CHAPTER, Copy, Office, OTHER } from '../../text-engine/office.ts';
import { Writer } from '../admission/writers.ts';

describe('ReportAttribution', () => {
  const parsed = new ParsedUpdate();
  let attribution: ReportAttribution;

  function add(seq: Seq, author: MemberId, update: Uint8Array, text: Partial<TextPayload> = {}) {
    expect(parseUpdate(update, parsed)).toBeNull();
    const payload: TextPayload = { via: 'typing', offlineSince: 0, wordsOf: null, update, ...text };
    return attribution.add({ seq, at: seq * 10, author, subject: CHAPTER, text: payload }, parsed);
  }

  beforeEach(() => {
    attribution = new ReportAttribution();
  });

  it('[AT6] tells the ids that an entry brought, its units of text, and how many ids it deleted', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '字😀'));
    alice.write(() => alice.text.insertEmbed(1, new Y.Map([['kind', 'heading']])));
    alice.write(() => alice.text.delete(0, 2));
    const [typed, entered, deleted] = alice.outbox.map((update, index) => add(index + 1, ALICE, update));
    expect(typed).toMatchObject({ ranges: [{ client: 100_001, clock: 0, length: 3 }], added: 3, removed: 0 });
    expect(entered).toMatchObject({ ranges: [{ client: 100_001, clock: 3, length: 2 }], added: 0, removed: 0 });
    expect(deleted).toMatchObject({ ranges: [], added: 0, removed: 3 });
    expect(attribution.deletedAt(CHAPTER, 100_001, 0)).toBe(3);
    expect(attribution.deletedAt(CHAPTER, 100_001, 1)).toBe(0);
  });

  it('[AT4] gives each id to the entry that brought it first, however often it comes again', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '甲'));
    alice.write(() => alice.text.insert(1, '乙'));
    add(1, ALICE, alice.outbox[0]!);
    const all = add(2, BOB, Y.encodeStateAsUpdate(alice.doc, Y.encodeStateVector(new Y.Doc())));
    expect(all.ranges.filter(({ client }) => client === 100_001)).toEqual([{ client: 100_001, clock: 1, length: 1 }]);
    expect(attribution.authorOf(CHAPTER, 100_001, 0)?.author).toBe(ALICE);
    expect(attribution.authorOf(CHAPTER, 100_001, 1)?.author).toBe(BOB);
    expect(attribution.authorOf(CHAPTER, 100_001, 2)).toBeNull();
    expect(attribution.authorOf(OTHER, 100_001, 0)).toBeNull();
  });

  it('[AT7] imported and sample text is nobody’s writing, and whoever brought it is named', () => {
    add(1, ALICE, paragraphsUpdate([{ kind: 'paragraph', text: '导入的文字' }], 2), { via: 'import' });
    expect(attribution.authorOf(CHAPTER, 2, 0)).toEqual({
      author: null,
      actor: ALICE,
      via: 'import',
      at: 10,
      seq: 1,
      offlineSince: 0,
      movedBy: null,
    });
  });

  it('[AT7] an accepted suggestion is its proposer’s words, by the hand that accepted it', () => {
    const lane = new Writer(100_005);
    lane.write(() => lane.text.insert(0, '建议的话'));
    add(1, ALICE, lane.outbox[0]!, { via: 'suggestion', wordsOf: CAROL });
    expect(attribution.authorOf(CHAPTER, 100_005, 3)).toMatchObject({ author: CAROL, actor: ALICE, via: 'suggestion' });
  });

  it('[AT7] text written offline keeps since when, beside the time at which it was received', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '途中写的'));
    add(7, ALICE, alice.outbox[0]!, { offlineSince: 33 });
    expect(attribution.authorOf(CHAPTER, 100_001, 2)).toMatchObject({ at: 70, offlineSince: 33 });
  });

  it('keeps its records over thousands of entries of many members', () => {
    const writer = new Writer(100_001);
    const members = Array.from({ length: 300 }, (_, index) => `member${String(index).padStart(10, '0')}` as MemberId);
    for (let index = 0; index < 3_000; index += 1) writer.write(() => writer.text.insert(0, '字'));
    for (const [index, update] of writer.outbox.entries()) add(index * 3 + 1, members[index % 300]!, update);
    for (const index of [0, 1, 299, 300, 1_234, 2_999]) {
      expect(attribution.authorOf(CHAPTER, 100_001, index)).toMatchObject({ author: members[index % 300], seq: index * 3 + 1 });
    }
  });
});

describe('attribution over the way of an update', () => {
  it('[AT4] offline edits that come as one are whose connection brought them', async () => {
    const office = new Office();
    const alice = new Copy(office, CHAPTER, ALICE, 100_001);
    const bob = new Copy(office, CHAPTER, BOB, 100_002);
    alice.type(1, '第一句。');
    bob.goOffline();
    bob.type(5, '离线写的一句。');
    bob.type(12, '又一句。');
    alice.type(5, '其间甲写的。');
    bob.comeBack();
    expect(await office.wordsOf(BOB)).toBe('离线写的一句。又一句。');
    expect(await office.wordsOf(ALICE)).toBe('第一句。其间甲写的。');
  });

  it('[AT4] a member’s second window is the same member', async () => {
    const office = new Office();
    const first = new Copy(office, CHAPTER, ALICE, 100_001);
    const second = new Copy(office, CHAPTER, ALICE, 100_002);
    first.type(1, '甲');
    second.type(2, '乙');
    expect(await office.wordsOf(ALICE)).toBe('甲乙');
  });

  it('[OW6] whoever relays another’s text and deletions is not named for them', async () => {
    const office = new Office();
    const alice = new Copy(office, CHAPTER, ALICE, 100_001);
    const bob = new Copy(office, CHAPTER, BOB, 100_002);
    alice.type(1, '甲乙丙丁');
    alice.edit((tr) => tr.delete(2, 4));
    const entries = office.log.length;
    expect(office.receive(CHAPTER, BOB, Y.encodeStateAsUpdate(bob.doc))).toBe('known');
    expect(office.log.length).toBe(entries);
    expect(await office.wordsOf(ALICE)).toBe('甲丁');
  });

  it('[AT1] undo of what one typed oneself is a deletion, and its redo one’s own again', async () => {
    const office = new Office();
    const alice = new Copy(office, CHAPTER, ALICE, 100_001);
    alice.type(1, '写了又收');
    alice.undo.undo();
    expect(await office.wordsOf(ALICE)).toBe('');
    alice.undo.redo();
    expect(await office.wordsOf(ALICE)).toBe('写了又收');
  });
});
