import type { FindingView, Proofreading } from '../../../shared/api/proofreading.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { IgnoredFinding } from '../../../shared/proofreading/ignored.ts';

export const FILTERS = ['open', 'error', 'hint', 'here', 'ignored'] as const;
export type Filter = (typeof FILTERS)[number];

/** A finding in the list: with a name of its own, for two alike in one sentence share their key. */
export interface ListedFinding extends FindingView {
  readonly id: string;
  readonly ignored: IgnoredFinding | null;
}

/** What the browser itself told of an open chapter: its text is newer than what the server read. */
export type LiveFindings = ReadonlyMap<NodeId, readonly FindingView[]>;

/**
 * The server's findings, with those of open chapters as they stand in the editors.
 * @param order all nodes in the order of the outline
 * @param isOfChapter would an open chapter tell this finding itself?
 */
export function listedFindings(
  { findings, ignored }: Pick<Proofreading, 'findings' | 'ignored'>,
  live: LiveFindings,
  order: readonly NodeId[],
  isOfChapter: (finding: FindingView) => boolean,
): readonly ListedFinding[] {
  const rank = new Map(order.map((node, index) => [node, index]));
  const rankOf = ({ place }: FindingView) => (place.node === null ? -1 : (rank.get(place.node) ?? Number.POSITIVE_INFINITY));
  const told = findings.filter((one) => !(one.place.node !== null && live.has(one.place.node) && isOfChapter(one)));
  const all = [...told, ...[...live.values()].flat()].filter((one) => rankOf(one) < Number.POSITIVE_INFINITY);
  const sorted = all.toSorted(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      Number(one.place.part === 'text') - Number(other.place.part === 'text') ||
      one.place.line - other.place.line ||
      one.from - other.from,
  );
  const records = new Map(ignored.map((record) => [record.key, record]));
  const seen = new Map<string, number>();
  return sorted.map((finding) => {
    const nth = seen.get(finding.key) ?? 0;
    seen.set(finding.key, nth + 1);
    return { ...finding, id: `${finding.key}#${nth}`, ignored: records.get(finding.key) ?? null };
  });
}

/** @param here the chapter that the person is in */
export function passes({ ignored, severity, place }: ListedFinding, filter: Filter, here: NodeId | null): boolean {
  if (filter === 'ignored') return ignored !== null;
  if (ignored !== null) return false;
  switch (filter) {
    case 'open':
      return true;
    case 'error':
      return severity === 'error';
    case 'hint':
      return severity === 'hint';
    case 'here':
      return place.node === here;
  }
}

/** Findings by the node they stand in, in the order of the list; null stands for the report itself. */
export function byNode(
  list: readonly ListedFinding[],
): readonly { readonly node: NodeId | null; readonly findings: readonly ListedFinding[] }[] {
  const groups = new Map<NodeId | null, ListedFinding[]>();
  for (const finding of list) {
    const group = groups.get(finding.place.node);
    if (group === undefined) groups.set(finding.place.node, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([node, findings]) => ({ node, findings }));
}

/** Others that say the same of the same words and are still open: one reason may do for all of them. */
export function alike(list: readonly ListedFinding[], one: ListedFinding): readonly ListedFinding[] {
  return list.filter(
    ({ id, ignored, message, quote }) => id !== one.id && ignored === null && message === one.message && quote === one.quote,
  );
}

/**
 * The next or previous of the list, going round.
 * @param at the finding that the person is at, or where it stood
 */
export function stepFrom(list: readonly ListedFinding[], at: number, direction: 1 | -1): ListedFinding | null {
  return list.length === 0 ? null : (list[(at + direction + list.length) % list.length] ?? null);
}
