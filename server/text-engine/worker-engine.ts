import { Worker } from 'node:worker_threads';
import type { ChapterId, ReportId, Seq } from '../../shared/ids.ts';
import type { HistoryAnswers, HistoryOp, HistoryQuestion, HistoryQuestions } from '../core/history/questions.ts';
import type { ChapterFigures, Checkpoint, CopyRange, TextEngine } from '../core/ports.ts';
import { type Answer, packEntries, type Reply, type Request } from './messages.ts';
import type { FedEntry, TextFault } from './report-texts.ts';

interface Waiting {
  readonly resolve: (value: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A question, without the number under which it is answered. */
type Question =
  | { readonly op: 'checkpoint'; readonly report: ReportId; readonly chapter: ChapterId }
  | { readonly op: 'copies'; readonly report: ReportId; readonly after: Seq }
  | { readonly op: 'figures'; readonly report: ReportId }
  | { readonly op: 'history'; readonly report: ReportId; readonly question: HistoryQuestion };

/** So many threads may die before the engine gives up: what kills one thread at once would kill the next as well. */
const MOST_RESTARTS = 20;

/**
 * The text engine in a worker thread. If the thread dies, every open question is answered by an error, a new thread is started with
 * nothing in it, and whoever fed the old one is told. Nothing else of the server is touched: what depends on the engine (checkpoints,
 * figures, moved text) is derived from the log.
 */
export class WorkerTextEngine implements TextEngine {
  readonly #file: string;
  #worker: Worker;
  #restarts = 0;
  #listener: () => void = () => {};
  readonly #waiting = new Map<number, Waiting>();
  readonly #onFault: (fault: TextFault) => void;
  #calls = 0;
  #ended: Error | null = null;

  /** @param file the built worker */
  constructor(file: string, onFault: (fault: TextFault) => void = () => {}) {
    this.#file = file;
    this.#onFault = onFault;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    let reason: Error | null = null;
    worker.on('message', (message: Reply) => this.#receive(message));
    worker.on('error', (error: unknown) => {
      reason = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', (code) => this.#died(reason ?? new Error(`The text engine ended (${code}).`)));
    worker.unref();
    return worker;
  }

  onRestart(listener: () => void): void {
    this.#listener = listener;
  }

  open(report: ReportId): void {
    this.#post({ op: 'open', report });
  }

  feed(report: ReportId, entries: readonly FedEntry[]): void {
    const packed = packEntries(entries);
    this.#post({ op: 'feed', report, entries: packed }, [packed.bytes.buffer]);
  }

  async checkpoint(report: ReportId, chapter: ChapterId): Promise<Checkpoint | null> {
    return (await this.#ask({ op: 'checkpoint', report, chapter })) as Checkpoint | null;
  }

  async copies(report: ReportId, after: Seq): Promise<readonly CopyRange[]> {
    return (await this.#ask({ op: 'copies', report, after })) as readonly CopyRange[];
  }

  async figures(report: ReportId): Promise<ReadonlyMap<ChapterId, ChapterFigures>> {
    return (await this.#ask({ op: 'figures', report })) as ReadonlyMap<ChapterId, ChapterFigures>;
  }

  async history<Op extends HistoryOp>(report: ReportId, op: Op, question: HistoryQuestions[Op]): Promise<HistoryAnswers[Op]> {
    const asked = { op, ...question } as unknown as HistoryQuestion;
    return (await this.#ask({ op: 'history', report, question: asked })) as HistoryAnswers[Op];
  }

  close(report: ReportId): void {
    this.#post({ op: 'close', report });
  }

  async stop(): Promise<void> {
    this.#end(new Error('The text engine was stopped.'));
    await this.#worker.terminate();
  }

  #ask(question: Question): Promise<Answer> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#worker.ref();
      this.#post({ ...question, call });
    });
  }

  #post(request: Request, hand: ArrayBuffer[] = []): void {
    if (this.#ended === null) this.#worker.postMessage(request, hand);
  }

  #receive(message: Reply): void {
    if (message.kind === 'fault') {
      this.#onFault(message.fault);
      return;
    }
    const waiting = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (message.kind === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }

  #died(reason: Error): void {
    if (this.#ended !== null) return;
    this.#restarts += 1;
    if (this.#restarts > MOST_RESTARTS) {
      this.#end(reason);
      return;
    }
    this.#refuseWaiting(reason);
    this.#worker = this.#start();
    this.#listener();
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    this.#refuseWaiting(this.#ended);
  }

  #refuseWaiting(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
