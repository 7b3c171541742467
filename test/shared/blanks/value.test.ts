import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkValue } from '../../../shared/blanks/value.ts';

const number = (unit: string | null, value: string) => checkValue({ kind: 'number', unit }, value);
const doubts = (unit: string | null, value: string) => number(unit, value).doubts;

describe('a value for a number', () => {
  test('[BL5] figures as official texts write them are right', () => {
    for (const value of ['12', '1200', '1,200', '1 200', '3.5', '十二', '两百零三', '约12', '30余', '10至15', '1.2万', '二十'])
      expect([value, doubts('万元', value)]).toEqual([value, []]);
  });

  test('[BL5] digits come in half width, and the unit that follows anyway is not written twice', () => {
    expect(number('次', '１２次')).toEqual({ value: '12', refusal: null, doubts: [] });
    expect(number('％', '１２．５%')).toEqual({ value: '12.5', refusal: null, doubts: [] });
    expect(number('％', '12%%').value).toBe('12');
    expect(number('亿元', ' 3.5亿元 ').value).toBe('3.5');
    expect(number('万', '万').value).toBe('万');
  });

  test('[BL5] what looks wrong for its unit is told', () => {
    expect(doubts('次', '3.5')).toEqual(['not-whole']);
    expect(doubts('次', '1.2万')).toEqual([]);
    expect(doubts('％', '120')).toEqual(['over-hundred']);
    expect(doubts('人', '-3')).toEqual(['negative']);
    expect(doubts('名', '012')).toEqual(['leading-zero']);
    expect(doubts('次', '12个')).toEqual(['other-unit']);
    expect(doubts('次', '若干')).toEqual(['not-a-figure']);
    expect(doubts(null, '若干')).toEqual(['not-a-figure']);
    expect(doubts('元', '0.5')).toEqual([]);
  });

  test('[BL5] what cannot stand in a line of text is refused', () => {
    expect(['', '  ', '**', '1**', '两\n行', '字'.repeat(61), '字\u0007'].map((value) => number('次', value).refusal)).toEqual([
      'empty',
      'empty',
      'still-masked',
      'still-masked',
      'not-a-line',
      'too-long',
      'not-a-line',
    ]);
  });
});

describe('a value for a name', () => {
  test('[BL5] a name is any words, and only a bare figure is doubted', () => {
    const name = (value: string) => checkValue({ kind: 'name', unit: null }, value);
    expect(name(' 红旗社区 ')).toEqual({ value: '红旗社区', refusal: null, doubts: [] });
    expect(name('7号院').doubts).toEqual([]);
    expect(name('三元').doubts).toEqual([]);
    expect(name('１２').doubts).toEqual(['only-figure']);
  });
});

test('[BL5] whatever is typed, the check says something, and what it would write passes again unchanged', () => {
  const typed = fc.oneof(fc.string(), fc.stringMatching(/^[\d０-９.,，％%次万元约余至十百 -]{0,12}$/));
  const blank = fc.record({
    kind: fc.constantFrom('number' as const, 'name' as const),
    unit: fc.constantFrom(null, '次', '％', '亿元', '万', '个百分点'),
  });
  fc.assert(
    fc.property(blank, typed, (one, value) => {
      const checked = checkValue(one, value);
      if (checked.refusal !== null) return;
      expect(checked.value).not.toBe('');
      const again = checkValue(one, checked.value);
      expect(again.refusal).toBeNull();
      // A unit that was written twice may go once more; digits and white space are settled.
      if (one.unit === null || !checked.value.endsWith(one.unit.slice(-1))) expect(again).toEqual(checked);
    }),
  );
});
