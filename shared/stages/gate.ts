import type { NodeId } from '../ids.ts';

/**
 * What must be settled before a text is signed. Hard items can't be passed over; soft ones may, by the owner, with a reason that goes on
 * record (issue: stages and sign-off, line 2).
 */
export const GATE_ITEMS = {
  blanks: 'hard',
  threads: 'hard',
  suggestions: 'hard',
  amendments: 'hard',
  proofreading: 'soft',
  unassigned: 'soft',
  parts: 'soft',
  particulars: 'soft',
} as const;
export type GateItem = keyof typeof GATE_ITEMS;

/** One open thing, with the place that a click leads to. */
export interface GatePlace {
  /** null = the report as a whole. */
  readonly node: NodeId | null;
  /** What a person reads: the sentence, the quote, the missing thing. */
  readonly label: string;
  /** Where in the desk it is settled, such as `blanks`. */
  readonly link: string;
}

export interface GateRow {
  readonly item: GateItem;
  readonly hard: boolean;
  readonly count: number;
  /** The first of them; the count says how many there are. */
  readonly places: readonly GatePlace[];
}

/** Places listed for each item. */
export const PLACES_MOST = 50;

/** @returns a row for each item, also those that have nothing open: a signatory wants to see that it was looked at */
export function gateRows(found: Readonly<Partial<Record<GateItem, readonly GatePlace[]>>>): GateRow[] {
  return (Object.keys(GATE_ITEMS) as GateItem[]).flatMap((item) => {
    const places = found[item];
    if (places === undefined) return [];
    return [{ item, hard: GATE_ITEMS[item] === 'hard', count: places.length, places: places.slice(0, PLACES_MOST) }];
  });
}

export function openRows(rows: readonly GateRow[]): readonly GateRow[] {
  return rows.filter(({ count }) => count > 0);
}
