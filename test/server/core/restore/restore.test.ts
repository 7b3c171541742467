import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { RestorePlan } from '../../../../server/core/restore/plan.ts';
import type { RestoreCommand } from '../../../../shared/api/restore.ts';
import type { ChapterId, MemberId } from '../../../../shared/ids.ts';
import { markerKey } from '../../../../shared/text/marker.ts';
import { ROOT_NAME, render } from '../../../../shared/text/render.ts';
import { CHAPTERS, HistorySession, plainBlocks, replayed } from '../../../support/history-session.ts';
import { randomOf } from '../../../support/text-random.ts';
import { ALICE, BOB, CHAPTER, Copy, Office, OTHER, REPORT } from '../../text-engine/office.ts';

const PROOF = process.env['GONGBI_PROOF'] === '1';

async function plan(office: Office, chapter: ChapterId, command: RestoreCommand): Promise<RestorePlan | string> {
  const planned = await office.engine.history(REPORT, 'restore', { chapter, command });
  return 'refused' in planned ? planned.refused : planned;
}

/** Plans and submits, as the server does. @returns what was planned */
async function restore(office: Office, chapter: ChapterId, command: RestoreCommand, by: MemberId = BOB): Promise<RestorePlan> {
  const planned = await plan(office, chapter, command);
  if (typeof planned === 'string') throw new Error(planned);
  expect(office.submit(chapter, 'server', by, planned.update, 'restore', planned.restored)).toBe('admit');
  return planned;
}

const head = (office: Office): number => office.log.length;
const linesOf = (office: Office, chapter: ChapterId = CHAPTER): string[] =>
  render(office.document(chapter).getText(ROOT_NAME)).doc.children.map((node) => node.textContent);
const keysOf = (office: Office, chapter: ChapterId = CHAPTER): string[] =>
  render(office.document(chapter).getText(ROOT_NAME)).markers.map(markerKey);

/** Author of each letter of a chapter as it stood after `seq`. */
async function authorsAt(office: Office, chapter: ChapterId, seq: number): Promise<string> {
  const at = await office.engine.history(REPORT, 'at', { chapter, seq });
  if (at === null) return '';
  return at.blocks
    .map(({ runs }) => runs.map(({ text, by }) => [...text].map(() => at.credits[by]?.author ?? '-').join(' ')).join(' '))
    .join('\n');
}

describe('a chapter brought back', () => {
  test('[RT1] reads as a replay up to that entry does, and every letter has the writer that it had', async () => {
    for (let seed = 1; seed <= (PROOF ? 120 : 12); seed += 1) {
      const { office } = new HistorySession(seed).run(90);
      const random = randomOf(seed * 977);
      for (let round = 0; round < 4; round += 1) {
        const chapter = CHAPTERS[Math.floor(random() * CHAPTERS.length)]!;
        const seq = 2 + Math.floor(random() * (head(office) - 1));
        const wanted = replayed(office, chapter, seq);
        const authors = await authorsAt(office, chapter, seq);
        const before = plainBlocks(office.document(chapter).getText(ROOT_NAME));
        const planned = await plan(office, chapter, { what: 'chapter', seq });
        if (typeof planned === 'string') {
          expect([planned, wanted], `seed ${seed}, entry ${seq}`).toEqual(['restore-nothing', before]);
          continue;
        }
        await restore(office, chapter, { what: 'chapter', seq });
        expect(plainBlocks(office.document(chapter).getText(ROOT_NAME)), `seed ${seed}, entry ${seq}`).toEqual(wanted);
        expect(await authorsAt(office, chapter, head(office)), `seed ${seed}, entry ${seq}`).toEqual(authors);
      }
    }
  }, 120_000);

  test('[RT2] is brought back from by another restore', async () => {
    for (let seed = 1; seed <= (PROOF ? 60 : 6); seed += 1) {
      const { office } = new HistorySession(seed + 500).run(70);
      const before = plainBlocks(office.document(CHAPTER).getText(ROOT_NAME));
      const authors = await authorsAt(office, CHAPTER, head(office));
      const seq = head(office);
      if (typeof (await plan(office, CHAPTER, { what: 'chapter', seq: 20 })) === 'string') continue;
      await restore(office, CHAPTER, { what: 'chapter', seq: 20 });
      await restore(office, CHAPTER, { what: 'chapter', seq }, ALICE);
      expect(plainBlocks(office.document(CHAPTER).getText(ROOT_NAME))).toEqual(before);
      expect(await authorsAt(office, CHAPTER, head(office))).toEqual(authors);
    }
  }, 60_000);
});

/** Alice and Bob with a chapter of three paragraphs by Alice. */
function office(): { office: Office; alice: Copy; bob: Copy; other: Copy } {
  const made = new Office();
  const alice = new Copy(made, CHAPTER, ALICE, 100_001);
  const bob = new Copy(made, CHAPTER, BOB, 100_002);
  const other = new Copy(made, OTHER, BOB, 100_002);
  alice.type(1, '全市招录工作平稳有序。');
  alice.edit((tr) => tr.split(alice.find('。') + 1));
  alice.type(alice.find('。') + 3, '监督检查发现问题三十七件。');
  alice.edit((tr) => tr.split(alice.find('七件。') + 3));
  alice.type(alice.find('七件。') + 5, '下一步抓好整改落实。');
  return { office: made, alice, bob, other };
}

function retype(copy: Copy, words: string, others: string): void {
  const at = copy.find(words);
  copy.edit((tr) => tr.replaceWith(at, at + words.length, tr.doc.type.schema.text(others)));
}

describe('a paragraph brought back', () => {
  test('[RT3] has its old wording and its writers; everything around it stays as it is', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    retype(bob, '监督检查', '重新表述');
    bob.type(bob.find('整改'), '问题');
    const key = keysOf(made)[1]!;
    const planned = await restore(made, CHAPTER, { what: 'paragraph', block: key, seq });
    expect(planned.preview).toMatchObject({ added: 4, removed: 4, more: 0, replaces: [{ member: BOB, characters: 4 }] });
    expect(planned.preview.paragraphs).toHaveLength(1);
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '监督检查发现问题三十七件。', '下一步抓好问题整改落实。']);
    expect(await made.wordsOf(BOB)).toBe('问题');
    // Who brought it back is told beside the writer.
    const back = (await made.blame()).find(({ unit, by }) => unit === '监' && by.author === ALICE);
    expect(back?.by.movedBy).toMatchObject({ member: BOB, seq: head(made) });
  });

  test('[RT4] that was deleted comes back between its neighbours; taking it out again is offered', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    const key = keysOf(made)[1]!;
    const at = bob.find('监督') - 1;
    bob.edit((tr) => tr.delete(at, at + tr.doc.nodeAt(at)!.nodeSize));
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '下一步抓好整改落实。']);
    await restore(made, CHAPTER, { what: 'paragraph', block: key, seq });
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '监督检查发现问题三十七件。', '下一步抓好整改落实。']);
    expect(await made.wordsOf(BOB)).toBe('');
    await restore(made, CHAPTER, { what: 'paragraph', block: key, seq: head(made) - 1 });
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '下一步抓好整改落实。']);
  });

  test('[RT4] that was deleted together with its end comes back with an end of its own', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    const key = keysOf(made)[1]!;
    bob.edit((tr) => tr.delete(bob.find('平稳'), bob.find('抓好')));
    expect(linesOf(made)).toEqual(['全市招录工作抓好整改落实。']);
    await restore(made, CHAPTER, { what: 'paragraph', block: key, seq });
    expect(linesOf(made)).toEqual(['全市招录工作', '监督检查发现问题三十七件。', '抓好整改落实。']);
    expect(await made.wordsOf(BOB)).toBe('');
  });

  test('[RT3] that moved into another chapter since takes its wording from there', async () => {
    const { office: made, bob, other } = office();
    const seq = head(made);
    const at = bob.find('监督') - 1;
    bob.edit((tr) => tr.delete(at, at + tr.doc.nodeAt(at)!.nodeSize));
    other.type(1, '监督检查发现问题三十七件。');
    retype(other, '三十七', '四十二');
    const key = keysOf(made, OTHER)[0]!;
    await restore(made, OTHER, { what: 'paragraph', block: key, seq, from: CHAPTER });
    expect(linesOf(made, OTHER)).toEqual(['监督检查发现问题三十七件。']);
    expect(await made.wordsOf(ALICE, OTHER)).toBe('监督检查发现问题三十七件。');
  });
});

describe('while others type', () => {
  test('[RT5] words typed elsewhere stay untouched under their own ids, and words typed inside are not lost', async () => {
    const { office: made, alice, bob } = office();
    const seq = head(made);
    const key = keysOf(made)[1]!;
    retype(alice, '三', '二');
    const planned = await plan(made, CHAPTER, { what: 'paragraph', block: key, seq });
    if (typeof planned === 'string') throw new Error(planned);
    // Both of these reach the log between the plan and its entry.
    bob.type(bob.find('平稳'), '总体');
    bob.type(bob.find('问题') + 2, '线索');
    const ids = idsOf(made.document(CHAPTER).getText(ROOT_NAME), '总体');
    expect(made.submit(CHAPTER, 'server', ALICE, planned.update, 'restore', planned.restored)).toBe('admit');
    expect(linesOf(made)).toEqual(['全市招录工作总体平稳有序。', '监督检查发现问题线索三十七件。', '下一步抓好整改落实。']);
    expect(idsOf(made.document(CHAPTER).getText(ROOT_NAME), '总体')).toEqual(ids);
    expect(await made.wordsOf(BOB)).toBe('总体线索');
    expect(alice.text.toJSON()).toEqual(bob.text.toJSON());
  });

  test('[RT5] words typed into a paragraph that is being taken out keep a paragraph of their own', async () => {
    const { office: made, bob } = office();
    const before = head(made);
    bob.edit((tr) => tr.split(bob.find('落实。') + 3));
    bob.type(bob.find('落实。') + 5, '新增一段。');
    const planned = await plan(made, CHAPTER, { what: 'chapter', seq: before });
    if (typeof planned === 'string') throw new Error(planned);
    bob.type(bob.find('一段') + 1, '大');
    made.submit(CHAPTER, 'server', ALICE, planned.update, 'restore', planned.restored);
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '监督检查发现问题三十七件。', '下一步抓好整改落实。', '大']);
  });

  test('[RT6] a plan names the last entry that touched what it replaces, whatever is typed elsewhere', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    const key = keysOf(made)[1]!;
    bob.type(bob.find('三十七'), '共');
    const touched = head(made);
    const command: RestoreCommand = { what: 'paragraph', block: key, seq };
    const expectOf = async (): Promise<number> => {
      const planned = await plan(made, CHAPTER, command);
      return typeof planned === 'string' ? -1 : planned.preview.expect;
    };
    expect(await expectOf()).toBe(touched);
    bob.type(bob.find('整改'), '问题');
    expect(await expectOf()).toBe(touched);
    bob.type(bob.find('三十七'), '计');
    expect(await expectOf()).toBe(head(made));
  });
});

test('[RT7] planning writes nothing, and what never stood or stands already is refused', async () => {
  const { office: made } = office();
  const bytes = Y.encodeStateAsUpdate(made.document(CHAPTER));
  const checkpoint = (await made.engine.checkpoint(REPORT, CHAPTER))!.full;
  expect(await plan(made, CHAPTER, { what: 'chapter', seq: head(made) })).toBe('restore-nothing');
  expect(await plan(made, CHAPTER, { what: 'chapter', seq: 0 })).toBe('restore-no-such-text');
  expect(await plan(made, CHAPTER, { what: 'paragraph', block: '9.9', seq: 3 })).toBe('restore-no-such-text');
  expect(await plan(made, 'nochapter0000000' as ChapterId, { what: 'chapter', seq: 3 })).toBe('restore-no-such-text');
  expect(typeof (await plan(made, CHAPTER, { what: 'chapter', seq: 4 }))).toBe('object');
  expect((await made.engine.checkpoint(REPORT, CHAPTER))!.full).toEqual(checkpoint);
  expect(Y.encodeStateAsUpdate(made.document(CHAPTER))).toEqual(bytes);
});

function idsOf(text: Y.Text, words: string): string {
  for (let item = text._start; item !== null; item = item.right) {
    const at = !item.deleted && item.content instanceof Y.ContentString ? item.content.str.indexOf(words) : -1;
    if (at >= 0) return `${item.id.client}.${item.id.clock + at}`;
  }
  return '';
}
