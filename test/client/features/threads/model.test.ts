import { describe, expect, it } from 'vitest';
import { findNamed, initialsOf, mentionAt, mentionsIn } from '../../../../client/features/threads/mentions.ts';
import { type Card, inOrder, passes, windowOf } from '../../../../client/features/threads/model.ts';
import type { MemberId, NodeId } from '../../../../shared/ids.ts';

const PEOPLE = ['周砚秋', '贺清漪', '顾亦凡', 'Anna Berg'].map((name, index) => ({ id: `member${index}0000000000` as MemberId, name }));
const [ZHOU, HE] = PEOPLE.map(({ id }) => id) as [MemberId, MemberId];
const [ONE, TWO] = ['node100000000000', 'node200000000000'] as [NodeId, NodeId];

function card(id: number, node: NodeId, order: number, more: Partial<Card['thread']> = {}, state: Card['place']['state'] = 'there'): Card {
  const anchor = { on: 'text' as const, node, ids: [], quote: '', before: '', after: '' };
  const thread = { id, by: HE, at: 0, anchor, comments: [], assigned: null, closed: null, reopened: null, links: [], withdrawn: false };
  return { thread: { ...thread, ...more }, place: { id, state, node, at: [], order, goneAt: 0, changedSince: false } };
}

describe('[TH8] naming somebody in a comment', () => {
  it('an @ of either width opens the search, also over letters that are still composed', () => {
    expect(mentionAt('请 @', 3)).toEqual({ at: 2, find: '' });
    expect(mentionAt("＠zh'y", 5)).toEqual({ at: 0, find: 'zhy' });
    expect(mentionAt('请 @周 看', 6)).toBeNull();
    expect(mentionAt('请看', 2)).toBeNull();
  });

  it('people are found by a part of the name and by the initials of its pinyin', () => {
    expect(initialsOf('周砚秋')).toBe('zyq');
    expect(initialsOf('贺清漪')).toBe('hqy');
    expect(initialsOf('顾亦凡')).toBe('gyf');
    const found = (find: string) => findNamed(PEOPLE, find).map(({ name }) => name);
    expect(found('亦')).toEqual(['顾亦凡']);
    expect(found('zy')).toEqual(['周砚秋']);
    expect(found('HQ')).toEqual(['贺清漪']);
    expect(found('berg')).toEqual(['Anna Berg']);
    expect(found('')).toHaveLength(4);
  });

  it('whoever is named in the text is named, wherever it was changed since, the longer name first', () => {
    const people = [
      { id: ZHOU, name: '王小' },
      { id: HE, name: '王小明' },
    ];
    expect(mentionsIn('改：@王小明 与 ＠王小 都看', people)).toEqual([
      { member: HE, at: 2, length: 4 },
      { member: ZHOU, at: 9, length: 3 },
    ]);
  });
});

describe('[TH9] the list of threads', () => {
  const looker = { me: ZHOU, chapter: ONE };
  const closed = { by: ZHOU, at: 0, seq: 9, disposition: 'adopted' as const, reason: '' };

  it('stands in the order of the report, then of the text, then of time', () => {
    const cards = [card(5, TWO, 0), card(4, ONE, 9), card(3, ONE, 2), card(2, ONE, 9)];
    expect(inOrder(cards, [ONE, TWO]).map(({ thread }) => thread.id)).toEqual([3, 2, 4, 5]);
  });

  it('is filtered by what is open, asked of me, mine, of this chapter, gone, closed', () => {
    const cards = [
      card(1, ONE, 0),
      card(2, TWO, 0, { by: ZHOU }),
      card(3, TWO, 0, { assigned: { by: HE, at: 0, seq: 3, to: ZHOU, due: null } }),
      card(4, ONE, 0, {}, 'gone'),
      card(5, ONE, 0, { closed }),
    ];
    const found = (filter: Parameters<typeof passes>[1]) =>
      cards.filter((one) => passes(one, filter, looker)).map(({ thread }) => thread.id);
    expect([found('open'), found('forMe'), found('mine'), found('chapter'), found('gone'), found('closed')]).toEqual([
      [1, 2, 3, 4],
      [3],
      [2],
      [1, 4],
      [4],
      [5],
    ]);
  });

  it('draws a few of very many, the one that is read among them', () => {
    const cards = Array.from({ length: 1_000 }, (_, index) => card(index + 1, ONE, 0));
    expect(windowOf(cards, null, 40).map(({ thread }) => thread.id)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    for (const current of [1, 40, 41, 500, 1_000]) {
      const drawn = windowOf(cards, current, 40);
      expect(drawn).toHaveLength(40);
      expect(drawn.some(({ thread }) => thread.id === current)).toBe(true);
    }
  });
});
