import { describe, expect, it } from 'vitest';
import type { CommittedEntry, LogListener, OpenLog } from '../../../server/core/ports.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { SimDisk, seeded } from '../../support/sim-disk.ts';
import { all, draft, MEMBERS, OTHER, REPORT, textOf } from '../samples.ts';
import { openSim, type SimHouse } from './sim-house.ts';

const RUNS = process.env['GONGBI_PROOF'] === '1' ? 5_000 : 150;
const LIVES = 3;

/** What one report was told, and what may at most be found of it later. */
class Model implements LogListener {
  readonly committedTexts: string[] = [];
  /** Appended, neither told committed nor known to be gone: one list a call of append. */
  open: string[][] = [];
  log: OpenLog | null = null;
  failures = 0;

  committed(entries: readonly CommittedEntry[]): void {
    for (const entry of entries) {
      const group = this.open[0]!;
      expect(textOf(entry)).toBe(group.shift());
      if (group.length === 0) this.open.shift();
      this.committedTexts.push(textOf(entry));
      expect(entry.seq).toBe(this.committedTexts.length);
    }
    // All of one append together.
    expect(this.open.every((group) => group.length > 0)).toBe(true);
  }

  failed(): void {
    this.failures += 1;
  }

  /** After power loss: everything committed, then perhaps whole appends that were in flight, in order. */
  settleAfterCrash(found: readonly string[]): void {
    expect(found.slice(0, this.committedTexts.length)).toEqual(this.committedTexts);
    const extra = found.slice(this.committedTexts.length);
    while (extra.length > 0) {
      const group = this.open.shift();
      expect(group, `entries nobody appended: ${extra.join(' ')}`).toBeDefined();
      expect(extra.splice(0, group!.length)).toEqual(group);
    }
    this.committedTexts.splice(0, this.committedTexts.length, ...found);
    this.open = [];
  }
}

class Run {
  readonly random: () => number;
  readonly disk: SimDisk;
  readonly models = new Map<ReportId, Model>();
  house: SimHouse | null = null;
  #count = 0;

  constructor(seed: number) {
    this.random = seeded(seed * 7919);
    this.disk = new SimDisk(seed);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  async life(): Promise<void> {
    this.disk.powerOffAt = this.disk.operations + 3 + this.below(250);
    if (this.random() < 0.5) {
      const code = this.random() < 0.5 ? 'EIO' : 'ENOSPC';
      this.disk.failNth('any', 1 + this.below(120), code);
      if (this.random() < 0.3) this.disk.failNth('datasync', 1 + this.below(40), code);
    }
    try {
      this.house = await openSim(this.disk);
      await this.#work(this.house);
    } catch (error) {
      if (!isDiskError(error)) throw error;
    }
    if (this.random() < 0.5) this.disk.crash();
    else this.disk.kill();
  }

  async #work(house: SimHouse): Promise<void> {
    for (let step = 0; step < 120; step++) {
      const report = this.random() < 0.6 ? REPORT : OTHER;
      const dice = this.random();
      try {
        if (dice < 0.8) await this.#append(house, report);
        else if (dice < 0.85) await this.#close(report);
        else if (dice < 0.9)
          await house.storage.checkpoints.save(report, 'chapter0000000000001' as never, {
            seq: step,
            join: new Uint8Array(9),
            full: new Uint8Array(700),
          });
        else if (dice < 0.95) await house.storage.records.putAccount({ id: MEMBERS[0]!, name: String(step), admin: true, createdAt: step });
        else await new Promise<void>((resolve) => setImmediate(resolve));
      } catch (error) {
        if (!isDiskError(error)) throw error;
      }
    }
    if (this.random() < 0.3) await house.storage.close();
  }

  async #append(house: SimHouse, report: ReportId): Promise<void> {
    const model = this.models.get(report) ?? new Model();
    this.models.set(report, model);
    if (model.log !== null && model.failures > 0) await this.#close(report);
    if (model.log === null) {
      if (!(await house.storage.logs.exists(report))) await house.storage.logs.create(report);
      const gone = [...this.models.values()].filter((other) => other === model || other.failures > 0);
      model.failures = 0;
      model.log = await house.storage.logs.open(report, model);
      // Opened again within one life: what had failed before is gone for good, in every report.
      for (const one of gone) one.open = [];
      expect(model.log.damage).toBeNull();
      const found = (await all(model.log)).map(textOf);
      expect(found).toEqual(model.committedTexts);
      if (model.failures > 0) return;
    }
    const group = Array.from(
      { length: 1 + this.below(3) },
      () => `${++this.#count}·${'文'.repeat(this.below(this.random() < 0.05 ? 900 : 12))}`,
    );
    model.open.push([...group]);
    model.log.append(group.map((text) => draft(text, { author: MEMBERS[this.below(3)]! })));
    for (let turns = this.below(6); turns > 0; turns--) await Promise.resolve();
    if (this.random() < 0.3) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async #close(report: ReportId): Promise<void> {
    const model = this.models.get(report);
    const log = model?.log;
    if (model === undefined || log === null || log === undefined) return;
    model.log = null;
    await log.close();
  }

  /** A fresh start on what is left finds everything that was told committed, in order, and nothing that nobody appended. */
  async check(): Promise<void> {
    const { storage, warnings } = await openSim(this.disk);
    for (const [report, model] of this.models) {
      model.log = null;
      model.failures = 0;
      if (!(await storage.logs.exists(report))) {
        expect(model.committedTexts).toEqual([]);
        continue;
      }
      const log = await storage.logs.open(report, { committed: () => {}, failed: () => {} });
      expect(log.damage).toBeNull();
      const entries = await all(log);
      expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1));
      model.settleAfterCrash(entries.map(textOf));
      await storage.checkpoints.load(report, 'chapter0000000000001' as never);
      await log.close();
    }
    expect(warnings.filter((warning) => /damaged|can be read but not written/.test(warning))).toEqual([]);
    await storage.close();
    this.disk.kill();
  }
}

function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(EPOWER|EIO|ENOSPC)$/.test(String(error.code));
}

describe('power loss and failing disks', () => {
  it(`[DU3] ${RUNS} seeded runs: what was told committed survives any crash, in order, and nothing is invented`, {
    timeout: 0,
  }, async () => {
    const only = process.env['GONGBI_SEED'];
    for (let seed = 1; seed <= RUNS; seed++) {
      if (only !== undefined && seed !== Number(only)) continue;
      const run = new Run(seed);
      try {
        for (let life = 0; life < LIVES; life++) {
          await run.life();
          await run.check();
        }
      } catch (error) {
        throw new Error(`Seed ${seed} (GONGBI_SEED=${seed} runs it alone)`, { cause: error });
      }
    }
  });
});
