import { Low } from 'lowdb';
import { z } from 'zod';
import { isId, type MemberId, type ReportId } from '../../../shared/ids.ts';
import type { Account, Records, ReportRecord, SessionRecord, SignInLink } from '../../core/ports.ts';
import type { Disk } from './disk.ts';
import { joinPath } from './disk.ts';
import { JsonFile } from './json-file.ts';
import { WorkLine } from './work-line.ts';

/** Accounts, sign-in links, sessions and the index of reports: small, rarely written, readable by people (docs/FORMAT.md §7). */
const VERSION = 1;

const member = z.custom<MemberId>(isId, 'not a member id');
const report = z.custom<ReportId>(isId, 'not a report id');
const time = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex');

const account = z.strictObject({ id: member, name: z.string(), admin: z.boolean(), createdAt: time });
const link = z.strictObject({ hash, account: member.nullable(), expiresAt: time, usedAt: time.nullable() });
const session = z.strictObject({
  hash,
  account: member,
  kind: z.enum(['browser', 'token']),
  label: z.string(),
  createdAt: time,
  expiresAt: time,
});
const reportRecord = z.strictObject({ id: report, title: z.string(), createdAt: time, createdBy: member, members: z.array(member) });

/** Strict: a field that this version does not know would be lost with the next write, so a newer version's file is refused instead. */
const houseData = z.strictObject({
  version: z.literal(VERSION),
  accounts: z.array(account),
  links: z.array(link),
  sessions: z.array(session),
  reports: z.array(reportRecord),
});

interface HouseData {
  readonly version: typeof VERSION;
  readonly accounts: readonly Account[];
  readonly links: readonly SignInLink[];
  readonly sessions: readonly SessionRecord[];
  readonly reports: readonly ReportRecord[];
}

const EMPTY: HouseData = { version: VERSION, accounts: [], links: [], sessions: [], reports: [] };

/** @throws Error that says in one line what is wrong where. */
function parseHouseData(value: unknown): HouseData {
  const parsed = houseData.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; '));
}

export interface HouseRecordsSettings {
  readonly disk: Disk;
  readonly folder: string;
  readonly warn: (message: string) => void;
  readonly now: () => number;
}

/** @throws Error when the file and its backups can't be read. */
export async function openHouseRecords(settings: HouseRecordsSettings): Promise<Records & { settled(): Promise<void> }> {
  const path = joinPath(settings.folder, 'records.json');
  const file = new JsonFile<HouseData>({ ...settings, path, parse: parseHouseData });
  const db = new Low<HouseData>(file, EMPTY);
  await db.read();
  return new HouseRecords(db);
}

/** What is looked up is what is on the medium: a record shows itself only once its write has succeeded. */
class HouseRecords implements Records {
  readonly #db: Low<HouseData>;
  readonly #writes = new WorkLine();
  #accounts: ReadonlyMap<MemberId, Account>;
  #links: ReadonlyMap<string, SignInLink>;
  #sessions: ReadonlyMap<string, SessionRecord>;
  #reports: ReadonlyMap<ReportId, ReportRecord>;

  constructor(db: Low<HouseData>) {
    this.#db = db;
    this.#accounts = new Map(db.data.accounts.map((one) => [one.id, one]));
    this.#links = new Map(db.data.links.map((one) => [one.hash, one]));
    this.#sessions = new Map(db.data.sessions.map((one) => [one.hash, one]));
    this.#reports = new Map(db.data.reports.map((one) => [one.id, one]));
  }

  accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  account(id: MemberId): Account | null {
    return this.#accounts.get(id) ?? null;
  }

  putAccount(one: Account): Promise<void> {
    return this.#change(() => {
      const accounts = new Map(this.#accounts).set(one.id, account.parse(one));
      return { data: { accounts: [...accounts.values()] }, done: () => (this.#accounts = accounts) };
    });
  }

  link(key: string): SignInLink | null {
    return this.#links.get(key) ?? null;
  }

  links(): readonly SignInLink[] {
    return [...this.#links.values()];
  }

  putLink(one: SignInLink): Promise<void> {
    return this.#change(() => {
      const links = new Map(this.#links).set(one.hash, link.parse(one));
      return { data: { links: [...links.values()] }, done: () => (this.#links = links) };
    });
  }

  session(key: string): SessionRecord | null {
    return this.#sessions.get(key) ?? null;
  }

  /** Sessions that had expired when this one began are dropped with the same write. */
  putSession(one: SessionRecord): Promise<void> {
    return this.#change(() => {
      const living = [...this.#sessions].filter(([, other]) => other.expiresAt > one.createdAt);
      const sessions = new Map(living).set(one.hash, session.parse(one));
      return { data: { sessions: [...sessions.values()] }, done: () => (this.#sessions = sessions) };
    });
  }

  removeSession(key: string): Promise<void> {
    return this.#change(() => {
      const sessions = new Map(this.#sessions);
      sessions.delete(key);
      return { data: { sessions: [...sessions.values()] }, done: () => (this.#sessions = sessions) };
    });
  }

  reports(): readonly ReportRecord[] {
    return [...this.#reports.values()];
  }

  putReport(one: ReportRecord): Promise<void> {
    return this.#change(() => {
      const reports = new Map(this.#reports).set(one.id, reportRecord.parse(one));
      return { data: { reports: [...reports.values()] }, done: () => (this.#reports = reports) };
    });
  }

  async settled(): Promise<void> {
    await this.#writes.run(async () => {});
  }

  /** One write after the other; a failed one leaves everything as it was. */
  #change(prepare: () => { data: Partial<HouseData>; done: () => void }): Promise<void> {
    return this.#writes.run(async () => {
      const { data, done } = prepare();
      const before = this.#db.data;
      this.#db.data = { ...before, ...data };
      try {
        await this.#db.write();
      } catch (error) {
        this.#db.data = before;
        throw error;
      }
      done();
    });
  }
}
