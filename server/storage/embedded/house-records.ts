import { Low } from 'lowdb';
import { z } from 'zod';
import { isRole, type Role } from '../../../shared/access/can.ts';
import { isId, type MemberId, type ReportId } from '../../../shared/ids.ts';
import { type HouseTerms, NO_HOUSE_TERMS } from '../../../shared/proofreading/house-terms.ts';
import type {
  Account,
  Credential,
  HouseChange,
  InvitationRecord,
  Records,
  ReportRecord,
  SessionRecord,
  SignInLink,
} from '../../core/ports.ts';
import type { Disk } from './disk.ts';
import { joinPath } from './disk.ts';
import { JsonFile } from './json-file.ts';
import { WorkLine } from './work-line.ts';

/** Accounts, sign-in links, sessions and the index of reports: small, rarely written, readable by people (docs/FORMAT.md §8). */
const VERSION = 1;

const member = z.custom<MemberId>(isId, 'not a member id');
const report = z.custom<ReportId>(isId, 'not a report id');
const time = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex');

const account = z.strictObject({
  id: member,
  name: z.string(),
  admin: z.boolean(),
  createdAt: time,
  suspendedAt: time.exactOptional(),
  settings: z
    .strictObject({ language: z.enum(['zh-CN', 'en']).exactOptional(), theme: z.enum(['system', 'light', 'dark']).exactOptional() })
    .exactOptional(),
});
const credential = z.strictObject({
  account: member,
  login: z.string().min(1),
  password: z
    .strictObject({
      algorithm: z.literal('scrypt'),
      cost: z.number().int().positive(),
      blockSize: z.number().int().positive(),
      parallel: z.number().int().positive(),
      salt: z.string().regex(/^[0-9a-f]{32}$/, 'not 16 bytes in hex'),
      hash: z.string().regex(/^[0-9a-f]{128}$/, 'not 64 bytes in hex'),
    })
    .nullable(),
});
const link = z.strictObject({ hash, account: member.nullable(), expiresAt: time, usedAt: time.nullable() });
const session = z.strictObject({
  hash,
  account: member,
  kind: z.enum(['browser', 'token']),
  label: z.string(),
  createdAt: time,
  expiresAt: time,
  seenAt: time.exactOptional(),
});
const invitation = z.strictObject({
  hash,
  report,
  role: z.custom<Role>(isRole, 'not a role'),
  note: z.string(),
  createdBy: member,
  createdAt: time,
  expiresAt: time,
  usedAt: time.nullable(),
  usedBy: member.nullable(),
});
const reportRecord = z.strictObject({ id: report, title: z.string(), createdAt: time, createdBy: member, members: z.array(member) });

const terms = z.strictObject({
  entries: z.array(
    z.strictObject({
      wrong: z.string().min(1),
      right: z.string(),
      unless: z.array(z.string()),
      severity: z.enum(['error', 'warning', 'hint']),
      reason: z.string(),
      cites: z.string(),
      by: member,
      at: time,
    }),
  ),
  off: z.array(z.string()),
});

/** Strict: a field that this version does not know would be lost with the next write, so a newer version's file is refused instead. */
const houseData = z.strictObject({
  version: z.literal(VERSION),
  accounts: z.array(account),
  links: z.array(link),
  sessions: z.array(session),
  reports: z.array(reportRecord),
  // Files of before there were passwords and invitations have neither.
  credentials: z.array(credential).default([]),
  invitations: z.array(invitation).default([]),
  // Nor a table of terms, before there was proofreading.
  terms: terms.default({ entries: [], off: [] }),
});

interface HouseData {
  readonly version: typeof VERSION;
  readonly accounts: readonly Account[];
  readonly links: readonly SignInLink[];
  readonly sessions: readonly SessionRecord[];
  readonly reports: readonly ReportRecord[];
  readonly credentials: readonly Credential[];
  readonly invitations: readonly InvitationRecord[];
  readonly terms: HouseTerms;
}

const EMPTY: HouseData = {
  version: VERSION,
  accounts: [],
  links: [],
  sessions: [],
  reports: [],
  credentials: [],
  invitations: [],
  terms: NO_HOUSE_TERMS,
};

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
  #credentials: ReadonlyMap<MemberId, Credential>;
  #invitations: ReadonlyMap<string, InvitationRecord>;
  #terms: HouseTerms;

  constructor(db: Low<HouseData>) {
    this.#db = db;
    this.#accounts = new Map(db.data.accounts.map((one) => [one.id, one]));
    this.#links = new Map(db.data.links.map((one) => [one.hash, one]));
    this.#sessions = new Map(db.data.sessions.map((one) => [one.hash, one]));
    this.#reports = new Map(db.data.reports.map((one) => [one.id, one]));
    this.#credentials = new Map(db.data.credentials.map((one) => [one.account, one]));
    this.#invitations = new Map(db.data.invitations.map((one) => [one.hash, one]));
    this.#terms = db.data.terms;
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

  sessions(): readonly SessionRecord[] {
    return [...this.#sessions.values()];
  }

  touchSession(key: string, seenAt: number): Promise<void> {
    return this.#change(() => {
      // Looked up in its turn: a session that ended before is not brought back.
      const known = this.#sessions.get(key);
      if (known === undefined) return null;
      const sessions = new Map(this.#sessions).set(key, session.parse({ ...known, seenAt }));
      return { data: { sessions: [...sessions.values()] }, done: () => (this.#sessions = sessions) };
    });
  }

  removeSession(key: string): Promise<void> {
    return this.change({ endSessions: [key] });
  }

  credential(key: MemberId): Credential | null {
    return this.#credentials.get(key) ?? null;
  }

  credentials(): readonly Credential[] {
    return [...this.#credentials.values()];
  }

  invitation(key: string): InvitationRecord | null {
    return this.#invitations.get(key) ?? null;
  }

  invitations(): readonly InvitationRecord[] {
    return [...this.#invitations.values()];
  }

  removeInvitation(key: string): Promise<void> {
    return this.#change(() => {
      const invitations = new Map(this.#invitations);
      invitations.delete(key);
      return { data: { invitations: [...invitations.values()] }, done: () => (this.#invitations = invitations) };
    });
  }

  change(asked: HouseChange): Promise<void> {
    return this.#change(() => {
      const accounts = withAll(
        this.#accounts,
        asked.accounts?.map((one) => [one.id, account.parse(one)]),
      );
      const credentials = withAll(
        this.#credentials,
        asked.credentials?.map((one) => [one.account, credential.parse(one)]),
      );
      const links = withAll(
        this.#links,
        asked.links?.map((one) => [one.hash, link.parse(one)]),
      );
      const invitations = withAll(
        this.#invitations,
        asked.invitations?.map((one) => [one.hash, invitation.parse(one)]),
      );
      const sessions = withAll(
        this.#sessions,
        asked.sessions?.map((one) => [one.hash, session.parse(one)]),
      );
      for (const key of asked.endSessions ?? []) sessions.delete(key);
      // As in putSession.
      const began = asked.sessions?.[0]?.createdAt ?? 0;
      for (const [key, other] of sessions) if (other.expiresAt <= began) sessions.delete(key);
      const data = {
        accounts: [...accounts.values()],
        credentials: [...credentials.values()],
        links: [...links.values()],
        invitations: [...invitations.values()],
        sessions: [...sessions.values()],
      };
      const done = (): void => {
        this.#accounts = accounts;
        this.#credentials = credentials;
        this.#links = links;
        this.#invitations = invitations;
        this.#sessions = sessions;
      };
      return { data, done };
    });
  }

  terms(): HouseTerms {
    return this.#terms;
  }

  putTerms(asked: HouseTerms): Promise<void> {
    return this.#change(() => {
      const parsed = terms.parse(asked);
      return { data: { terms: parsed }, done: () => (this.#terms = parsed) };
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
  #change(prepare: () => { data: Partial<HouseData>; done: () => void } | null): Promise<void> {
    return this.#writes.run(async () => {
      const prepared = prepare();
      if (prepared === null) return;
      const { data, done } = prepared;
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

function withAll<Key, Value>(known: ReadonlyMap<Key, Value>, more: readonly (readonly [Key, Value])[] = []): Map<Key, Value> {
  const all = new Map(known);
  for (const [key, value] of more) all.set(key, value);
  return all;
}
