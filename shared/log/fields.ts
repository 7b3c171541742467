import { EntryFormatError, type Fields, text } from './events.ts';

/** @throws EntryFormatError */
export function wholeNumber(fields: Fields, key: string): number {
  const value = fields.get(key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new EntryFormatError(`"${key}" is not a whole number`);
  return value;
}

/** @throws EntryFormatError */
export function isFlag(fields: Fields, key: string): boolean {
  const value = fields.get(key);
  if (typeof value !== 'boolean') throw new EntryFormatError(`"${key}" is neither true nor false`);
  return value;
}

/** @throws EntryFormatError */
export function stringOrNull(fields: Fields, key: string): string | null {
  return fields.get(key) === null ? null : text(fields, key);
}
