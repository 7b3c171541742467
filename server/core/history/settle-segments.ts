import type { DiffSegment } from '../../../shared/api/history.ts';
import { type RawSegment, sameMarks, shifted } from './raw-segment.ts';

/**
 * A block's segments as they are told: text that left and came back at the same place is kept text. No segment cuts a character: Yjs
 * itself makes both halves of a surrogate pair unreadable when an update cuts it, and the editor never does.
 */
export function settle(raw: readonly RawSegment[]): DiffSegment[] {
  return joined(raw).map(({ root: _root, ...segment }) => segment);
}

/** Moved text that stands right beside the place it left, as after undoing a deletion, did not move. */
function joined(raw: readonly RawSegment[]): RawSegment[] {
  if (!raw.some(({ op }) => op === 'moved')) return [...raw];
  const rest = [...raw];
  const segments: RawSegment[] = [];
  while (rest.length > 0) {
    const one = rest.shift()!;
    const other = rest[0];
    const pair = other !== undefined && one.root !== '' && one.root === other.root;
    if (!pair || !((one.op === 'moved' && other.op === 'left') || (one.op === 'left' && other.op === 'moved'))) {
      segments.push(one);
      continue;
    }
    rest.shift();
    const came = one.op === 'moved' ? one : other;
    const went = one.op === 'moved' ? other : one;
    const units = Math.min(came.text.length, went.text.length);
    const marksBefore = sameMarks(came.marks, went.marks) ? null : went.marks;
    const marksBy = marksBefore === null ? null : went.delBy;
    segments.push({ ...came, op: 'keep', text: came.text.slice(0, units), marksBefore, marksBy, root: '' });
    for (const longer of [one, other]) {
      if (longer.text.length > units) rest.unshift({ ...longer, text: longer.text.slice(units), root: shifted(longer.root, units) });
    }
  }
  return segments;
}
