import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { RestorePlan } from '../../../../server/core/restore/plan.ts';
import type { RestoreCommand } from '../../../../shared/api/restore.ts';
import type { ChapterId, MemberId } from '../../../../shared/ids.ts';
import { markerKey } from '../../../../shared/text/marker.ts';
import { ROOT_NAME, render } from '../../../../shared/text/render.ts';
import { CHAPTERS, HistorySession, plainBlocks } from '../../../support/history-session.ts';
import { randomOf } from '../../../support/text-random.ts';
import { ALICE, BOB, CAROL, CHAPTER, Copy, Office, REPORT } from '../../text-engine/office.ts';

const PROOF = process.env['GONGBI_PROOF'] === '1';
const head = (office: Office): number => office.log.length;
const textOf = (office: Office, chapter: ChapterId = CHAPTER) => office.document(chapter).getText(ROOT_NAME);
const linesOf = (office: Office): string[] => render(textOf(office)).doc.children.map((node) => node.textContent);

async function plan(office: Office, chapter: ChapterId, command: RestoreCommand): Promise<RestorePlan | string> {
  const planned = await office.engine.history(REPORT, 'restore', { chapter, command });
  return 'refused' in planned ? planned.refused : planned;
}

/** @returns the restoring entry's number */
async function restore(office: Office, chapter: ChapterId, command: RestoreCommand, by: MemberId = BOB): Promise<number> {
  const planned = await plan(office, chapter, command);
  if (typeof planned === 'string') throw new Error(planned);
  expect(office.submit(chapter, 'server', by, planned.update, 'restore', planned.restored)).toBe('admit');
  return head(office);
}

/** Alice's chapter of three paragraphs. */
function office(): { office: Office; alice: Copy; bob: Copy; carol: Copy } {
  const made = new Office();
  const [alice, bob, carol] = [ALICE, BOB, CAROL].map((member, index) => new Copy(made, CHAPTER, member, 100_001 + index));
  alice!.type(1, '全市招录工作平稳有序。');
  alice!.edit((tr) => tr.split(alice!.find('。') + 1));
  alice!.type(alice!.find('。') + 3, '监督检查发现问题三十七件。');
  alice!.edit((tr) => tr.split(alice!.find('七件。') + 3));
  alice!.type(alice!.find('七件。') + 5, '下一步抓好整改落实。');
  return { office: made, alice: alice!, bob: bob!, carol: carol! };
}

function retype(copy: Copy, words: string, others: string): void {
  const at = copy.find(words);
  copy.edit((tr) => tr.replaceWith(at, at + words.length, tr.doc.type.schema.text(others)));
}

async function authors(made: Office, chapter: ChapterId): Promise<string> {
  const blame = await made.engine.history(REPORT, 'blame', { chapter, seq: head(made) });
  return (blame?.blocks ?? [])
    .map(({ runs }) => runs.flatMap(({ length, by }) => Array.from({ length }, () => blame!.credits[by]!.author ?? '-')).join(' '))
    .join('\n');
}

/** Every letter that stands, as an id. */
function standing(text: Y.Text): Set<string> {
  const ids = new Set<string>();
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    for (let at = 0; at < item.length; at += 1) ids.add(`${item.id.client}.${item.id.clock + at}`);
  }
  return ids;
}

describe('a restore taken back', () => {
  test('[RT2] leaves the chapter as it was before, words, looks, formats and writers', async () => {
    let done = 0;
    for (let seed = 1; seed <= (PROOF ? 150 : 15); seed += 1) {
      const { office: made } = new HistorySession(seed + 4_000).run(90);
      const random = randomOf(seed * 331);
      for (let round = 0; round < 3; round += 1) {
        const chapter = CHAPTERS[Math.floor(random() * CHAPTERS.length)]!;
        const seq = 2 + Math.floor(random() * (head(made) - 1));
        if (typeof (await plan(made, chapter, { what: 'chapter', seq })) === 'string') continue;
        const before = plainBlocks(textOf(made, chapter));
        const writers = await authors(made, chapter);
        const restored = await restore(made, chapter, { what: 'chapter', seq });
        const undone = await restore(made, chapter, { what: 'undo', seq: restored }, ALICE);
        expect(plainBlocks(textOf(made, chapter)), `seed ${seed}, entry ${seq}`).toEqual(before);
        expect(await authors(made, chapter), `seed ${seed}, entry ${seq}`).toEqual(writers);
        // Undoing is a restore like any other: it is undone in turn, and the same one is not undone twice.
        expect(await plan(made, chapter, { what: 'undo', seq: restored }), `seed ${seed}, entry ${seq}`).toBe('restore-nothing');
        await restore(made, chapter, { what: 'undo', seq: undone });
        done += 1;
      }
    }
    expect(done).toBeGreaterThan(10);
  }, 120_000);

  test('[RT10] takes nothing of what came since, whoever wrote, deleted or moved it', async () => {
    let done = 0;
    for (let seed = 1; seed <= (PROOF ? 120 : 12); seed += 1) {
      const session = new HistorySession(seed + 7_000).run(80);
      const { office: made } = session;
      const seq = 2 + Math.floor(randomOf(seed * 77)() * 70);
      if (typeof (await plan(made, CHAPTER, { what: 'chapter', seq })) === 'string') continue;
      const before = standing(textOf(made));
      const restored = await restore(made, CHAPTER, { what: 'chapter', seq });
      const after = standing(textOf(made));
      session.run(head(made) + 25);
      const later = standing(textOf(made));
      const undo = await plan(made, CHAPTER, { what: 'undo', seq: restored });
      if (typeof undo === 'string') continue;
      await restore(made, CHAPTER, { what: 'undo', seq: restored }, ALICE);
      const now = standing(textOf(made));
      const brought = [...after].filter((id) => !before.has(id));
      for (const id of later) {
        if (!brought.includes(id)) expect(now.has(id), `seed ${seed}: ${id} was not the restore's to take`).toBe(true);
      }
      expect(
        brought.filter((id) => now.has(id)),
        `seed ${seed}: of what came back nothing stays`,
      ).toEqual([]);
      done += 1;
    }
    expect(done).toBeGreaterThan(5);
  }, 120_000);

  test('[RT10] keeps a paragraph that somebody wrote since, and words written into what goes', async () => {
    const { office: made, bob, carol } = office();
    const seq = head(made);
    const at = bob.find('监督') - 1;
    bob.edit((tr) => tr.delete(at, at + tr.doc.nodeAt(at)!.nodeSize));
    retype(bob, '抓好', '狠抓');
    const restored = await restore(made, CHAPTER, { what: 'chapter', seq });
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '监督检查发现问题三十七件。', '下一步抓好整改落实。']);
    carol.type(carol.find('平稳'), '总体');
    carol.type(carol.find('问题') + 2, '线索');
    carol.edit((tr) => tr.split(carol.find('落实。') + 3));
    carol.type(carol.find('落实。') + 5, '新增一段。');
    const planned = await plan(made, CHAPTER, { what: 'undo', seq: restored });
    if (typeof planned === 'string') throw new Error(planned);
    expect(planned.preview.replaces).toEqual([{ member: ALICE, characters: 15 }]);
    await restore(made, CHAPTER, { what: 'undo', seq: restored }, ALICE);
    expect(linesOf(made)).toEqual(['全市招录工作总体平稳有序。', '线索', '下一步狠抓整改落实。', '新增一段。']);
    expect(await made.wordsOf(CAROL)).toBe('总体线索新增一段。');
    expect(await made.wordsOf(BOB)).toBe('狠抓');
  });

  test('[RT10] leaves a look that somebody set since, and takes back one that the restore set', async () => {
    const { office: made, bob, carol } = office();
    const look = (copy: Copy, words: string, align: string) =>
      copy.edit((tr) => tr.setNodeMarkup(copy.find(words) - 1, undefined, { ...tr.doc.nodeAt(copy.find(words) - 1)!.attrs, align }));
    look(bob, '全市', 'center');
    look(bob, '监督', 'center');
    const restored = await restore(made, CHAPTER, { what: 'chapter', seq: head(made) - 2 });
    look(carol, '监督', 'right');
    await restore(made, CHAPTER, { what: 'undo', seq: restored });
    expect(render(textOf(made)).doc.children.map(({ attrs }) => attrs['align'])).toEqual(['center', 'right', null]);
  });

  test('[RT10] is refused for what is no restore', async () => {
    const { office: made } = office();
    expect(await plan(made, CHAPTER, { what: 'undo', seq: head(made) })).toBe('restore-no-such-text');
    expect(await plan(made, CHAPTER, { what: 'undo', seq: 0 })).toBe('restore-no-such-text');
  });
});

describe('a selection', () => {
  const idsOf = (made: Office, words: string): [number, number, number][] => {
    const units: [string, number, number][] = [];
    for (let item = textOf(made)._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      for (let at = 0; at < item.length; at += 1) units.push([item.content.str[at]!, item.id.client, item.id.clock + at]);
    }
    const from = units
      .map(([letter]) => letter)
      .join('')
      .indexOf(words);
    return units.slice(from, from + words.length).map(([, client, clock]) => [client, clock, 1]);
  };
  const story = async (made: Office, words: string) =>
    (await made.engine.history(REPORT, 'story', { chapter: CHAPTER, block: null, ids: idsOf(made, words) }))!.wordings;

  test('[HI6] has the story of its own words and not of the paragraph, with what was typed over beside them', async () => {
    const { office: made, bob } = office();
    made.now += 3_600_000;
    retype(bob, '三十七', '四十二');
    made.now += 3_600_000;
    retype(bob, '平稳', '总体平稳');
    expect(await story(made, '问题四十二')).toMatchObject([
      { text: '问题四十二', by: BOB },
      { text: '问题三十七', by: ALICE },
    ]);
    expect(await story(made, '四十二')).toMatchObject([
      { text: '四十二', by: BOB },
      { text: '三十七', by: ALICE },
    ]);
    expect((await story(made, '整改')).map(({ text }) => text)).toEqual(['整改']);
  });

  test('[RT11] gets one of its wordings back, and nothing around it changes', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    made.now += 3_600_000;
    retype(bob, '三十七', '四十二');
    retype(bob, '监督检查', '重新表述');
    const ids = idsOf(made, '四十二');
    const planned = await plan(made, CHAPTER, { what: 'text', ids, seq });
    if (typeof planned === 'string') throw new Error(planned);
    expect(planned.preview).toMatchObject({ added: 3, removed: 3, replaces: [{ member: BOB, characters: 3 }] });
    const restored = await restore(made, CHAPTER, { what: 'text', ids, seq });
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '重新表述发现问题三十七件。', '下一步抓好整改落实。']);
    expect(await made.wordsOf(BOB)).toBe('重新表述');
    expect((await made.blame()).find(({ unit }) => unit === '三')?.by).toMatchObject({
      author: ALICE,
      movedBy: { member: BOB, via: 'restore' },
    });
    await restore(made, CHAPTER, { what: 'undo', seq: restored });
    expect(linesOf(made)[1]).toBe('重新表述发现问题四十二件。');
  });

  test('[RT11] over several paragraphs comes back with their ends', async () => {
    const { office: made, bob } = office();
    const seq = head(made);
    made.now += 3_600_000;
    bob.edit((tr) => tr.delete(bob.find('平稳'), bob.find('抓好')));
    bob.type(bob.find('抓好'), '总体');
    const ids = [...idsOf(made, '总体'), ...idsOf(made, '抓好')];
    await restore(made, CHAPTER, { what: 'text', ids, seq });
    expect(linesOf(made)).toEqual(['全市招录工作平稳有序。', '监督检查发现问题三十七件。', '下一步抓好整改落实。']);
    expect(await made.wordsOf(BOB)).toBe('');
  });

  test('[RT11] gets a wording back that stood at another place, where it is now', async () => {
    const { office: made, bob } = office();
    made.now += 3_600_000;
    const seq = head(made);
    const key = render(textOf(made)).markers.map(markerKey)[1]!;
    retype(bob, '三十七', '四十二');
    made.now += 3_600_000;
    // Moved up by hand: cut out, and pasted before the first paragraph.
    const words = '监督检查发现问题四十二件。';
    const at = bob.find(words);
    bob.edit((tr) => tr.delete(at, at + words.length));
    bob.type(1, words);
    retype(bob, '监督', '纪检监督');
    const wordings = await story(made, '检查发现问题四十二');
    const old = wordings.find(({ text }) => text.includes('三十七'))!;
    expect(old).toMatchObject({ elsewhere: true, chapter: CHAPTER });
    expect(old.seq).toBeLessThanOrEqual(seq);
    await restore(made, CHAPTER, { what: 'text', ids: idsOf(made, '检查发现问题四十二'), seq: old.seq, from: old.chapter });
    expect(linesOf(made)[0]).toBe('纪检监督检查发现问题三十七件。全市招录工作平稳有序。');
    expect(key).not.toBe('');
    expect(await plan(made, CHAPTER, { what: 'text', ids: [[9, 9, 9]], seq })).toBe('restore-no-such-text');
  });
});
