import { describe, expect, test } from 'vitest';
import { csvOf } from '../../../client/features/history/csv.ts';
import { changedBlocks, latestOf, sameFrame, standsFor, stopsOf } from '../../../client/features/history/frames.ts';
import { GROUPS, groupOf, isHeld } from '../../../client/features/history/kinds.ts';
import { parseSeq } from '../../../client/features/history/links.ts';
import { dayOf, daysAgo, midnightOf, sayDay, sayZone } from '../../../client/features/history/say-day.ts';
import { percent, sharesOf } from '../../../client/features/history/shares.ts';
import { byDay, fewChapters, landmarksIn, type Pages, withNewest, withOlder, withTick } from '../../../client/features/history/sittings.ts';
import type { ChapterAt, Sitting } from '../../../shared/api/history.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { ENTRY_KINDS } from '../../../shared/log/entry.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';

const HOUR = 3_600_000;
const NOON = new Date(2026, 0, 6, 12).getTime();
function sitting(fromSeq: number, toSeq: number, from = NOON): Sitting {
  return {
    id: fromSeq,
    fromSeq,
    toSeq,
    from,
    to: from + 60_000,
    kinds: ['text'],
    members: [],
    chapters: [],
    added: 0,
    removed: 0,
    gist: null,
    outline: [],
    others: [],
    revisions: [],
  };
}
const page = (sittings: readonly Sitting[], next: number | null): Pages => ({ sittings, next, total: sittings.length, kinds: ['text'] });
const ids = (sittings: readonly Sitting[]) => sittings.map(({ id }) => id);

describe('the timeline', () => {
  test('[HY4] sittings stand under their day with its count of entries', () => {
    const days = byDay([sitting(30, 40), sitting(20, 29, NOON - HOUR), sitting(10, 19, NOON - 24 * HOUR)]);
    expect(days.map(({ entries, sittings }) => [entries, ids(sittings)])).toEqual([
      [21, [30, 20]],
      [10, [10]],
    ]);
    expect(sayDay(days[0]!.start, NOON, 'zh-CN')).toBe('1月6日 周二');
    expect(sayDay(days[0]!.start, NOON, 'en')).toBe('6 Jan Tue');
    expect(days.map(({ start }) => daysAgo(start, NOON))).toEqual([0, 1]);
  });

  test('[HY4] the newest page replaces what grew, stands on top of what is shown, and leaves no gap', () => {
    const shown = page([sitting(30, 34), sitting(20, 29), sitting(10, 19)], 10);
    const newest = withNewest(shown, page([sitting(40, 41), sitting(30, 39), sitting(20, 29)], 20));
    expect(newest.sittings.map(({ id, toSeq }) => [id, toSeq])).toEqual([
      [40, 41],
      [30, 39],
      [20, 29],
      [10, 19],
    ]);
    expect(newest.next).toBe(10);
    const far = withNewest(shown, page([sitting(90, 99), sitting(80, 89)], 80));
    expect([ids(far.sittings), far.next]).toEqual([[90, 80], 80]);
    expect(ids(withOlder(newest, page([sitting(10, 19), sitting(1, 9)], null)).sittings)).toEqual([40, 30, 20, 10, 1]);
  });

  test('[RV4] a revision stands over the sitting that it points into, the newest of several on top', () => {
    const named = (id: number, upTo: number): Revision => ({ id, upTo, name: `稿${id}`, note: '', by: 'a' as MemberId, at: NOON });
    const revisions = [named(50, 9), named(60, 12), named(61, 19), named(62, 20)];
    expect(landmarksIn(revisions, sitting(10, 19)).map(({ id }) => id)).toEqual([61, 60]);
    expect(landmarksIn(revisions, sitting(21, 29))).toEqual([]);
  });

  test('[HY4] every kind of entry belongs to one kind of change as people call it', () => {
    expect(Object.values(GROUPS).flat().sort()).toEqual(Object.keys(ENTRY_KINDS).sort());
    expect(groupOf(['particulars', 'members', 'lifecycle'])).toBe('matters');
    expect([groupOf(undefined), groupOf(['members'])]).toEqual([null, null]);
    expect([isHeld('comment', ['text', 'outline']), isHeld('matters', ['members'])]).toEqual([false, true]);
  });

  test('[HY4] a day begins and ends where the viewer is', () => {
    const day = midnightOf('2026-01-06');
    expect(day).toBe(new Date(2026, 0, 6).getTime());
    expect(midnightOf('2026-01-31', 1)).toBe(new Date(2026, 1, 1).getTime());
    expect([dayOf(day), dayOf((day ?? 0) - 1), dayOf(undefined), midnightOf('')]).toEqual(['2026-01-06', '2026-01-05', '', undefined]);
    expect(sayZone(NOON)).toMatch(/^UTC[+−]\d{1,2}(:\d{2})?$/);
  });

  test('[HY4] two points are chosen at most; chapters are listed in the order of the report', () => {
    expect(withTick(withTick(withTick([], 5), 9), 7)).toEqual([9, 7]);
    expect(withTick([5, 9], 5)).toEqual([9]);
    const order = ['a', 'b', 'c', 'd', 'e'] as NodeId[];
    expect(fewChapters(order.toReversed(), order, 3)).toEqual({ shown: ['a', 'b', 'c'], more: 2 });
    expect(['12', '-1', '1e3', '', null].map(parseSeq)).toEqual([12, null, null, null, null]);
  });
});

describe('replay', () => {
  test('[HY5] every entry of the chapter’s sittings is a stop; a long life keeps a bounded number and the end of each sitting', () => {
    const sittings = [sitting(21, 23, NOON + HOUR), sitting(10, 12)];
    expect(stopsOf(sittings).map(({ seq, opens }) => [seq, opens])).toEqual([
      [10, true],
      [11, false],
      [12, false],
      [21, true],
      [22, false],
      [23, false],
    ]);
    const long = stopsOf([sitting(1, 100_000), sitting(100_001, 100_002)], 400);
    expect(long.length).toBeLessThanOrEqual(403);
    expect(long.length).toBeGreaterThan(390);
    expect(long.map(({ seq }) => seq)).toContain(100_000);
    expect(long.at(-1)?.seq).toBe(100_002);
  });

  test('[HY5] pauses are kept or skipped, speed divides', () => {
    expect(standsFor(true, false, 1)).toBeGreaterThan(standsFor(false, false, 1));
    expect(standsFor(true, true, 1)).toBe(standsFor(false, false, 1));
    expect(standsFor(false, true, 4)).toBe(standsFor(false, true, 1) / 4);
  });

  test('[HY5] what changed between two frames is pointed out; frames of other chapters’ entries are seen to be the same', () => {
    const at = (...texts: string[]): ChapterAt => ({
      chapter: 'c' as NodeId,
      seq: 1,
      credits: [
        {
          author: null,
          actor: 'm' as MemberId,
          via: 'import',
          at: 5,
          seq: 1,
          offlineSince: 0,
          movedBy: { member: 'm' as MemberId, at: 9, seq: 4, via: 'typing' },
        },
        { author: 'm' as MemberId, actor: 'm' as MemberId, via: 'typing', at: 7, seq: 3, offlineSince: 0, movedBy: null },
      ],
      blocks: texts.map((text, index) => ({ key: `${index}`, look: { type: 'paragraph', attrs: {} }, runs: [{ text, marks: [], by: 0 }] })),
    });
    expect([...changedBlocks(at('甲', '乙'), at('甲', '丙', '丁'))]).toEqual(['1', '2']);
    expect(sameFrame(at('甲'), at('甲'))).toBe(true);
    expect(sameFrame(at('甲'), at('甲', '乙'))).toBe(false);
    expect(latestOf(at('甲'))).toEqual({ seq: 4, at: 9 });
    expect(latestOf({ ...at(), credits: [] })).toBeNull();
  });
});

describe('contributions', () => {
  test('[HY6] most surviving first, nobody’s last, shares of all that stands', () => {
    const member = (name: string, surviving: number, written = surviving) => ({ member: name as MemberId, surviving, written });
    const shares = sharesOf([
      { member: null, surviving: 60, written: 60 },
      member('a', 10),
      member('b', 30),
      member('idle', 0),
      member('c', 0, 8),
    ]);
    expect(shares.map(({ member, share }) => [member, share])).toEqual([
      ['b', 0.3],
      ['a', 0.1],
      ['c', 0],
      [null, 0.6],
    ]);
    expect([0, 0.0001, 0.5, 0.9999, 1].map(percent)).toEqual([0, 1, 50, 99, 100]);
  });

  test('[HY6] the table opens in a spreadsheet and nothing in it runs', () => {
    const csv = csvOf([
      ['成员', '现存'],
      ['=HYPERLINK("http://x")', 3],
      ['@sum', -1],
      ['-1+2', 0],
      [' =1', 0],
      ['沈,"知"衡', 5],
    ]);
    expect(csv).toBe('\ufeff成员,现存\r\n"\'=HYPERLINK(""http://x"")",3\r\n\'@sum,-1\r\n\'-1+2,0\r\n\' =1,0\r\n"沈,""知""衡",5\r\n');
  });
});
