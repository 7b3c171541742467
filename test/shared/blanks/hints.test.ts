import { describe, expect, test } from 'vitest';
import { isDay, isOverdue } from '../../../shared/blanks/due.ts';
import { findHints, guessesOf, sentenceAround } from '../../../shared/blanks/hints.ts';
import { findBlanks } from '../../../shared/counting/count.ts';

const hints = (text: string) => findHints(text).map(({ offset, length }) => text.slice(offset, offset + length));
const guesses = (line: string) => guessesOf(line, findBlanks(line));

describe('crosses', () => {
  test('[BL2] beside Chinese words, or before a unit, they may be meant as blanks', () => {
    expect(hints('XX市××局xx同志，X月X日，慰问x户')).toEqual(['XX', '××', 'xx', 'X', 'X', 'x']);
  });

  test('[BL2] in formulas, names and foreign words they are something else', () => {
    expect(hints('1+X证书、5×8米、1080×1920、X光、X射线、x轴、Excel、XX1、iPhone X发布、SpaceX公司')).toEqual([]);
  });
});

describe('what may speak against a blank', () => {
  test('[BL9] a sign between figures, a pair around words, a bullet and a note mark are told as such, and only proposed', () => {
    expect(guesses('每天5*8小时值守')).toEqual(['times']);
    expect(guesses('**重点任务**抓好落实')).toEqual(['emphasis', 'emphasis']);
    expect(guesses('* 第一项')).toEqual(['bullet']);
    expect(guesses('见附件二（略）*')).toEqual(['footnote']);
  });

  test('[BL9] masks in a row of a sentence are blanks without any doubt', () => {
    expect(guesses('妥善化解**、**等企业农民工讨薪集访')).toEqual([null, null]);
    expect(guesses('组织**次、集中研讨**次')).toEqual([null, null]);
    expect(guesses('先后与**党支部结对，与**党支部共建')).toEqual([null, null]);
  });
});

test('[BL1] a sentence is told from its beginning to its end, and of a long one what is near', () => {
  const line = '前一句。全年召开会议**次；后一句。';
  const at = line.indexOf('**');
  expect(sentenceAround(line, at, at + 2)).toEqual({ before: '全年召开会议', after: '次；' });
  const long = `${'字'.repeat(200)}**${'字'.repeat(200)}`;
  expect(sentenceAround(long, 200, 202)).toEqual({ before: '字'.repeat(60), after: '字'.repeat(60) });
});

test('[BL13] a day is one of the calendar, and is over when it has passed', () => {
  expect(['2026-12-01', '2024-02-29', '2026-02-29', '2026-13-01', '2026-12-00', '2026-1-1', '', '2100-02-29'].map(isDay)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect([isOverdue('2026-12-01', '2026-12-01'), isOverdue('2026-12-01', '2026-12-02'), isOverdue(null, '2026-12-02')]).toEqual([
    false,
    true,
    false,
  ]);
});
