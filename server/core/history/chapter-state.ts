import type { BlameRun, BlockAt, BlockLook, CreditIndex, Ids } from '../../../shared/api/history.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { type Marker, markerKey } from '../../../shared/text/marker.ts';
import type { MarkName } from '../../../shared/text/schema.ts';
import { lookOf } from './chapter-diff.ts';
import type { Credits } from './credits.ts';
import { sameMarks } from './raw-segment.ts';
import { lettersOf, type Piece, valuesAt, type Walker, type WalkSink } from './walk.ts';

/** Blocks as they stood at one point: a sink for a walk whose two points are the same. */
abstract class StateSink implements WalkSink {
  protected readonly chapter: ChapterId;
  protected readonly credits: Credits;
  #empty = true;

  constructor(chapter: ChapterId, credits: Credits) {
    this.chapter = chapter;
    this.credits = credits;
  }

  piece(piece: Piece, walker: Walker): void {
    this.#empty = false;
    const { client, clock } = piece.item.id;
    const start = clock + piece.offset;
    const text = lettersOf(piece);
    this.credits.each(this.chapter, client, start, start + piece.length, piece.ins, (from, to, by) => {
      this.run(text.slice(from - start, to - start), walker.marksB, by, client, from);
    });
  }

  end(marker: Marker, _piece: Piece, walker: Walker): void {
    const values = valuesAt(walker.times, marker, walker.b);
    const hidden = this.#empty && values.get('gone') === true;
    this.#empty = true;
    if (!hidden) this.block(markerKey(marker), lookOf(values));
  }

  /** Text behind the last marker is a block of its own. */
  close(): void {
    if (!this.#empty) this.block('', lookOf(null));
    this.#empty = true;
  }

  protected abstract run(text: string, marks: readonly MarkName[], by: CreditIndex, client: number, clock: number): void;
  protected abstract block(key: string, look: BlockLook): void;
}

/** The chapter's text, for reading. */
export class StateReader extends StateSink {
  readonly blocks: BlockAt[] = [];
  #runs: { text: string; marks: readonly MarkName[]; by: CreditIndex }[] = [];

  protected run(text: string, marks: readonly MarkName[], by: CreditIndex): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.by === by && sameMarks(last.marks, marks)) last.text += text;
    else this.#runs.push({ text, marks, by });
  }

  protected block(key: string, look: BlockLook): void {
    this.blocks.push({ key, look, runs: this.#runs });
    this.#runs = [];
  }
}

/** Who wrote what, with ids. */
export class BlameReader extends StateSink {
  readonly blocks: { readonly key: string; readonly runs: readonly BlameRun[] }[] = [];
  #runs: { length: number; by: CreditIndex; ids: [number, number, number][] }[] = [];

  protected run(text: string, _marks: readonly MarkName[], by: CreditIndex, client: number, clock: number): void {
    const { length } = text;
    const last = this.#runs.at(-1);
    if (last === undefined || last.by !== by) {
      this.#runs.push({ length, by, ids: [[client, clock, length]] });
      return;
    }
    last.length += length;
    const ids = last.ids.at(-1)!;
    if (ids[0] === client && ids[1] + ids[2] === clock) ids[2] += length;
    else last.ids.push([client, clock, length]);
  }

  protected block(key: string): void {
    this.blocks.push({ key, runs: this.#runs satisfies { ids: readonly Ids[] }[] });
    this.#runs = [];
  }
}
