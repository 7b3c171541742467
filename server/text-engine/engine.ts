import type { ChapterId, ReportId, Seq } from '../../shared/ids.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestions } from '../core/history/questions.ts';
import type { ChapterFigures, Checkpoint, CopyRange, TextEngine } from '../core/ports.ts';
import { type FedEntry, ReportTexts, type TextFault } from './report-texts.ts';

/**
 * The text engine in the caller's own thread: what runs inside the worker, and by itself in tests. Answers a question about a report that
 * is not open as one about an empty report.
 */
export class InProcessTextEngine implements TextEngine {
  readonly #reports = new Map<ReportId, ReportTexts>();
  readonly #onFault: (fault: TextFault) => void;

  /** @param onFault is told of each entry that could not be applied. */
  constructor(onFault: (fault: TextFault) => void = () => {}) {
    this.#onFault = onFault;
  }

  open(report: ReportId): void {
    this.#reports.set(report, new ReportTexts());
  }

  feed(report: ReportId, entries: readonly FedEntry[]): void {
    const texts = this.#reports.get(report);
    if (texts === undefined) return;
    for (const entry of entries) {
      const message = texts.add(entry);
      if (message !== null) this.#onFault({ report, seq: entry.seq, chapter: entry.chapter, message });
    }
  }

  checkpoint(report: ReportId, chapter: ChapterId): Promise<Checkpoint | null> {
    return this.#answer(() => this.#reports.get(report)?.checkpoint(chapter) ?? null);
  }

  copies(report: ReportId, after: Seq): Promise<readonly CopyRange[]> {
    return this.#answer(() => this.#reports.get(report)?.copies(after) ?? []);
  }

  figures(report: ReportId): Promise<ReadonlyMap<ChapterId, ChapterFigures>> {
    return this.#answer(() => this.#reports.get(report)?.figures() ?? new Map());
  }

  history<Op extends HistoryOp>(report: ReportId, op: Op, question: HistoryQuestions[Op]): Promise<HistoryAnswers[Op]> {
    return this.#answer(() => (this.#reports.get(report) ?? new ReportTexts()).history(op, question));
  }

  close(report: ReportId): void {
    this.#reports.delete(report);
  }

  /** Nothing can break off here without the whole process. */
  onRestart(): void {}

  stop(): Promise<void> {
    this.#reports.clear();
    return Promise.resolve();
  }

  async #answer<Value>(ask: () => Value): Promise<Value> {
    return ask();
  }
}
