import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAll, LOOSE } from '../../../shared/finding/find.ts';

const EXACT = { matchCase: true, matchWidth: true };

test('[FR1] case and width are the same unless asked otherwise; a place is where it stands in the text as written', () => {
  const text = 'ＡＢＣ公司与abc公司、ABC公司（１２月）';
  expect(findAll(text, 'abc', LOOSE)).toEqual([0, 6, 12]);
  expect(findAll(text, 'abc', { matchCase: true, matchWidth: false })).toEqual([6]);
  expect(findAll(text, 'ABC', { matchCase: false, matchWidth: true })).toEqual([6, 12]);
  expect(findAll(text, '(12月)', LOOSE)).toEqual([17]);
  expect(findAll(text, '(12月)', EXACT)).toEqual([]);
});

test('[FR1] hits do not overlap, half an ideograph is none, and nothing is nowhere', () => {
  expect(findAll('**次，***项', '**', LOOSE)).toEqual([0, 4]);
  expect(findAll('𠮷𠮷', '𠮷'.slice(0, 1), LOOSE)).toEqual([]);
  expect(findAll('甲', '', LOOSE)).toEqual([]);
});

test('[FR1] for any text, what is found exactly is what stands there, and cutting it out leaves none', () => {
  const letters = fc.string({ unit: fc.constantFrom('甲', '乙', 'a', 'A', 'Ａ', '*', '1', '１', '𠮷'), maxLength: 30 });
  fc.assert(
    fc.property(letters, letters, (text, find) => {
      const places = findAll(text, find, EXACT);
      for (const place of places) expect(text.slice(place, place + find.length)).toBe(find);
      if (find !== '') expect(places.length).toBe(text.split(find).length - 1);
      expect(findAll(text, find, LOOSE).length).toBeGreaterThanOrEqual(places.length === 0 ? 0 : 1);
    }),
  );
});
