import type { Credit, DiffBlock, DiffSegment, Gist, SittingChapter, SittingMember } from '../../../shared/api/history.ts';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { ChapterId, MemberId } from '../../../shared/ids.ts';
import type { TextDiff, TextSum } from './questions.ts';

export interface Count {
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
}

/** Characters of one chapter's difference. */
export function countOf(blocks: readonly DiffBlock[]): Count {
  let added = 0;
  let removed = 0;
  let moved = 0;
  for (const { op, text } of segmentsOf(blocks)) {
    if (op === 'ins') added += countCharacters(text);
    else if (op === 'del') removed += countCharacters(text);
    else if (op === 'moved') moved += countCharacters(text);
  }
  return { added, removed, moved };
}

function segmentsOf(blocks: readonly DiffBlock[]): readonly DiffSegment[] {
  return blocks.flatMap(({ segments }) => segments);
}

const GIST = 40;

interface Part {
  readonly chapter: ChapterId;
  readonly member: MemberId;
  added: number;
  removed: number;
  moved: number;
  best: DiffSegment;
}

/** A difference in short: by chapter, by member, by what each did in each chapter, and the largest change of that. */
export function sumOf({ credits, chapters }: TextDiff): TextSum {
  const members = new Map<MemberId, { added: number; removed: number; moved: number }>();
  const touched: SittingChapter[] = [];
  const parts = new Map<string, Part>();
  for (const { chapter, added, removed, moved, blocks } of chapters) {
    if (blocks.length > 0) touched.push({ id: chapter, added, removed, moved });
    for (const segment of segmentsOf(blocks)) {
      const doer = doerOf(segment, credits);
      if (doer === null) continue;
      const count = members.get(doer) ?? { added: 0, removed: 0, moved: 0 };
      members.set(doer, count);
      const key = `${chapter} ${doer}`;
      const part = parts.get(key) ?? { chapter, member: doer, added: 0, removed: 0, moved: 0, best: segment };
      parts.set(key, part);
      const figure = segment.op === 'ins' ? 'added' : segment.op === 'del' ? 'removed' : 'moved';
      const characters = countCharacters(segment.text);
      count[figure] += characters;
      part[figure] += characters;
      if (weightOf(segment) > weightOf(part.best)) part.best = segment;
    }
  }
  const sums: SittingMember[] = [...members].map(([id, count]) => ({ id, ...count }));
  const sorted = [...parts.values()].sort((one, other) => weightOf(other.best) - weightOf(one.best));
  const told = sorted.map(({ best, ...part }) => ({ ...part, gist: gistOf(best, part.chapter, credits) }));
  return { chapters: touched, members: sums, parts: told };
}

/** Who did this to the text; null for what did not change, and for the place that moved text left: it is told at its new one. */
export function doerOf(segment: DiffSegment, credits: readonly Credit[]): MemberId | null {
  switch (segment.op) {
    case 'ins':
    case 'moved': {
      const credit = credits[segment.by]!;
      return credit.movedBy?.member ?? credit.actor;
    }
    case 'del':
      return segment.delBy === null ? null : credits[segment.delBy]!.actor;
    default:
      return null;
  }
}

/** New words say more than moved ones, and those more than what is gone. */
function weightOf({ op, text }: DiffSegment): number {
  const length = text.trim().length;
  return op === 'ins' ? length * 1_000_000 : op === 'moved' ? length * 1_000 : length;
}

function gistOf(segment: DiffSegment, chapter: ChapterId, credits: readonly Credit[]): Gist | null {
  const { op, text } = segment;
  if ((op !== 'ins' && op !== 'del' && op !== 'moved') || text.trim() === '') return null;
  const first = [...text.replaceAll('\u2028', ' ').replaceAll('\ufffc', '').trim()].slice(0, GIST).join('');
  return first === '' ? null : { op, text: first, chapter, by: doerOf(segment, credits) };
}
