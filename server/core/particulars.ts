import type { ParticularSetting, ParticularsState } from '../../shared/api/particulars.ts';
import { PARTICULAR_FIELDS, type ParticularField, type ParticularValue, particularOf } from '../../shared/particulars/particulars.ts';
import type { Report } from './report.ts';

/** The particulars as they stand, every field, with who set it. */
export function particularsOf({ fold }: Report): ParticularsState {
  const { particulars, members } = fold;
  const values = Object.fromEntries(PARTICULAR_FIELDS.map((field) => [field, particularOf(particulars, field)]));
  const set: Partial<Record<ParticularField, ParticularSetting>> = {};
  for (const field of PARTICULAR_FIELDS) {
    const setting = particulars.set[field];
    if (setting === undefined) continue;
    const name = members.find((member) => member.id === setting.by)?.name ?? '';
    set[field] = { ...setting, name };
  }
  return { values: values as Record<ParticularField, ParticularValue>, set };
}
