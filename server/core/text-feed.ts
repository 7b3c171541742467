import type { ReportId } from '../../shared/ids.ts';
import type { Scheduler, TextEngine } from './ports.ts';

type Fed = Parameters<TextEngine['feed']>[1][number];

const FEED_DELAY_MS = 1_000;
const FEED_ENTRIES = 1_000;

/** Committed text on its way to the engine, in handfuls: a message to a worker for every keystroke would cost more than the keystroke. */
export class TextFeed {
  private readonly engine: TextEngine;
  private readonly report: ReportId;
  private readonly scheduler: Scheduler;
  private waiting: Fed[] = [];
  private cancel: (() => void) | null = null;

  constructor(engine: TextEngine, report: ReportId, scheduler: Scheduler) {
    this.engine = engine;
    this.report = report;
    this.scheduler = scheduler;
    engine.open(report);
  }

  push(entry: Fed): void {
    this.waiting.push(entry);
    if (this.waiting.length >= FEED_ENTRIES) {
      this.flush();
      return;
    }
    this.cancel ??= this.scheduler.after(FEED_DELAY_MS, () => this.flush());
  }

  /** Called before the engine is asked anything: it then answers for everything committed so far. */
  flush(): void {
    this.cancel?.();
    this.cancel = null;
    if (this.waiting.length === 0) return;
    this.engine.feed(this.report, this.waiting);
    this.waiting = [];
  }

  close(): void {
    this.cancel?.();
    this.cancel = null;
    this.waiting = [];
    this.engine.close(this.report);
  }
}
