import type { BlankView } from '../../../shared/api/blanks.ts';
import { isOverdue } from '../../../shared/blanks/due.ts';
import type { ChapterId, MemberId, NodeId } from '../../../shared/ids.ts';

export const FILTERS = ['open', 'mine', 'filled', 'dismissed', 'hint', 'gone'] as const;
export type Filter = (typeof FILTERS)[number];

/** Still waits for somebody; two values in one place wait as well. */
export function isWaiting({ state, filled }: BlankView): boolean {
  return state === 'open' || (state === 'filled' && (filled?.rivals.length ?? 0) > 0);
}

/** Counted as a blank: waiting or filled. */
export function isCounted({ state }: BlankView): boolean {
  return state === 'open' || state === 'filled';
}

export function passes(blank: BlankView, filter: Filter, me: MemberId): boolean {
  switch (filter) {
    case 'open':
      return isWaiting(blank);
    case 'mine':
      return isWaiting(blank) && blank.assigned?.to === me;
    case 'filled':
      return blank.state === 'filled' && !isWaiting(blank);
    default:
      return blank.state === filter;
  }
}

export interface Progress {
  readonly filled: number;
  readonly total: number;
}

export function progressOf(blanks: readonly BlankView[]): Progress {
  const counted = blanks.filter(isCounted);
  return { total: counted.length, filled: counted.filter((blank) => !isWaiting(blank)).length };
}

/** null stands for the title. */
export function progressByChapter(blanks: readonly BlankView[]): ReadonlyMap<ChapterId | null, Progress> {
  return new Map([...groupBy(blanks, ({ chapter }) => chapter)].map(([chapter, own]) => [chapter, progressOf(own)]));
}

export interface PersonProgress extends Progress {
  readonly member: MemberId;
  readonly overdue: number;
}

/** Of everybody who is asked for blanks, who has most to do first. @param today YYYY-MM-DD */
export function progressByPerson(blanks: readonly BlankView[], today: string): readonly PersonProgress[] {
  const assigned = blanks.filter((blank) => isCounted(blank) && blank.assigned !== null);
  return [...groupBy(assigned, ({ assigned: to }) => to!.to)]
    .map(([member, own]) => ({
      member,
      ...progressOf(own),
      overdue: own.filter((blank) => isWaiting(blank) && isOverdue(blank.assigned?.due ?? null, today)).length,
    }))
    .sort((one, other) => other.total - other.filled - (one.total - one.filled));
}

/** Chapters with what of them is shown, in the order of the list. */
export function byChapter(
  blanks: readonly BlankView[],
): readonly { readonly chapter: ChapterId | null; readonly blanks: readonly BlankView[] }[] {
  return [...groupBy(blanks, ({ chapter }) => chapter)].map(([chapter, own]) => ({ chapter, blanks: own }));
}

function groupBy<Key>(blanks: readonly BlankView[], keyOf: (blank: BlankView) => Key): Map<Key, BlankView[]> {
  const groups = new Map<Key, BlankView[]>();
  for (const blank of blanks) {
    const key = keyOf(blank);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [blank]);
    else group.push(blank);
  }
  return groups;
}

/** Where the person is: at a blank, or in a chapter with so many of its blanks before the caret. */
export type Whereabouts = { readonly blank: string } | { readonly chapter: NodeId; readonly before: number } | null;

/**
 * The next or previous blank that waits, going round.
 * @param order chapters in the order of the outline
 */
export function stepFrom(blanks: readonly BlankView[], from: Whereabouts, order: readonly NodeId[], direction: 1 | -1): BlankView | null {
  // Those of headings are filled in where the headings are.
  const waiting = blanks.filter((blank) => isWaiting(blank) && blank.where === 'text');
  if (waiting.length === 0) return null;
  const round = (index: number): BlankView => waiting[(index + waiting.length) % waiting.length]!;
  if (from === null) return direction === 1 ? waiting[0]! : waiting.at(-1)!;
  if ('blank' in from) {
    const at = waiting.findIndex(({ id }) => id === from.blank);
    if (at >= 0) return round(at + direction);
    // It waits no more: go on from where it stood.
    const stood = blanks.findIndex(({ id }) => id === from.blank);
    const after = waiting.findIndex((blank) => blanks.indexOf(blank) > stood);
    return direction === 1 ? waiting[Math.max(0, after)]! : round((after < 0 ? waiting.length : after) - 1);
  }
  const place = order.indexOf(from.chapter);
  const earlier = waiting.filter(({ chapter }) => chapter === null || order.indexOf(chapter) < place).length;
  const index = earlier + from.before;
  return direction === 1 ? round(index) : round(index - 1);
}

/** Today as YYYY-MM-DD, where the person is. */
export function todayOf(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
