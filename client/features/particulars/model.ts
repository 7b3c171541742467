import type { ParticularsClash } from '../../../shared/api/particulars.ts';
import type { ParticularChange, ParticularFault } from '../../../shared/particulars/decide.ts';
import { tidyValue } from '../../../shared/particulars/decide.ts';
import { PARTICULAR_FIELDS, type ParticularField, type ParticularValue, sameValue } from '../../../shared/particulars/particulars.ts';

export type Values = Readonly<Record<ParticularField, ParticularValue>>;

/** How the form is laid out: groups of fields in the order of an office's form. */
export const PARTS = [
  { name: 'kind', fields: ['type', 'urgency', 'secrecy', 'secrecyPeriod'] },
  { name: 'who', fields: ['addressees', 'copies', 'issuer', 'signer'] },
  { name: 'when', fields: ['date', 'printDate', 'printer'] },
  { name: 'more', fields: ['attachments', 'note'] },
] as const satisfies readonly { readonly name: string; readonly fields: readonly ParticularField[] }[];

/** What was changed, against what was seen. White space at the ends is no change. */
export function changesOf(seen: Values, draft: Values): readonly ParticularChange[] {
  return PARTICULAR_FIELDS.flatMap((field) => {
    const value = tidyValue(draft[field]);
    return sameValue(value, seen[field]) ? [] : [{ field, was: seen[field], value }];
  });
}

/**
 * What others changed meanwhile, taken into the form: fields that were not touched here follow.
 * @returns the draft over the new state
 */
export function rebase(seen: Values, draft: Values, now: Values): Values {
  const touched = new Set(changesOf(seen, draft).map(({ field }) => field));
  return Object.fromEntries(PARTICULAR_FIELDS.map((field) => [field, touched.has(field) ? draft[field] : now[field]])) as Values;
}

export function clashOf(details: unknown): ParticularsClash | null {
  return isObject(details) && isObject(details['fields']) && isObject(details['state']) ? (details as unknown as ParticularsClash) : null;
}

export function faultsIn(details: unknown): Readonly<Partial<Record<ParticularField, ParticularFault>>> {
  return isObject(details) && isObject(details['faults']) ? details['faults'] : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
