import type { ChapterId, Seq } from '../../shared/ids.ts';
import type { RestoredRange } from '../../shared/log/entry.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestions } from '../core/history/questions.ts';
import { TextHistory } from '../core/history/text-history.ts';
import { TextTimes, type TimedEntry } from '../core/history/text-times.ts';
import type { ChapterFigures, Checkpoint, CopyRange } from '../core/ports.ts';
import { ChapterDoc } from './chapter-doc.ts';
import { CopyFinder } from './copy-finder.ts';

/** A committed text entry, as the engine is fed with it. */
export interface FedEntry extends TimedEntry {
  /** Copies that the entry itself tells of; left out where they must be found. */
  readonly restored?: readonly RestoredRange[];
  readonly update: Uint8Array;
}

/** An entry that could not be applied. It stands in the log, so this is damage or a fault of ours: it is told, never thrown. */
export interface TextFault {
  readonly report: string;
  readonly seq: Seq;
  readonly chapter: ChapterId;
  readonly message: string;
}

/** Chapters kept open for each report; the one that was not used for longest lies down first. */
const OPEN_CHAPTERS = 24;

/** The texts of one report: a fold over its text entries, each chapter a document. */
export class ReportTexts {
  /** In order of use, the newest last. */
  readonly #chapters = new Map<ChapterId, ChapterDoc>();
  readonly #times = new TextTimes();
  readonly #finder = new CopyFinder((chapter) => this.#times.of(chapter).deleted);
  readonly #history = new TextHistory(this.#times, (chapter) => this.#used(chapter, false)?.text ?? null);
  readonly #copies: CopyRange[] = [];
  #seq: Seq = 0;

  /** @returns what is wrong with the entry, or null. */
  add(entry: FedEntry): string | null {
    if (entry.seq <= this.#seq) return `entry ${entry.seq} came after entry ${this.#seq}`;
    this.#seq = entry.seq;
    this.#history.changed(entry.chapter);
    try {
      this.#used(entry.chapter, true)!.apply(entry.update, (transaction, text) => {
        this.#times.note(entry, transaction);
        const found = this.#finder.examine(transaction, text, entry);
        for (const copy of entry.restored === undefined ? found : copiesOf(entry, entry.restored)) {
          this.#copies.push(copy);
          this.#times.addCopy(copy);
        }
      });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** @returns null for a chapter without text. */
  checkpoint(chapter: ChapterId): Checkpoint | null {
    const doc = this.#used(chapter, false);
    return doc === null ? null : { seq: this.#seq, join: doc.join(), full: doc.full() };
  }

  copies(after: Seq): readonly CopyRange[] {
    let from = this.#copies.length;
    while (from > 0 && this.#copies[from - 1]!.seq > after) from -= 1;
    return this.#copies.slice(from);
  }

  figures(): Map<ChapterId, ChapterFigures> {
    const figures = new Map<ChapterId, ChapterFigures>();
    for (const [chapter, doc] of this.#chapters) figures.set(chapter, doc.figures());
    this.#restSome();
    return figures;
  }

  history<Op extends HistoryOp>(op: Op, question: HistoryQuestions[Op]): HistoryAnswers[Op] {
    return this.#history.answer(op, question);
  }

  #used(chapter: ChapterId, make: boolean): ChapterDoc | null {
    const doc = this.#chapters.get(chapter) ?? (make ? new ChapterDoc() : null);
    if (doc === null) return null;
    this.#chapters.delete(chapter);
    this.#chapters.set(chapter, doc);
    if (!doc.isOpen) this.#restSome();
    return doc;
  }

  #restSome(): void {
    let open = 0;
    for (const doc of this.#chapters.values()) open += doc.isOpen ? 1 : 0;
    for (const [chapter, doc] of this.#chapters) {
      if (open <= OPEN_CHAPTERS) return;
      if (!doc.isOpen) continue;
      doc.rest();
      this.#times.rest(chapter);
      this.#history.changed(chapter);
      open -= 1;
    }
  }
}

function copiesOf({ chapter, seq }: FedEntry, restored: readonly RestoredRange[]): readonly CopyRange[] {
  return restored.map(({ client, clock, length, fromChapter, fromClient, fromClock }) => ({
    chapter,
    to: { client, clock, length },
    fromChapter: fromChapter ?? chapter,
    fromClient,
    fromClock,
    seq,
  }));
}
