import type { BlockLook, ChapterDiff, Credit, DiffBlock, DiffSegment } from '../api/history.ts';
import type { MarkName } from '../text/schema.ts';
import type { Change, MarkedOp, MarkedRun, ParagraphLook } from './document.ts';
import { PLAIN_RUN, STANDS_AFTER, STANDS_BEFORE } from './document.ts';
import { INDENT } from './layout.ts';
import { alignedLook, lookOf } from './look.ts';

/** A chapter's text as one row of runs and ends, not yet judged by where the chapter stands. */
export type StreamItem =
  | { readonly kind: 'run'; readonly run: MarkedRun }
  | {
      readonly kind: 'end';
      readonly op: MarkedOp;
      readonly change: Change | null;
      readonly look: ParagraphLook;
      readonly was: { readonly look: ParagraphLook; readonly change: Change } | null;
    };
type End = Extract<StreamItem, { kind: 'end' }>;

/** An embed that has no letters stands as it does on the screen. */
const EMBED = /\ufffc/g;
const EMBED_SHOWN = '▯';
const BULLET = '•\u2002';

/**
 * Paragraphs without text are left out: an official document has no empty lines. One that is empty at one point only has its end at the
 * other only. List numbers are derived from the place, at both points.
 * @param someone who is named where no entry by itself did something (an end that shows again because its text came back)
 */
export function textStream(diff: ChapterDiff, credits: readonly Credit[], someone: Change): readonly StreamItem[] {
  const teller = new Teller(credits, someone);
  const items: StreamItem[] = [];
  const numbers = { before: new Numbering(), after: new Numbering() };
  // Where the paragraph under way began, and whether anything stands in it, at both points.
  const open = { before: { at: 0, filled: false }, after: { at: 0, filled: false } };
  let lastShift: Change = someone;
  for (const block of diff.blocks) {
    const runs = block.segments.filter(({ text }) => text !== '').map((segment) => teller.run(segment));
    for (const run of runs) {
      if (STANDS_BEFORE.has(run.op)) open.before.filled = true;
      if (STANDS_AFTER.has(run.op)) open.after.filled = true;
      items.push({ kind: 'run', run });
    }
    const end = teller.end(block, open.before.filled, open.after.filled, runs);
    if (end === null) continue;
    if (end.op !== 'keep') lastShift = end.change ?? lastShift;
    else if (end.was !== null) lastShift = end.was.change;
    addNumbers(items, block, end, open, numbers, lastShift);
    items.push(end);
    if (STANDS_BEFORE.has(end.op)) open.before = { at: items.length, filled: false };
    if (STANDS_AFTER.has(end.op)) open.after = { at: items.length, filled: false };
  }
  return items;
}

type Side = 'before' | 'after';
type PerSide<T> = Readonly<Record<Side, T>>;

function addNumbers(
  items: StreamItem[],
  block: DiffBlock,
  end: End,
  open: PerSide<{ at: number; filled: boolean }>,
  numbers: PerSide<Numbering>,
  shift: Change,
): void {
  const before = STANDS_BEFORE.has(end.op) ? numbers.before.next(block.was ?? block.look) : '';
  const after = STANDS_AFTER.has(end.op) ? numbers.after.next(block.look) : '';
  const put = (at: number, op: MarkedOp, text: string, change: Change | null) => {
    items.splice(at, 0, { kind: 'run', run: { op, text, look: PLAIN_RUN, change, was: null } });
    for (const side of ['before', 'after'] as const) if (open[side].at > at) open[side].at += 1;
  };
  if (before !== '' && before === after && open.before.at === open.after.at) put(open.after.at, 'keep', after, null);
  else {
    if (after !== '') put(open.after.at, end.op === 'moved' ? 'moved' : 'ins', after, end.change ?? shift);
    if (before !== '') put(open.before.at, end.op === 'left' ? 'left' : 'del', before, end.change ?? shift);
  }
}

/** Numbers of list lines, as the editor counts them: anew after a line that is none, and below each line further out. */
class Numbering {
  #counts: number[] = [];

  next({ type, attrs }: BlockLook): string {
    if (type !== 'listLine') {
      this.#counts = [];
      return '';
    }
    const indent = Number(attrs['indent'] ?? 0);
    this.#counts.length = Math.min(this.#counts.length, indent + 1);
    if (attrs['list'] !== 'ordered') {
      this.#counts.length = Math.min(this.#counts.length, indent);
      return BULLET;
    }
    const count = (this.#counts[indent] ?? 0) + 1;
    this.#counts[indent] = count;
    return `${count}. `;
  }
}

/** Turns what the history tells into what the document says. */
class Teller {
  readonly #credits: readonly Credit[];
  readonly #someone: Change;

  constructor(credits: readonly Credit[], someone: Change) {
    this.#credits = credits;
    this.#someone = someone;
  }

  run({ op, text, by, delBy, marks, marksBefore, marksBy }: DiffSegment): MarkedRun {
    const look = { marks, face: null };
    const was = marksBefore === null || op !== 'keep' ? null : { look: looksBefore(marksBefore), change: this.#doer(marksBy) };
    const change = op === 'keep' ? null : op === 'ins' ? this.#writer(by) : op === 'moved' ? this.#mover(by) : this.#doer(delBy);
    return { op, text: text.replaceAll(EMBED, EMBED_SHOWN), look, change, was };
  }

  /** @returns null where the end shows at neither point */
  end(block: DiffBlock, filledBefore: boolean, filledAfter: boolean, runs: readonly MarkedRun[]): End | null {
    const stoodBefore = STANDS_BEFORE.has(block.op) && filledBefore;
    const standsAfter = STANDS_AFTER.has(block.op) && filledAfter;
    if (!stoodBefore && !standsAfter) return null;
    const look = paragraphLook(block.look);
    if (stoodBefore && standsAfter) {
      const before = block.was === null ? null : paragraphLook(block.was);
      const was =
        before === null || JSON.stringify(before) === JSON.stringify(look) ? null : { look: before, change: this.#doer(block.wasBy) };
      return { kind: 'end', op: 'keep', change: null, look, was };
    }
    if (standsAfter) {
      const op = block.op === 'moved' ? 'moved' : 'ins';
      const filler = runs.find((run) => run.op === 'ins' || run.op === 'moved')?.change ?? this.#someone;
      const change = block.op === 'keep' ? filler : op === 'moved' ? this.#mover(block.by) : this.#writer(block.by);
      return { kind: 'end', op, change, look, was: null };
    }
    const op = block.op === 'left' ? 'left' : 'del';
    const emptier = runs.find((run) => run.op === 'del' || run.op === 'left')?.change ?? this.#someone;
    const lookBefore = block.was === null ? look : paragraphLook(block.was);
    return { kind: 'end', op, change: block.op === 'keep' ? emptier : this.#doer(block.delBy), look: lookBefore, was: null };
  }

  /** Who wrote it; who brought it in where it is nobody's writing. */
  #writer(index: number | null): Change {
    const credit = index === null ? undefined : this.#credits[index];
    return credit === undefined ? this.#someone : { by: credit.author ?? credit.actor, at: credit.at, seq: credit.seq };
  }

  #mover(index: number | null): Change {
    const movedBy = index === null ? null : (this.#credits[index]?.movedBy ?? null);
    return movedBy === null ? this.#doer(index) : { by: movedBy.member, at: movedBy.at, seq: movedBy.seq };
  }

  #doer(index: number | null): Change {
    const credit = index === null ? undefined : this.#credits[index];
    return credit === undefined ? this.#someone : { by: credit.actor, at: credit.at, seq: credit.seq };
  }
}

function looksBefore(marks: readonly MarkName[]) {
  return { marks, face: null };
}

function paragraphLook({ type, attrs }: BlockLook): ParagraphLook {
  const align = attrs['align'];
  const aligned = align === 'center' || align === 'right' || align === 'left' || align === 'justify' ? align : null;
  switch (type) {
    case 'heading':
      return alignedLook(attrs['level'] === 4 ? 'heading4' : 'heading3', aligned);
    case 'listLine':
      return lookOf('list', { align: aligned, left: Number(attrs['indent'] ?? 0) * INDENT });
    default:
      return alignedLook('body', aligned);
  }
}
