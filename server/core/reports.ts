import type { ReportSummary } from '../../shared/api.ts';
import type { MemberId, ReportId } from '../../shared/ids.ts';
import { firstEntries, type NewReport, newReportId } from './new-report.ts';
import { openReport } from './open-report.ts';
import type { Records, Storage } from './ports.ts';
import type { Report, ReportParts } from './report.ts';
import { ReportCommands } from './report-commands.ts';
import { ReportUnavailable } from './report-error.ts';
import { TermTable } from './term-table.ts';

export interface ReportsParts extends Omit<ReportParts, 'checkpoints'> {
  readonly storage: Storage;
}

interface Trouble {
  /** Not opened again before this time (ms). */
  readonly until: number;
  readonly delay: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const SWEEP_MS = 10_000;

/** The reports of the house: opened on demand, once, and closed when nobody uses them. After a failure of the storage: read again, with growing pauses. */
export class Reports {
  /** The office's fixed terms, by which every report of the house is proofread. */
  readonly terms: TermTable;
  private readonly parts: ReportsParts;
  private readonly open_ = new Map<ReportId, Promise<Report>>();
  private readonly commands = new WeakMap<Report, ReportCommands>();
  private readonly closing = new Map<ReportId, Promise<void>>();
  private readonly troubles = new Map<ReportId, Trouble>();
  private stopping = false;
  private cancelSweep: () => void;

  constructor(parts: ReportsParts) {
    this.parts = parts;
    this.terms = new TermTable(parts.storage.records, parts.clock);
    this.cancelSweep = parts.scheduler.after(SWEEP_MS, () => this.sweep());
    parts.engine.onRestart(() => this.reopenAll());
  }

  /**
   * @returns null when there is no such report.
   * @throws ReportUnavailable when its storage has failed or the server is stopping.
   */
  async open(id: ReportId): Promise<Report | null> {
    if (this.stopping) throw new ReportUnavailable('stopping', 'The server is stopping');
    const open = this.open_.get(id);
    if (open !== undefined) {
      const report = await open;
      report.touch();
      return report;
    }
    if (this.parts.clock.now() < (this.troubles.get(id)?.until ?? 0))
      throw new ReportUnavailable('storage', 'The disk failed a moment ago');
    if (!this.closing.has(id) && !(await this.parts.storage.logs.exists(id))) return null;
    return await (this.open_.get(id) ?? this.read(id));
  }

  /** Commands of an open report, in turn. */
  commandsOf(report: Report): ReportCommands {
    const known = this.commands.get(report);
    if (known !== undefined) return known;
    const commands = new ReportCommands(report, this.parts.ids);
    this.commands.set(report, commands);
    return commands;
  }

  /** Makes a report; it exists when all its first entries are durable. */
  async create(plan: NewReport): Promise<ReportId> {
    const { storage, ids, clock } = this.parts;
    const id = newReportId(ids);
    await storage.logs.create(id);
    const report = await this.read(id);
    await report.appendAndWait(firstEntries(plan, ids));
    await storage.records.putReport({
      id,
      title: plan.content.title,
      createdAt: clock.now(),
      createdBy: plan.members[0].id,
      members: plan.members.map((member) => member.id),
    });
    return id;
  }

  /** Brings the index of reports, a copy for listing, in line with the report's log. */
  async index(report: Report): Promise<void> {
    const { records } = this.parts.storage;
    const known = records.reports().find((record) => record.id === report.id);
    if (known === undefined) return;
    const { outline, members } = report.fold;
    const present = members.filter((member) => !member.left).map((member) => member.id);
    await records.putReport({ ...known, title: outline.title, members: present });
  }

  /** Every report that this member may read, in no order; of those in the trash only the ones that they own. One that cannot be opened now is left out. */
  async readableBy(member: MemberId): Promise<Report[]> {
    const readable: Report[] = [];
    for (const record of this.parts.storage.records.reports()) {
      if (!record.members.includes(member)) continue;
      const report = await this.tryOpen(record.id);
      if (report?.may(member, 'read', null)) readable.push(report);
    }
    return readable;
  }

  /** Reports this member belongs to, last changed first, without the trash. One that cannot be opened now is left out. */
  async list(member: MemberId): Promise<readonly ReportSummary[]> {
    const summaries: ReportSummary[] = [];
    for (const report of await this.readableBy(member)) {
      const role = report.roleOf(member);
      if (role === null || report.fold.life.trashed) continue;
      const { outline, stage, seq, changedAt, members } = report.fold;
      summaries.push({ id: report.id, title: outline.title, role, stage, seq, changedAt, members });
    }
    return summaries.sort((a, b) => b.changedAt - a.changedAt);
  }

  /** Takes nothing more; everything in flight becomes durable and is acknowledged before the sockets are told to go. */
  async stop(closeSockets: () => void): Promise<void> {
    this.stopping = true;
    this.cancelSweep();
    const reports = await Promise.allSettled(this.open_.values());
    const open = reports.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    await Promise.allSettled(open.map((report) => report.settle()));
    closeSockets();
    await Promise.allSettled([...open.map((report) => report.close('stopping')), ...this.closing.values()]);
    this.open_.clear();
  }

  private async tryOpen(id: ReportId): Promise<Report | null> {
    try {
      return await this.open(id);
    } catch (error) {
      this.parts.trouble('report not listed', error);
      return null;
    }
  }

  private read(id: ReportId): Promise<Report> {
    const { storage, trouble } = this.parts;
    const after = this.closing.get(id) ?? Promise.resolve();
    const opening = after.then(() =>
      openReport(id, storage.logs, { ...this.parts, checkpoints: storage.checkpoints }, (error) => {
        trouble('storage failed', error);
        this.forget(id);
      }),
    );
    this.open_.set(id, opening);
    opening.then(
      () => this.troubles.delete(id),
      (error: unknown) => {
        trouble('report cannot be opened', error);
        if (this.open_.get(id) === opening) this.open_.delete(id);
        this.pause(id);
      },
    );
    return opening.catch((error: unknown) => {
      throw new ReportUnavailable('storage', error instanceof Error ? error.message : 'The report cannot be opened');
    });
  }

  /** The storage failed under an open report: what it held is given back, and the next one to ask reads the disk anew. */
  private forget(id: ReportId): void {
    const failed = this.open_.get(id);
    if (failed === undefined) return;
    this.open_.delete(id);
    this.pause(id);
    this.closeBehind(
      id,
      failed.then((report) => report.close('storage')),
    );
  }

  /** The text engine lost what it was fed: every report is closed, people come back by themselves, and opening feeds it from the log. */
  private reopenAll(): void {
    this.parts.trouble('text engine restarted', new Error('Its thread had ended'));
    for (const [id, opening] of this.open_) {
      this.open_.delete(id);
      this.closeBehind(
        id,
        opening.then((report) => report.close('stopping')),
      );
    }
  }

  private pause(id: ReportId): void {
    const delay = Math.min(LONGEST_DELAY_MS, (this.troubles.get(id)?.delay ?? FIRST_DELAY_MS / 2) * 2);
    this.troubles.set(id, { delay, until: this.parts.clock.now() + delay });
  }

  private closeBehind(id: ReportId, closing: Promise<void>): void {
    const done = closing
      .catch((error: unknown) => this.parts.trouble('closing a report failed', error))
      .finally(() => {
        if (this.closing.get(id) === done) this.closing.delete(id);
      });
    this.closing.set(id, done);
  }

  private sweep(): void {
    if (this.stopping) return;
    this.cancelSweep = this.parts.scheduler.after(SWEEP_MS, () => this.sweep());
    for (const [id, opening] of this.open_) {
      void opening.then(
        (report) => {
          if (!report.sweep() || this.open_.get(id) !== opening) return;
          this.open_.delete(id);
          this.closeBehind(id, report.close('stopping'));
        },
        () => undefined,
      );
    }
  }

  /** For starting: the records behind the reports. */
  get records(): Records {
    return this.parts.storage.records;
  }
}
