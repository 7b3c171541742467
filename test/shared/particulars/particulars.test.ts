import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../shared/ids.ts';
import { parseParticularsEvent } from '../../../shared/log/events.ts';
import { decideParticulars, faultOf, faultsOf, isDate, tidyValue } from '../../../shared/particulars/decide.ts';
import {
  NO_PARTICULARS,
  type ParticularField,
  type Particulars,
  type ParticularValue,
  particularOf,
  reduceParticulars,
  sayDate,
} from '../../../shared/particulars/particulars.ts';

const by = 'm'.repeat(16) as MemberId;
const withValues = (values: Partial<Record<ParticularField, ParticularValue>>): Particulars =>
  Object.entries(values).reduce(
    (now, [field, value], index) =>
      reduceParticulars(now, { op: 'set', field: field as ParticularField, was: '', value }, { author: by, at: 7, seq: index + 1 }),
    NO_PARTICULARS,
  );

describe('a report’s particulars', () => {
  test.each<[ParticularField, ParticularValue, ReturnType<typeof faultOf>]>([
    ['signer', '沈知微', null],
    ['signer', '沈\n知微', 'one-line'],
    ['signer', `a\uD800`, 'one-line'],
    ['signer', '长'.repeat(201), 'too-long'],
    ['signer', ['沈知微'], 'one-line'],
    ['addressees', ['市委', '市政府'], null],
    ['addressees', ['市委', '市委'], 'repeated'],
    ['addressees', '市委', 'not-a-list'],
    ['addressees', Array.from({ length: 51 }, (_, index) => `${index}`), 'too-many'],
    ['attachments', ['长'.repeat(201)], 'too-long'],
    ['secrecy', 'secret', null],
    ['secrecy', 'very-secret', 'not-a-choice'],
    ['urgency', '', null],
    ['date', '2026-01-09', null],
    ['date', '2026-1-9', 'not-a-date'],
    ['date', '2026-02-29', 'not-a-date'],
  ])('[PA2] %s: %j is %s', (field, value, fault) => {
    expect(faultOf(field, value)).toBe(fault);
  });

  test('[PA2] dates are days that exist', () => {
    expect(isDate('2024-02-29')).toBe(true);
    expect(isDate('2000-02-29')).toBe(true);
    expect(isDate('1900-02-29')).toBe(false);
    expect(isDate('2026-13-01')).toBe(false);
    expect(isDate('2026-00-10')).toBe(false);
    expect(isDate('2026-04-31')).toBe(false);
  });

  test('[PA2] a period needs a level, and printing does not come before the date', () => {
    expect(faultsOf({ secrecyPeriod: '1年' })).toEqual({ secrecyPeriod: 'period-alone' });
    expect(faultsOf({ secrecyPeriod: '1年', secrecy: 'secret' })).toEqual({});
    expect(faultsOf({ date: '2026-01-09', printDate: '2026-01-08' })).toEqual({ printDate: 'print-before-date' });
    expect(faultsOf({ date: '2026-01-09', printDate: '2026-01-09' })).toEqual({});
  });

  test('[PA1] a change of another value than what stands is a clash with what stands; all are taken or none', () => {
    const now = withValues({ signer: '陆闻远', note: '此件公开发布' });
    const answer = decideParticulars(now, [
      { field: 'signer', was: '', value: '沈知微' },
      { field: 'note', was: '此件公开发布', value: '' },
    ]);
    expect(answer).toEqual({ ok: false, error: { code: 'particulars-clash', fields: { signer: '陆闻远' } } });
  });

  test('[PA1] each changed field is an event of its own; what stands already makes none', () => {
    const now = withValues({ signer: '沈知微' });
    const answer = decideParticulars(now, [
      { field: 'signer', was: '', value: ' 沈知微 ' },
      { field: 'addressees', was: [], value: [' 市委 ', '', '市政府'] },
    ]);
    expect(answer).toEqual({ ok: true, value: [{ op: 'set', field: 'addressees', was: [], value: ['市委', '市政府'] }] });
  });

  test('[PA2] a fault anywhere refuses everything and is named by its field', () => {
    const answer = decideParticulars(NO_PARTICULARS, [
      { field: 'date', was: '', value: '昨天' },
      { field: 'signer', was: '', value: '沈知微' },
    ]);
    expect(answer).toEqual({ ok: false, error: { code: 'particulars-bad', faults: { date: 'not-a-date' } } });
  });

  test('[PA1] the fold holds the last value of each field with its author and entry', () => {
    const one = reduceParticulars(
      withValues({ signer: '陆闻远' }),
      { op: 'set', field: 'signer', was: '陆闻远', value: '沈知微' },
      { author: by, at: 9, seq: 12 },
    );
    expect(particularOf(one, 'signer')).toBe('沈知微');
    expect(one.set.signer).toEqual({ by, at: 9, seq: 12 });
    expect(particularOf(one, 'copies')).toEqual([]);
  });

  test('a date is said with arabic numerals and without leading zeros', () => {
    expect(sayDate('2026-01-09')).toBe('2026年1月9日');
    expect(sayDate('2026-11-30')).toBe('2026年11月30日');
    expect(sayDate('')).toBe('');
  });

  test('white space at the ends and empty items are not kept', () => {
    expect(tidyValue('  甲 ')).toBe('甲');
    expect(tidyValue(['', ' 甲 '])).toEqual(['甲']);
  });

  test('an event of another shape is named as such', () => {
    expect(() => parseParticularsEvent({ op: 'set', field: 'colour', was: '', value: '' })).toThrow('"colour"');
    expect(() => parseParticularsEvent({ op: 'set', field: '__proto__', was: '', value: '' })).toThrow('"__proto__"');
    expect(() => parseParticularsEvent({ op: 'set', field: 'signer', was: '', value: 3 })).toThrow('"value" is not a string');
    expect(() => parseParticularsEvent({ op: 'set', field: 'copies', was: [], value: [3] })).toThrow('"value" holds');
    expect(parseParticularsEvent({ op: 'set', field: 'copies', was: [], value: ['甲'] })).toEqual({
      op: 'set',
      field: 'copies',
      was: [],
      value: ['甲'],
    });
  });
});
