import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBlanks } from '../../../shared/counting/count.ts';
import { countFigures, figuresOf, maskFigures } from '../../../shared/lifecycle/mask.ts';

describe('figures of a past report', () => {
  test.each([
    ['新增企业12家，完成投资3.5亿元', '新增企业**家，完成投资**亿元'],
    ['同比增长8.6％，占比35%', '同比增长**％，占比**%'],
    ['全年接待1,200人次', '全年接待**人次'],
    ['共办结１２件', '共办结**件'],
    ['压减至3－5个工作日', '压减至**－**个工作日'],
    ['历时3年、6个月', '历时**年、**个月'],
    ['排名第3位', '排名第3位'],
  ])('[LI5] %s', (text, masked) => {
    expect(maskFigures(text)).toBe(masked);
  });

  test.each([
    '2025年度工作情况',
    '2026年1月9日印发',
    '第十四届第3次全体会议',
    '澄园发〔2025〕12号',
    '5月底前',
    '接入B2B平台',
    '已完成**家',
  ])('[LI5] dates, ordinals, numbers of documents and what is masked already stay: %s', (text) => {
    expect(maskFigures(text)).toBe(text);
  });

  test('[LI5] as many are masked as were counted, each becomes a blank, and nothing else changes', () => {
    const word = fc.constantFrom(
      '新增',
      '家',
      '亿元',
      '同比增长',
      '％',
      '2025年',
      '第',
      '次',
      '12',
      '3.5',
      '1,200',
      '，',
      '-',
      '至',
      '**',
      '个百分点',
      '７',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const figures = figuresOf(text);
        const masked = maskFigures(text);
        expect(figures.length).toBe(countFigures(text));
        let from = 0;
        let rebuilt = '';
        for (const { offset, length } of figures) {
          expect(text.slice(offset, offset + length)).toMatch(/^[\d０-９][\d０-９.．,]*$/);
          rebuilt += `${text.slice(from, offset)}**`;
          from = offset + length;
        }
        expect(masked).toBe(rebuilt + text.slice(from));
        if (figures.length > 0) expect(countBlanks(masked).total).toBeGreaterThan(0);
      }),
    );
  });
});
