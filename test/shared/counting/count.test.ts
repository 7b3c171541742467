import { describe, expect, test } from 'vitest';
import { addCounts, countBlanks, countCharacters, countText, findBlanks, NO_TEXT } from '../../../shared/counting/count.ts';

describe('counting characters', () => {
  test('[OU6] counts every character and mark, and neither white space nor line ends', () => {
    expect(countCharacters('全年召开会议12次，\r\n完成　三项。 OK')).toBe('全年召开会议12次，完成三项。OK'.length);
    expect(countCharacters('')).toBe(0);
    expect(countCharacters('\uFEFF \t\u3000\u00a0\n')).toBe(0);
  });

  test('[OU6] counts a character outside the first plane once', () => {
    expect(countCharacters('𠮷𬱖区')).toBe(3);
  });
});

const kinds = (text: string) => findBlanks(text).map((blank) => (blank.kind === 'number' ? `${blank.unit ?? '#'}` : 'name'));

describe('masked figures', () => {
  test('[IM6] a mask before a unit or ％ is a number and knows its unit', () => {
    expect(kinds('召开会议**次、座谈*场，投资***亿元，增幅*.*％，惠及**余户，提高**个百分点')).toEqual([
      '次',
      '场',
      '亿元',
      '％',
      '户',
      '个百分点',
    ]);
  });

  test('[IM6] a mask before a common word that begins like a unit is a name', () => {
    expect(kinds('走访**项目、**党支部、**社区、**人民医院、**名单、**条例、**家园、**年度会议')).toEqual(Array(8).fill('name'));
    expect(kinds('**名在职党员')).toEqual(['名']);
  });

  test('[IM6] a mask after 增长, 达, 同比 or inside a figure is a number without a unit', () => {
    expect(kinds('同比增长**，总量达到*，共**，其中1**，*.5')).toEqual(['#', '#', '#', '#', '#']);
  });

  test('[IM6] both ends of a range take the unit of the second', () => {
    expect(kinds('每季度评选*－**名')).toEqual(['名', '名']);
  });

  test('[IM6] gives the exact place of each mask and takes `*.*` for one', () => {
    const text = '满意度*.*分，**、***镇';
    expect(findBlanks(text).map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(['*.*', '**', '***']);
    expect(countBlanks(text)).toEqual({ total: 3, numbers: 1, names: 2 });
  });

  test('[IM6] a line of nothing but asterisks is a rule, not a blank', () => {
    expect(countBlanks('上文\n***\n下文**次')).toEqual({ total: 1, numbers: 1, names: 0 });
    expect(countBlanks('*****')).toEqual({ total: 0, numbers: 0, names: 0 });
  });

  test('[IM6] stays linear in a hostile text of masks on one line', () => {
    expect(countBlanks('***甲'.repeat(200_000)).total).toBe(200_000);
  });
});

describe('字数 in three ways', () => {
  test.each([
    ['', 0, 0, 0],
    ['　\n \t', 0, 0, 0],
    ['防汛工作。', 5, 4, 5],
    ['“一网通办”改革——提质', 12, 8, 12],
    ['GDP增长3.5％', 9, 9, 5],
    ['共1,000人，9:30开会', 14, 13, 7],
    ['2024，2025年', 10, 9, 4],
    ['同比增长**％。', 8, 7, 7],
    ['增长*.*%。', 7, 6, 4],
    ['in full, no', 9, 8, 3],
    ['一是 甲；二是 乙', 7, 6, 7],
    ['1～3月', 4, 3, 4],
    ['《办法》（试行）', 8, 4, 8],
    ['𠮷日', 2, 2, 2],
  ])('[CO1] %j', (text, characters, withoutPunctuation, words) => {
    expect(countText(text)).toEqual({ characters, withoutPunctuation, words });
    expect(countText(text).characters).toBe(countCharacters(text));
  });

  test('[CO1] of several texts the figures add up', () => {
    const [one, other] = ['全年开展演练5次。', 'GDP增长3.5％'];
    expect(addCounts(countText(one), countText(other))).toEqual(countText(`${one}\n${other}`));
    expect(addCounts(NO_TEXT, countText(one))).toEqual(countText(one));
  });
});
