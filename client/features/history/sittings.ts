import type { HistoryPage, Sitting } from '../../../shared/api/history.ts';
import type { NodeId, Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';

/** One calendar day of the reader with its sittings, newest first. */
export interface Day {
  /** Midnight at which it begins, local time, ms. */
  readonly start: number;
  /** Entries of its sittings. */
  readonly entries: number;
  readonly sittings: readonly Sitting[];
}

export function byDay(sittings: readonly Sitting[]): readonly Day[] {
  const days: { start: number; entries: number; sittings: Sitting[] }[] = [];
  for (const sitting of sittings) {
    const start = new Date(sitting.from).setHours(0, 0, 0, 0);
    const entries = sitting.toSeq - sitting.fromSeq + 1;
    const last = days.at(-1);
    if (last?.start === start) {
      last.entries += entries;
      last.sittings.push(sitting);
    } else {
      days.push({ start, entries, sittings: [sitting] });
    }
  }
  return days;
}

/** Named points inside a sitting, newest first: they stand over it. */
export function landmarksIn(revisions: readonly Revision[], { fromSeq, toSeq }: Sitting): readonly Revision[] {
  return revisions.filter(({ upTo }) => upTo >= fromSeq && upTo <= toSeq).toReversed();
}

export type Pages = Pick<HistoryPage, 'sittings' | 'next' | 'total' | 'kinds'>;

/**
 * What is shown after the newest page has been asked for again: sittings that grew are exchanged, new ones stand on top, older ones stay.
 * When more came than one page holds, the page begins anew, because between the two something would be missing.
 */
export function withNewest(shown: Pages, newest: Pages): Pages {
  const oldest = newest.sittings.at(-1)?.id;
  if (oldest === undefined) return shown;
  const before = shown.sittings.filter((sitting) => sitting.id < oldest);
  const meets = newest.next === null || shown.sittings.some((sitting) => sitting.id >= oldest);
  return meets ? { ...newest, sittings: [...newest.sittings, ...before], next: newest.next === null ? null : shown.next } : newest;
}

/** What follows is older than what is shown. */
export function withOlder(shown: Pages, older: Pages): Pages {
  const known = new Set(shown.sittings.map((sitting) => sitting.id));
  return { ...older, sittings: [...shown.sittings, ...older.sittings.filter((sitting) => !known.has(sitting.id))] };
}

/** At most two points are chosen; a third one takes the place of the one chosen first. */
export function withTick(ticked: readonly Seq[], seq: Seq): readonly Seq[] {
  return ticked.includes(seq) ? ticked.filter((other) => other !== seq) : [...ticked, seq].slice(-2);
}

/** Chapters as they are listed in one line: the first few, and how many more. */
export function fewChapters(
  ids: readonly NodeId[],
  order: readonly NodeId[],
  most = 4,
): { readonly shown: readonly NodeId[]; readonly more: number } {
  const place = (id: NodeId) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = ids.toSorted((one, other) => place(one) - place(other));
  return { shown: sorted.slice(0, most), more: Math.max(0, sorted.length - most) };
}
