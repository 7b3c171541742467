import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isWaiting,
  passes,
  progressByChapter,
  progressByPerson,
  progressOf,
  stepFrom,
  todayOf,
} from '../../../client/features/blanks/model.ts';
import type { BlankView } from '../../../shared/api/blanks.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';

const ONE = 'chapter000000001' as NodeId;
const TWO = 'chapter000000002' as NodeId;
const ALICE = 'alice00000000000' as MemberId;
const BOB = 'bob0000000000000' as MemberId;

function blank(id: string, chapter: NodeId, more: Partial<BlankView> = {}): BlankView {
  return {
    id,
    where: 'text',
    chapter,
    state: 'open',
    mask: '**',
    kind: 'number',
    unit: '次',
    before: '',
    after: '',
    value: '',
    at: [[1, 0, 2]],
    filled: null,
    assigned: null,
    dismissed: null,
    guess: null,
    ...more,
  };
}
const filled = { by: ALICE, at: 1, seq: 1, byHand: false, source: '', rivals: [] };
const to = (member: MemberId, due: string | null = null) => ({ to: member, due, by: ALICE, at: 1, seq: 1 });
const list = [
  blank('a', ONE, { state: 'filled', value: '12', filled, assigned: to(BOB) }),
  blank('b', ONE, { assigned: to(BOB, '2026-11-30') }),
  blank('c', ONE, { state: 'dismissed' }),
  blank('d', TWO, {
    state: 'filled',
    value: '1215',
    filled: {
      ...filled,
      rivals: [
        { member: ALICE, value: '12' },
        { member: BOB, value: '15' },
      ],
    },
  }),
  blank('e', TWO, { state: 'hint' }),
  blank('f', TWO),
  blank('g', TWO, { state: 'gone', assigned: to(ALICE) }),
];

describe('the list of blanks', () => {
  test('[BL14] progress counts what waits and what is filled; what is none, gone or a hint does not count, and two values at once still wait', () => {
    expect(progressOf(list)).toEqual({ filled: 1, total: 4 });
    expect(progressByChapter(list).get(ONE)).toEqual({ filled: 1, total: 2 });
    expect(progressByChapter(list).get(TWO)).toEqual({ filled: 0, total: 2 });
    expect(progressByPerson(list, '2026-12-01')).toEqual([{ member: BOB, filled: 1, total: 2, overdue: 1 }]);
    expect(progressByPerson(list, '2026-11-30')[0]?.overdue).toBe(0);
  });

  test('[BL14] every filter shows its own, and every blank is in one of them', () => {
    const ids = (filter: Parameters<typeof passes>[1]) => list.filter((one) => passes(one, filter, BOB)).map(({ id }) => id);
    expect([ids('open'), ids('mine'), ids('filled'), ids('dismissed'), ids('hint'), ids('gone')]).toEqual([
      ['b', 'd', 'f'],
      ['b'],
      ['a'],
      ['c'],
      ['e'],
      ['g'],
    ]);
  });

  test('[BL14] steps go from where one is to the next that waits, and around', () => {
    const step = (from: Parameters<typeof stepFrom>[1], direction: 1 | -1) => stepFrom(list, from, [ONE, TWO], direction)?.id;
    expect([step(null, 1), step(null, -1)]).toEqual(['b', 'f']);
    expect([step({ blank: 'b' }, 1), step({ blank: 'f' }, 1), step({ blank: 'b' }, -1)]).toEqual(['d', 'b', 'f']);
    // From one that is filled by now the way goes on from its place.
    expect([step({ blank: 'a' }, 1), step({ blank: 'c' }, 1), step({ blank: 'c' }, -1), step({ blank: 'g' }, 1)]).toEqual([
      'b',
      'd',
      'b',
      'b',
    ]);
    expect([step({ chapter: TWO, before: 0 }, 1), step({ chapter: TWO, before: 1 }, 1), step({ chapter: TWO, before: 0 }, -1)]).toEqual([
      'd',
      'f',
      'b',
    ]);
    expect(stepFrom([], null, [], 1)).toBeNull();
  });

  test('[BL14] stepping on from any of them meets each that waits once before the first comes again', () => {
    const states = fc.constantFrom<BlankView['state']>('open', 'filled', 'dismissed', 'hint', 'gone');
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 12 }), fc.nat(), (all, start) => {
        const made = all.map((state, index) => blank(String(index), index % 2 === 0 ? ONE : TWO, { state }));
        const blanks = [ONE, TWO].flatMap((chapter) => made.filter((one) => one.chapter === chapter));
        const waiting = blanks.filter(isWaiting);
        let at: Parameters<typeof stepFrom>[1] = { blank: blanks[start % blanks.length]!.id };
        const met: string[] = [];
        for (let count = 0; count < waiting.length; count += 1) {
          const next: BlankView = stepFrom(blanks, at, [ONE, TWO], 1)!;
          met.push(next.id);
          at = { blank: next.id };
        }
        expect(new Set(met)).toEqual(new Set(waiting.map(({ id }) => id)));
      }),
    );
  });

  test('[BL12] today is a day of the place where one is', () => {
    expect(todayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
