import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import {
  emptyValueOf,
  isChoice,
  LONGEST_LINE,
  LONGEST_LIST,
  PARTICULARS,
  type ParticularField,
  type Particulars,
  type ParticularsEvent,
  type ParticularValue,
  particularOf,
  sameValue,
} from './particulars.ts';

/** What can be wrong with one field, worded by the page beside it. */
export type ParticularFault =
  | 'one-line'
  | 'too-long'
  | 'too-many'
  | 'repeated'
  | 'not-a-date'
  | 'not-a-choice'
  | 'not-a-list'
  | 'period-alone'
  | 'print-before-date';

/** One change that somebody asks for: the value that they saw, and the one that they want. */
export interface ParticularChange {
  readonly field: ParticularField;
  readonly was: ParticularValue;
  readonly value: ParticularValue;
}

export type ParticularsRefusal =
  | { readonly code: 'particulars-bad'; readonly faults: Readonly<Partial<Record<ParticularField, ParticularFault>>> }
  | { readonly code: 'particulars-clash'; readonly fields: Readonly<Partial<Record<ParticularField, ParticularValue>>> };

/** Line ends, other control characters, and halves of pairs have no place in a single line. */
const UNFIT = /[\p{Cc}\u2028\u2029]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/u;

/** A value as it is stored: ends trimmed, empty items of a list left out. */
export function tidyValue(value: ParticularValue): ParticularValue {
  return typeof value === 'string' ? value.trim() : value.map((item) => item.trim()).filter((item) => item !== '');
}

/** Judges one tidied value by itself. @returns null when it is fine */
export function faultOf(field: ParticularField, value: ParticularValue): ParticularFault | null {
  if (PARTICULARS[field] === 'list') {
    if (typeof value === 'string') return 'not-a-list';
    if (value.length > LONGEST_LIST) return 'too-many';
    if (new Set(value).size < value.length) return 'repeated';
    return value.map(lineFault).find((fault) => fault !== null) ?? null;
  }
  if (typeof value !== 'string') return 'one-line';
  if (PARTICULARS[field] === 'date') return value === '' || isDate(value) ? null : 'not-a-date';
  if (PARTICULARS[field] === 'choice') return isChoice(field, value) ? null : 'not-a-choice';
  return lineFault(value);
}

function lineFault(line: string): ParticularFault | null {
  if (UNFIT.test(line)) return 'one-line';
  return [...line].length > LONGEST_LINE ? 'too-long' : null;
}

/** A day that was or will be, written YYYY-MM-DD. */
export function isDate(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined || Number(year) < 1900) return false;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const length = lengths[Number(month) - 1];
  return length !== undefined && Number(day) >= 1 && Number(day) <= length;
}

/** Everything that is wrong with the particulars as they would stand, by field. The same function answers in the form and on the server. */
export function faultsOf(values: Particulars['values']): Readonly<Partial<Record<ParticularField, ParticularFault>>> {
  const faults: Partial<Record<ParticularField, ParticularFault>> = {};
  for (const field of Object.keys(values) as ParticularField[]) {
    const fault = faultOf(field, values[field] ?? emptyValueOf(field));
    if (fault !== null) faults[field] = fault;
  }
  const at = (field: ParticularField): ParticularValue => values[field] ?? emptyValueOf(field);
  if (at('secrecyPeriod') !== '' && at('secrecy') === '') faults.secrecyPeriod ??= 'period-alone';
  const [date, printed] = [at('date'), at('printDate')];
  if (date !== '' && printed !== '' && faults.date === undefined && faults.printDate === undefined && printed < date)
    faults.printDate = 'print-before-date';
  return faults;
}

/**
 * Judges changes that were asked for together: all are taken or none. A change to the value that stands already is passed over, also when
 * somebody else made it meanwhile.
 */
export function decideParticulars(
  particulars: Particulars,
  changes: readonly ParticularChange[],
): Result<readonly ParticularsEvent[], ParticularsRefusal> {
  const asked = changes.map(({ field, was, value }) => ({ field, was, value: tidyValue(value) }));
  const real = asked.filter(({ field, value }) => !sameValue(particularOf(particulars, field), value));
  const clashes = real.filter(({ field, was }) => !sameValue(particularOf(particulars, field), was));
  if (clashes.length > 0) {
    const fields = Object.fromEntries(clashes.map(({ field }) => [field, particularOf(particulars, field)]));
    return err({ code: 'particulars-clash', fields });
  }
  const values = { ...particulars.values, ...Object.fromEntries(real.map(({ field, value }) => [field, value])) };
  const faults = faultsOf(values);
  if (Object.keys(faults).length > 0) return err({ code: 'particulars-bad', faults });
  return ok(real.map(({ field, value }) => ({ op: 'set', field, was: particularOf(particulars, field), value })));
}
