import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FoundBlank } from '../../../../server/core/blanks/find-blanks.ts';
import { blankId } from '../../../../shared/blanks/blank.ts';
import { findBlanks } from '../../../../shared/counting/count.ts';
import { paragraphsUpdate } from '../../../../shared/text/seed.ts';
import { ALICE, BOB, CHAPTER, Copy, Office, OTHER, REPORT } from '../../text-engine/office.ts';

let office: Office;
let alice: Copy;
let bob: Copy;

function imported(...lines: string[]): void {
  office = new Office();
  office.submit(
    CHAPTER,
    'server',
    ALICE,
    paragraphsUpdate(
      lines.map((text) => ({ kind: 'paragraph', text })),
      2,
    ),
    'import',
  );
  alice = new Copy(office, CHAPTER, ALICE, 100_001);
  bob = new Copy(office, CHAPTER, BOB, 100_002);
}
const blanks = (): Promise<readonly FoundBlank[]> => office.engine.history(REPORT, 'blanks', { chapters: [CHAPTER, OTHER] });
const told = async (): Promise<string[]> =>
  (await blanks()).map(
    ({ state, mask, value, kind, unit }) => `${state} ${state === 'filled' ? `${mask}=${value}` : mask} ${unit ?? kind}`,
  );
/** Selects the words and types over them. */
function over(copy: Copy, words: string, value: string, from = 0, length = words.length): void {
  const at = copy.find(words) + from;
  copy.edit((tr) => tr.replaceWith(at, at + length, tr.doc.type.schema.text(value)));
}
function erase(copy: Copy, words: string, from = 0, length = words.length): void {
  const at = copy.find(words) + from;
  copy.edit((tr) => tr.delete(at, at + length));
}

beforeEach(() => imported('全年召开会议**次、集中研讨*次。先后与**党支部结对，同比增长*.*％。'));

describe('what is a blank', () => {
  test('[BL1] every mask of an imported text is one, with its kind, unit and sentence', async () => {
    expect(await told()).toEqual(['open ** 次', 'open * 次', 'open ** name', 'open *.* ％']);
    const [first, , third] = await blanks();
    expect(first).toMatchObject({ before: '全年召开会议', after: '次、集中研讨*次。', chapter: CHAPTER, value: '', by: null });
    expect(third).toMatchObject({ before: '先后与', after: '党支部结对，同比增长*.*％。' });
  });

  test('[BL1] a mask that somebody types becomes one as soon as it stands there', async () => {
    alice.type(alice.find('先后'), '走访企业***家。');
    expect(await told()).toContain('open *** 家');
    erase(alice, '***');
    expect(await told()).toHaveLength(4);
  });

  test('[BL2] crosses beside Chinese words are told as hints and never as blanks', async () => {
    imported('XX市×月×日，1+X证书，5×8米，X光检查，慰问x户。');
    expect(await told()).toEqual(['hint XX name', 'hint × name', 'hint × name', 'hint x name']);
  });
});

test('[BL7] a text made to cost much, of masks that stand and masks that went, is told in one go', async () => {
  imported('甲**'.repeat(20_000));
  erase(bob, '甲**'.repeat(5_000), 0, 15_000);
  expect(await blanks()).toHaveLength(15_000);
});

describe('what is filled in by hand', () => {
  test('[BL6] typing over the mask fills it, under the name and time of who typed', async () => {
    over(alice, '**次', '12', 0, 2);
    expect((await blanks())[0]).toMatchObject({
      state: 'filled',
      mask: '**',
      value: '12',
      kind: 'number',
      unit: '次',
      before: '全年召开会议',
      by: { member: ALICE, via: 'typing', at: office.now },
    });
    expect(await told()).toEqual(['filled **=12 次', 'open * 次', 'open ** name', 'open *.* ％']);
  });

  test('[BL6] so does letter after letter, before or behind, and a mask taken away star by star', async () => {
    erase(alice, '**次', 1, 1);
    alice.type(alice.find('*次'), '1');
    alice.type(alice.find('*次'), '2');
    erase(alice, '*次', 0, 1);
    expect((await told())[0]).toBe('filled **=12 次');
    alice.type(alice.find('次。'), '7');
    erase(alice, '*7', 0, 1);
    expect((await told())[1]).toBe('filled *=7 次');
  });

  test('[BL6] a value that is put right belongs to who wrote it last', async () => {
    over(alice, '**党', '红旗', 0, 2);
    over(bob, '红旗', '红星');
    expect((await blanks())[2]).toMatchObject({ state: 'filled', value: '红星', by: { member: BOB } });
  });

  test('[BL6] words written beside the value later are no part of a figure', async () => {
    over(alice, '**次', '12', 0, 2);
    bob.type(bob.find('12'), '共计整整有过约略不少于正好恰恰');
    expect((await told())[0]).toBe('filled **=12 次');
  });

  test('[BL6] a sentence written anew around the mask has its value where the same words stand beside it', async () => {
    over(bob, '全年召开会议**次', '全年先后召开会议15次');
    expect((await told())[0]).toBe('filled **=15 次');
    over(bob, '先后与**党支部结对', '同前进党支部、红星党支部结对');
    expect(await told()).toEqual(['filled **=15 次', 'open * 次', 'open *.* ％']);
  });

  test('[BL7] a mask that goes with its text is no blank any more, and comes back with it', async () => {
    erase(bob, '先后与**党支部结对，');
    expect(await told()).toEqual(['open ** 次', 'open * 次', 'open *.* ％']);
    bob.undo.undo();
    expect(await told()).toHaveLength(4);
  });

  test('[BL7] undo empties it again, and it is the same blank', async () => {
    const [before] = await blanks();
    over(bob, '**次', '12', 0, 2);
    expect(blankId((await blanks())[0]!)).toBe(blankId(before!));
    bob.undo.undo();
    expect(await told()).toHaveLength(4);
    expect(blankId((await blanks())[0]!)).toBe(blankId(before!));
  });

  test('[BL7] a `*` typed by mistake and replaced at once was never a blank', async () => {
    alice.type(alice.find('先后'), '*');
    over(alice, '*先', '（', 0, 1);
    expect(await told()).toHaveLength(4);
  });
});

describe('what becomes of a blank when its text changes', () => {
  test('[BL7] in a paragraph that is moved, an open and a filled blank stay the same', async () => {
    over(alice, '**次', '12', 0, 2);
    const before = (await blanks()).map(blankId);
    const words = '全年召开会议12次、集中研讨*次。';
    erase(bob, words);
    bob.type(bob.find('同比'), words);
    const after = await blanks();
    expect(await told()).toEqual(['open ** name', 'filled **=12 次', 'open * 次', 'open *.* ％']);
    expect(new Set(after.map(blankId))).toEqual(new Set(before));
    expect(after[1]).toMatchObject({ by: { member: ALICE } });
  });

  test('[BL7] moved into another chapter it is listed there', async () => {
    const [first] = await blanks();
    erase(bob, '全年召开会议**次、集中研讨*次。');
    const other = new Copy(office, OTHER, BOB, 100_003);
    other.type(1, '全年召开会议**次、集中研讨*次。');
    const moved = (await blanks()).find((blank) => blankId(blank) === blankId(first!));
    expect(moved).toMatchObject({ chapter: OTHER, state: 'open', unit: '次' });
  });

  test('[BL7] copied, the copy is another blank', async () => {
    alice.type(alice.find('先后'), '再开会议**次。');
    const ids = (await blanks()).map(blankId);
    expect(new Set(ids).size).toBe(5);
  });

  test('[BL7] split in two, the first half stays the same blank; shortened and written anew it does, too', async () => {
    imported('拟投资****万元。');
    const [first] = await blanks();
    alice.type(alice.find('****') + 2, '至');
    expect((await blanks()).map(blankId)).toEqual([blankId(first!), expect.not.stringMatching(`^${blankId(first!)}$`)]);
    erase(alice, '至');
    expect(await told()).toEqual(['open **** 万元']);
    over(alice, '****', '***');
    const now = await blanks();
    expect(now).toHaveLength(1);
    expect(now[0]!.ids.map(({ client, clock }) => `${client}.${clock}`)).toContain(blankId(first!).split('.').slice(1).join('.'));
  });

  test('[BL7] when the paragraph is split or joined nothing about it changes', async () => {
    over(alice, '**次', '12', 0, 2);
    const before = await told();
    bob.edit((tr) => tr.split(bob.find('先后')));
    expect(await told()).toEqual(before);
    bob.edit((tr) => tr.join(bob.find('先后') - 1));
    expect(await told()).toEqual(before);
  });
});

describe('two people at once', () => {
  test('[BL8] who typed over a mask without seeing the other’s value is told of as a rival', async () => {
    bob.goOffline();
    over(alice, '**次', '12', 0, 2);
    over(bob, '**次', '15', 0, 2);
    bob.comeBack();
    const [first] = await blanks();
    expect(first?.state).toBe('filled');
    expect(new Set(first?.rivals.map(({ member, value }) => `${member} ${value}`))).toEqual(new Set([`${ALICE} 12`, `${BOB} 15`]));
    // Whoever chooses takes the other value out.
    erase(bob, '15');
    expect((await blanks())[0]).toMatchObject({ value: '12', rivals: [] });
  });

  test('[BL8] who writes beside a value that they see is no rival', async () => {
    over(alice, '**次', '12', 0, 2);
    bob.type(bob.find('12') + 2, '3');
    bob.type(bob.find('123'), '4');
    expect((await blanks())[0]).toMatchObject({ value: '4123', rivals: [] });
  });
});

test('[BL7] whatever is typed, deleted, undone and moved, the open blanks are exactly the masks that stand, and no blank is told twice', async () => {
  const words = ['**', '*', '会议', '12', '次', '。', '*.*％'];
  const act = fc.tuple(fc.constantFrom('type', 'erase', 'undo', 'move', 'fill'), fc.nat(), fc.nat(), fc.nat(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      imported('全年召开会议**次、集中研讨*次。', '先后与**党支部结对，同比增长*.*％。');
      for (const [what, a, b, c, first] of acts) {
        const copy = first ? alice : bob;
        const text = copy.text.toString();
        copy.edit((tr) => {
          const size = tr.doc.content.size;
          const from = 1 + (a % Math.max(1, size - 1));
          const to = Math.min(size - 1, from + (b % 12));
          const { schema } = tr.doc.type;
          if (what === 'type') tr.insert(nearest(tr.doc, from), schema.text(words[c % words.length]!));
          else if (what === 'erase' && to > from) tr.delete(nearest(tr.doc, from), nearest(tr.doc, to));
          else if (what === 'move' && to > from) {
            const cut = tr.doc.textBetween(nearest(tr.doc, from), nearest(tr.doc, to));
            tr.delete(nearest(tr.doc, from), nearest(tr.doc, to));
            if (cut !== '') tr.insert(nearest(tr.doc, 1 + (c % Math.max(1, tr.doc.content.size - 1))), schema.text(cut));
          }
        });
        if (what === 'undo') copy.undo.undo();
        if (what === 'fill' && text.includes('*')) over(copy, '*', String(c % 100), 0, 1);
      }
      const found = await blanks();
      const lines: string[] = [];
      for (const line of office.document(CHAPTER).getText('t').toDelta() as { insert: unknown }[])
        lines.push(typeof line.insert === 'string' ? line.insert : '\n');
      const masks = findBlanks(lines.join('')).map(({ offset, length }) => lines.join('').slice(offset, offset + length));
      expect(found.filter(({ state }) => state === 'open').map(({ mask }) => mask)).toEqual(masks);
      const units = found.flatMap(({ ids }) =>
        ids.flatMap(({ chapter, client, clock, length }) => Array.from({ length }, (_, at) => `${chapter}.${client}.${clock + at}`)),
      );
      const open = found.filter(({ state }) => state === 'open').flatMap(({ at }) => at.map((ids) => ids.join('.')));
      expect(new Set(open).size).toBe(open.length);
      expect(found.filter(({ state }) => state === 'filled').every(({ value, at }) => value !== '' && at.length > 0)).toBe(true);
      expect(units.length).toBeGreaterThanOrEqual(found.length);
      // The same after a rebuild from the log.
      const again = new Office();
      for (const { subject, author, text: entry } of office.log.slice(2))
        again.submit(subject, entry.via === 'import' ? 'server' : author, author, entry.update, entry.via);
      const rebuilt = await again.engine.history(REPORT, 'blanks', { chapters: [CHAPTER, OTHER] });
      expect(rebuilt.map(({ state, ids, value }) => ({ state, ids, value }))).toEqual(
        found.map(({ state, ids, value }) => ({ state, ids, value })),
      );
    }),
    { numRuns: 60 },
  );
});

function nearest(doc: Parameters<Parameters<Copy['edit']>[0]>[0]['doc'], at: number): number {
  const $at = doc.resolve(Math.max(0, Math.min(at, doc.content.size)));
  return $at.parent.isTextblock ? at : Math.min(doc.content.size - 1, at + 1);
}
