import type { CreditIndex, DiffOp, DiffSegment } from '../../../shared/api/history.ts';
import type { MarkName } from '../../../shared/text/schema.ts';

/** A segment with the ids of its first writing's first unit, so that both ends of a move can be matched. */
export interface RawSegment {
  op: DiffOp;
  text: string;
  by: CreditIndex;
  delBy: CreditIndex | null;
  marks: readonly MarkName[];
  marksBefore: readonly MarkName[] | null;
  marksBy: CreditIndex | null;
  /** `<chapter> <client> <clock>` of the first writing; '' where it does not matter. */
  root: string;
}

/** The first writing `units` further on. */
export function shifted(root: string, units: number): string {
  const cut = root.lastIndexOf(' ');
  return `${root.slice(0, cut)} ${Number(root.slice(cut + 1)) + units}`;
}

export function sameMarks(one: readonly MarkName[], other: readonly MarkName[]): boolean {
  return one === other || (one.length === other.length && one.every((mark, index) => mark === other[index]));
}

export function isChange({ op, marksBefore }: Pick<DiffSegment, 'op' | 'marksBefore'>): boolean {
  return op !== 'keep' || marksBefore !== null;
}
