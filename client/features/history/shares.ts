import type { Contribution } from '../../../shared/api/history.ts';

export interface Share extends Contribution {
  /** Of the characters that stand, 0–1. */
  readonly share: number;
}

/** Most surviving characters first, nobody's (imported) last; who wrote nothing at all is left out. */
export function sharesOf(members: readonly Contribution[]): readonly Share[] {
  const total = members.reduce((sum, { surviving }) => sum + surviving, 0);
  return members
    .filter(({ surviving, written }) => surviving + written > 0)
    .toSorted((one, other) => rank(one) - rank(other) || other.surviving - one.surviving || other.written - one.written)
    .map((contribution) => ({ ...contribution, share: total === 0 ? 0 : contribution.surviving / total }));
}

const rank = ({ member }: Contribution) => (member === null ? 1 : 0);

/** A share in whole per cent; something is never 0 and less than all never 100. */
export function percent(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}
