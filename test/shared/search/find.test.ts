import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf, findAll, foldQuery, foldText, judgeQuery } from '../../../shared/search/find.ts';

const find = (text: string, query: string): string[] =>
  findAll(foldText(text), foldQuery(query), 100).found.map(({ offset, length }) => text.slice(offset, offset + length));

describe('finding words', () => {
  test.each([
    ['营商环境建设', '商环', ['商环']],
    ['增长８．６％', '8.6%', ['８．６％']],
    ['增长8.6%', '８．６％', ['8.6%']],
    ['GDP与gdp', 'Gdp', ['GDP', 'gdp']],
    ['㎡和m2', 'm2', ['㎡', 'm2']],
    ['“放管服”改革', '放管服', ['放管服']],
    ['甲　乙', '甲 乙', ['甲　乙']],
    ['𠮷野家', '𠮷野', ['𠮷野']],
    ['啊啊啊啊', '啊啊', ['啊啊', '啊啊']],
  ])('[SE1] in %s, %s', (text, query, hits) => {
    expect(find(text, query)).toEqual(hits);
  });

  test('[SE1] every hit, folded, is the folded query, and a text is found in itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (words, more) => {
        const query = foldQuery(words);
        const text = `${more}${words}${more}`;
        if (query !== '' && query === foldText(words).folded) expect(find(text, words).length).toBeGreaterThan(0);
        for (const hit of find(text, words)) expect(foldText(hit).folded).toContain(query);
      }),
    );
  });

  test('an excerpt has the hit with a little of its line, cut at whole characters', () => {
    const text = `前一行\n${'前'.repeat(40)}𠮷命中${'后'.repeat(80)}\v后一行`;
    const [hit] = findAll(foldText(text), '命中', 1).found;
    const { before, hit: words, after } = excerptOf(text, hit!);
    expect(words).toBe('命中');
    expect(before).toBe(`…${'前'.repeat(17)}𠮷`);
    expect(after).toBe(`${'后'.repeat(36)}…`);
    expect(excerptOf('上\n短命中\n下', { offset: 3, length: 2 })).toEqual({ before: '短', hit: '命中', after: '' });
    expect(excerptOf('短命中', { offset: 1, length: 2 })).toEqual({ before: '短', hit: '命中', after: '' });
  });

  test('[SE3] a query is judged by its characters', () => {
    expect(judgeQuery('  ')).toBe('empty');
    expect(judgeQuery(' 商 ')).toBe('too-short');
    expect(judgeQuery('𠮷')).toBe('too-short');
    expect(judgeQuery('营商')).toBe('fine');
    expect(judgeQuery('长'.repeat(65))).toBe('too-long');
  });
});
