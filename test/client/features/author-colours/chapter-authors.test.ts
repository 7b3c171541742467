import { expect, test } from 'vitest';
import { ChapterAuthors } from '../../../../client/features/author-colours/chapter-authors.ts';
import type { ChapterBlame, Credit } from '../../../../shared/api/history.ts';
import type { ChapterId, MemberId } from '../../../../shared/ids.ts';
import type { AttributionMessage } from '../../../../shared/wire/protocol.ts';

const [ANNA, BEN] = ['anna000000000000', 'ben0000000000000'] as [MemberId, MemberId];
const credit = (author: MemberId | null, seq: number): Credit => ({
  author,
  actor: author ?? ANNA,
  via: author === null ? 'import' : 'typing',
  at: seq * 1_000,
  seq,
  offlineSince: 0,
  movedBy: null,
});
const message = (author: MemberId, seq: number, clock: number, length = 1): AttributionMessage => ({
  kind: 'attribution',
  seq,
  at: seq * 1_000,
  author,
  actor: author,
  via: 'typing',
  ranges: [{ client: 70_000, clock, length }],
});
const blame = (seq: number, credits: readonly Credit[]): ChapterBlame => ({
  chapter: 'chapter000000001' as ChapterId,
  seq,
  credits,
  blocks: [{ key: '1.0', runs: [{ length: 5, by: 0, ids: [[70_000, 0, 5]] }] }],
});
const markOf = ({ author, seq }: Credit) => (author === null ? null : { colour: 1, secondRound: false, label: `${author} ${seq}` });
const told = (authors: ChapterAuthors): string[] => {
  const found: string[] = [];
  authors.each(70_000, 0, 20, (from, to, mark) => found.push(`${from}-${to} ${mark.label}`));
  return found;
};

test('[LA2] entries told while the server is asked are not lost, nor told twice', async () => {
  let answer: (blame: ChapterBlame) => void = () => undefined;
  const authors = new ChapterAuthors(() => new Promise((resolve) => (answer = resolve)), markOf);
  let changes = 0;
  authors.onChange(() => {
    changes += 1;
  });
  const asked = authors.ask();
  authors.hear(message(BEN, 8, 5));
  authors.hear(message(BEN, 9, 6));
  answer(blame(8, [credit(ANNA, 7)]));
  await asked;
  expect(told(authors)).toEqual([`0-5 ${ANNA} 7`, `6-7 ${BEN} 9`]);
  expect(changes).toBe(3);
});

test('[LA2] imported text has no colour; text in longer pieces makes the page ask again', async () => {
  const authors = new ChapterAuthors(async () => blame(3, [credit(null, 3)]), markOf);
  await authors.ask();
  expect(told(authors)).toEqual([]);
  expect(authors.hear(message(ANNA, 4, 5))).toBe(false);
  expect(authors.hear(message(ANNA, 5, 6, 12))).toBe(true);
  expect(authors.hear({ ...message(BEN, 6, 18), via: 'restore' })).toBe(true);
  expect(told(authors)[0]).toBe(`5-18 ${ANNA} 5`);
});
