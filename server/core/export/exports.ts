import type { ExportCommand, ExportedFile, ExportKind, ExportState, ExportStep } from '../../../shared/api/export.ts';
import { exportFileName } from '../../../shared/document/file-name.ts';
import type { MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import type { Clock, Ids } from '../ports.ts';
import type { Report } from '../report.ts';
import type { Press } from './press.ts';
import { documentPast } from './source.ts';

/** A file that nobody fetches is forgotten after this. */
export const KEPT_MS = 10 * 60_000;
/** Files are made one after the other by so many at once; the rest wait. */
const AT_ONCE = 2;
const MOST_OF_ONE_MEMBER = 4;
const MOST_OF_ALL = 200;
const EXTENSIONS: Readonly<Record<ExportKind, string>> = {
  docx: 'docx',
  marked: 'docx',
  pdf: 'pdf',
  html: 'html',
  txt: 'txt',
  preview: 'json',
};

interface Job {
  readonly id: string;
  readonly report: ReportId;
  readonly member: MemberId;
  readonly kind: ExportKind;
  readonly seq: Seq;
  readonly from: Seq | null;
  state: ExportState['state'];
  step: ExportStep;
  progress: number | null;
  name: string;
  file: (ExportedFile & { readonly content: Uint8Array }) | null;
  endedAt: number;
  cancel: () => void;
}

export interface ExportsParts {
  readonly press: Press;
  readonly clock: Clock;
  readonly ids: Ids;
  trouble(what: string, error: unknown): void;
}

/** Files under way and files to be fetched. In memory only: after a restart they are asked for again. */
export class Exports {
  readonly #parts: ExportsParts;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(parts: ExportsParts) {
    this.#parts = parts;
  }

  /** @returns null when this member, or the house, has too many under way. */
  start(report: Report, member: MemberId, command: ExportCommand): ExportState | null {
    this.#forget();
    const running = [...this.#jobs.values()].filter((job) => job.state === 'running');
    if (running.filter((job) => job.member === member).length >= MOST_OF_ONE_MEMBER || this.#jobs.size >= MOST_OF_ALL) return null;
    const seq = command.seq ?? report.head();
    const job: Job = {
      id: this.#parts.ids.next(),
      report: report.id,
      member,
      kind: command.kind,
      seq,
      from: command.kind === 'marked' ? (command.from ?? null) : null,
      state: 'running',
      step: 'waiting',
      progress: null,
      name: '',
      file: null,
      endedAt: 0,
      cancel: () => {},
    };
    this.#jobs.set(job.id, job);
    void this.#make(job, report, command);
    return stateOf(job);
  }

  stateOf(report: ReportId, member: MemberId, id: string): ExportState | null {
    this.#forget();
    const job = this.#find(report, member, id);
    return job === null ? null : stateOf(job);
  }

  /** @returns null when there is no such export, or it is not done. */
  fileOf(
    report: ReportId,
    member: MemberId,
    id: string,
  ): { readonly name: string; readonly kind: ExportKind; readonly content: Uint8Array } | null {
    this.#forget();
    const job = this.#find(report, member, id);
    return job?.file == null ? null : { name: job.file.name, kind: job.kind, content: job.file.content };
  }

  /** Stops it, or throws its file away. @returns whether there was one */
  cancel(report: ReportId, member: MemberId, id: string): boolean {
    const job = this.#find(report, member, id);
    if (job === null) return false;
    if (job.state === 'running') {
      this.#end(job, 'cancelled');
      job.cancel();
    } else this.#jobs.delete(id);
    return true;
  }

  async #make(job: Job, report: Report, command: ExportCommand): Promise<void> {
    await this.#turn();
    try {
      if (job.state !== 'running') return;
      job.step = 'reading';
      const past = await documentPast(report, job.from ?? job.seq, job.seq);
      if (job.state !== 'running') return;
      const { title } = report.past.outlineAt(job.seq);
      job.name = exportFileName(title, suffixOf(report, job), EXTENSIONS[job.kind]);
      const names = Object.fromEntries(report.fold.members.map(({ id, name }) => [id, name]));
      const pressed = this.#parts.press.start(
        {
          kind: job.kind,
          report: report.id,
          title,
          at: report.past.atOf(job.seq),
          past,
          options: command.options,
          grid: command.grid ?? 'word',
          names,
        },
        (step, progress) => {
          job.step = step;
          job.progress = progress;
        },
      );
      job.cancel = pressed.cancel;
      const { bytes, pages, fonts } = await pressed.done;
      if (job.state !== 'running') return;
      job.file = { name: job.name, bytes: bytes.length, pages, fonts, content: bytes };
      this.#end(job, 'done');
    } catch (error) {
      if (job.state !== 'running') return;
      this.#end(job, 'failed');
      this.#parts.trouble('export', error);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }

  #end(job: Job, state: 'done' | 'failed' | 'cancelled'): void {
    job.state = state;
    job.progress = null;
    job.endedAt = this.#parts.clock.now();
  }

  /** An export is its maker's alone: what was in it was theirs to read then. */
  #find(report: ReportId, member: MemberId, id: string): Job | null {
    const job = this.#jobs.get(id);
    return job !== undefined && job.report === report && job.member === member ? job : null;
  }

  #forget(): void {
    const now = this.#parts.clock.now();
    for (const job of this.#jobs.values()) if (job.state !== 'running' && now - job.endedAt > KEPT_MS) this.#jobs.delete(job.id);
  }
}

function stateOf({ id, kind, seq, from, state, step, progress, file }: Job): ExportState {
  const told = file === null ? null : { name: file.name, bytes: file.bytes, pages: file.pages, fonts: file.fonts };
  return { id, kind, seq, from, state, step, progress, file: told };
}

/** 「（送审稿）」, 「（第 412 笔）」, 「（第 300 笔至送审稿）花脸稿」: files of several points lie beside each other. */
function suffixOf(report: Report, { seq, from, kind }: Job): string {
  const say = (point: Seq) => report.fold.revisions.findLast(({ upTo }) => upTo === point)?.name ?? `第${point}笔`;
  return kind === 'marked' ? `（${say(from ?? seq)}至${say(seq)}）花脸稿` : `（${say(seq)}）`;
}
