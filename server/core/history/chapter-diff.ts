import type { BlockLook, CreditIndex, DiffBlock, DiffOp } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { lineOfValues, type Marker, type MarkerValues, markerKey, PLAIN_LINE } from '../../../shared/text/marker.ts';
import type { MarkName } from '../../../shared/text/schema.ts';
import type { Credits } from './credits.ts';
import { Moves } from './moves.ts';
import { isChange, type RawSegment, sameMarks, shifted } from './raw-segment.ts';
import { settle } from './settle-segments.ts';
import type { TextTimes } from './text-times.ts';
import { lettersOf, markerChangedAt, type Piece, valuesAt, type Walker, type WalkSink } from './walk.ts';

/**
 * What the walk tells, as blocks of segments: kept text, new text, deleted text, and moved text at both its ends.
 * What became of a block's end follows from whether it was shown at either point; an end that was not shown separates nothing.
 */
export class ChapterDiffer implements WalkSink {
  readonly blocks: DiffBlock[] = [];
  readonly #chapter: ChapterId;
  readonly #times: TextTimes;
  readonly #credits: Credits;
  readonly #moves: Moves;
  #segments: RawSegment[] = [];
  #emptyA = true;
  #emptyB = true;

  constructor(chapter: ChapterId, times: TextTimes, credits: Credits, a: Seq, b: Seq) {
    this.#chapter = chapter;
    this.#times = times;
    this.#credits = credits;
    this.#moves = new Moves(times, a, b);
  }

  piece(piece: Piece, walker: Walker): void {
    const { inA, inB } = piece;
    if (inA) this.#emptyA = false;
    if (inB) this.#emptyB = false;
    if (inA && inB) this.#keep(piece, walker);
    else this.#oneSided(piece, walker, inB ? 'came' : 'went');
  }

  end(marker: Marker, piece: Piece, walker: Walker): void {
    const { times, a, b } = walker;
    const { inA, inB, ins, del } = piece;
    const before = inA ? valuesAt(times, marker, a) : null;
    const after = inB ? valuesAt(times, marker, b) : null;
    const shownA = before !== null && !(this.#emptyA && before.get('gone') === true);
    const shownB = after !== null && !(this.#emptyB && after.get('gone') === true);
    if (inA) this.#emptyA = true;
    if (inB) this.#emptyB = true;
    if (!shownA && !shownB) return;
    const look = lookOf((shownB ? after : before)!);
    const was = shownA && shownB ? otherLook(before!, look) : null;
    const changedAt = was !== null || shownA !== shownB ? markerChangedAt(times, marker, a, b) : 0;
    const op = endOp(shownA, shownB, before, after);
    const goneAt = del <= b ? del : changedAt;
    this.#finish({
      key: markerKey(marker),
      op,
      look,
      was,
      wasBy: was === null ? null : this.#doer(changedAt),
      by: op === 'ins' && ins <= a ? this.#doer(changedAt) : this.#credits.of(ins),
      delBy: op === 'del' || op === 'left' ? this.#doer(goneAt) : null,
    });
  }

  /** The end of a stretch of items: text behind the last marker is a block of its own. */
  close(): void {
    if (!this.#emptyA || !this.#emptyB) {
      const op: DiffOp = this.#emptyA ? 'ins' : this.#emptyB ? 'del' : 'keep';
      this.#finish({ key: '', op, look: lookOf(null), was: null, wasBy: null, by: null, delBy: null });
    }
    this.#emptyA = true;
    this.#emptyB = true;
  }

  #finish(block: Omit<DiffBlock, 'segments' | 'changed'>): void {
    const segments = settle(this.#segments);
    this.#segments = [];
    const changed = block.op !== 'keep' || block.was !== null || segments.some((segment) => isChange(segment));
    this.blocks.push({ ...block, changed, segments });
  }

  #keep(piece: Piece, walker: Walker): void {
    const marks = walker.marksB;
    const before = sameMarks(walker.marksA, marks) ? null : walker.marksA;
    const marksBy = before === null ? null : this.#doer(walker.formatsChangedAt());
    const text = lettersOf(piece);
    const { client, clock } = piece.item.id;
    const start = clock + piece.offset;
    this.#credits.each(this.#chapter, client, start, start + piece.length, piece.ins, (from, to, by) => {
      this.#push('keep', text.slice(from - start, to - start), by, null, marks, before, marksBy, '');
    });
  }

  /** Nobody for 0: an emptied block whose end was deleted before shows no more, by no entry of its own. */
  #doer(seq: Seq): CreditIndex | null {
    return seq === 0 ? null : this.#credits.actorOf(seq);
  }

  #oneSided(piece: Piece, walker: Walker, side: 'came' | 'went'): void {
    const text = lettersOf(piece);
    const { client, clock } = piece.item.id;
    const start = clock + piece.offset;
    const marks = side === 'came' ? walker.marksB : walker.marksA;
    const delBy = side === 'came' ? null : this.#credits.actorOf(piece.del);
    this.#moves.each(this.#chapter, client, start, start + piece.length, side, (low, high, moved) => {
      const op: DiffOp = side === 'came' ? (moved ? 'moved' : 'ins') : moved ? 'left' : 'del';
      this.#credits.each(this.#chapter, client, low, high, piece.ins, (from, to, by) => {
        const root = moved ? this.#rootOf(client, from) : '';
        this.#push(op, text.slice(from - start, to - start), by, delBy, marks, null, null, root);
      });
    });
  }

  #rootOf(client: number, clock: number): string {
    const root = this.#times.copies.source(this.#chapter, client, clock);
    return root === null ? `${this.#chapter} ${client} ${clock}` : `${root.chapter} ${root.client} ${root.clock}`;
  }

  #push(
    op: DiffOp,
    text: string,
    by: CreditIndex,
    delBy: CreditIndex | null,
    marks: readonly MarkName[],
    marksBefore: readonly MarkName[] | null,
    marksBy: CreditIndex | null,
    root: string,
  ): void {
    const last = this.#segments.at(-1);
    const joins =
      last !== undefined &&
      last.op === op &&
      last.by === by &&
      last.delBy === delBy &&
      last.marksBy === marksBy &&
      sameMarks(last.marks, marks) &&
      (last.marksBefore === null) === (marksBefore === null) &&
      (marksBefore === null || sameMarks(last.marksBefore!, marksBefore)) &&
      (root === '' || root === shifted(last.root, last.text.length));
    if (joins) last.text += text;
    else this.#segments.push({ op, text, by, delBy, marks, marksBefore, marksBy, root });
  }
}

export function lookOf(values: MarkerValues | null): BlockLook {
  const { type, attrs } = values === null ? PLAIN_LINE : lineOfValues(values);
  return { type, attrs: { ...attrs } };
}

/** The look before, when it is another. Where a block was moved to is no look. */
function otherLook(before: MarkerValues, look: BlockLook): BlockLook | null {
  const was = lookOf(before);
  const plain = ({ type, attrs }: BlockLook) => JSON.stringify([type, { ...attrs, moved: null }]);
  return plain(was) === plain(look) ? null : was;
}

function endOp(shownA: boolean, shownB: boolean, before: MarkerValues | null, after: MarkerValues | null): DiffOp {
  if (shownA && shownB) return 'keep';
  if (shownB) return before === null && typeof after?.get('movedFrom') === 'string' ? 'moved' : 'ins';
  return typeof after?.get('moved') === 'string' ? 'left' : 'del';
}
