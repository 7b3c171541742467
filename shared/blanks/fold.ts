import type { EntryHeader } from '../log/entry.ts';
import { type BlankEvent, type BlankRecord, unitNames } from './blank.ts';

export const NO_BLANKS: readonly BlankRecord[] = [];

/** One decision applied; total. It goes to the record that shares a letter of the mask, else to a new one. */
export function reduceBlanks(records: readonly BlankRecord[], event: BlankEvent, header: EntryHeader): readonly BlankRecord[] {
  const names = new Set(unitNames(event.blank));
  if (names.size === 0) return records;
  const index = records.findIndex(({ anchor }) => unitNames(anchor).some((name) => names.has(name)));
  const before = records[index] ?? { anchor: event.blank, assigned: null, dismissed: null, claimed: false, sourced: null };
  const after = withEvent({ ...before, anchor: joined(before, event) }, event, header);
  return index < 0 ? [...records, after] : records.with(index, after);
}

/** Letters that were known stay known, so that a mask that is shortened and written anew letter by letter is still the same one. */
function joined({ anchor }: BlankRecord, { blank }: BlankEvent): BlankRecord['anchor'] {
  const known = new Set(unitNames(anchor));
  const fresh = blank.ids.filter((ids) => unitNames({ ids: [ids] }).some((name) => !known.has(name)));
  return { ...blank, ids: [...anchor.ids, ...fresh] };
}

function withEvent(record: BlankRecord, event: BlankEvent, { author: by, at, seq }: EntryHeader): BlankRecord {
  const done = { by, at, seq };
  switch (event.op) {
    case 'fill':
      return { ...record, dismissed: null, sourced: { ...done, value: event.value, source: event.source } };
    case 'source':
      return { ...record, sourced: { ...done, value: event.value, source: event.source } };
    case 'clear':
      return { ...record, sourced: null };
    case 'assign':
      return { ...record, assigned: event.to === null ? null : { ...done, to: event.to, due: event.due } };
    case 'dismiss':
      return { ...record, dismissed: { ...done, reason: event.reason }, claimed: false };
    case 'claim':
      return { ...record, dismissed: null, claimed: true };
  }
}

/** Finds the record of a blank by the letters of its mask. */
export function recordsByUnit(records: readonly BlankRecord[]): ReadonlyMap<string, BlankRecord> {
  const byUnit = new Map<string, BlankRecord>();
  for (const record of records) {
    for (const name of unitNames(record.anchor)) if (!byUnit.has(name)) byUnit.set(name, record);
  }
  return byUnit;
}
