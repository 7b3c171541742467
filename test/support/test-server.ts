import type { Press } from '../../server/core/export/press.ts';
import type { NewReport } from '../../server/core/new-report.ts';
import { newNodeId } from '../../server/core/new-report.ts';
import type { Account, HouseKeys } from '../../server/core/ports.ts';
import { type App, createApp } from '../../server/create-app.ts';
import { InProcessPress } from '../../server/export/start.ts';
import { passingHouseKeys } from '../../server/house-keys.ts';
import type { DiagnosticLog } from '../../server/log.ts';
import { SCRYPT, scryptPasswords } from '../../server/passwords.ts';
import { sha256 } from '../../server/storage/sha256.ts';
import { systemIds, systemScheduler } from '../../server/system.ts';
import { InProcessTextEngine } from '../../server/text-engine/engine.ts';
import { DEFAULT_LIMITS, type Limits } from '../../server/ws/limits.ts';
import type { Role } from '../../shared/access/can.ts';
import type { ChapterId, NodeId, ReportId } from '../../shared/ids.ts';
import type { OutlineNode } from '../../shared/outline/outline.ts';
import { ShiftedClock } from './fake-clock.ts';
import { createMemoryStorage, type MemoryStorage } from './memory-storage.ts';
import { type DialOptions, WsClient } from './ws-client.ts';

/** Somebody with an account and a signed-in browser. */
export interface Person {
  readonly account: Account;
  readonly cookie: string;
}

/** A report with one chapter. */
export interface TestReport {
  readonly id: ReportId;
  readonly chapter: ChapterId;
}

export interface TestServer {
  readonly app: App;
  readonly storage: MemoryStorage;
  readonly clock: ShiftedClock;
  readonly url: string;
  /** What went to the diagnostic log at level `error`. */
  readonly troubles: string[];
  person(name: string, admin?: boolean): Promise<Person>;
  report(members: readonly (readonly [Person, Role])[], plan?: Partial<Pick<NewReport, 'beginning' | 'content'>>): Promise<TestReport>;
  /** A socket of the report, or of a chapter's room. */
  dial(person: Person | null, path: string, options?: DialOptions): Promise<WsClient>;
  room(person: Person, report: TestReport, options?: DialOptions): Promise<WsClient>;
  request(
    person: Person | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly limits?: Partial<Limits>;
  readonly origins?: readonly string[];
  readonly storage?: MemoryStorage;
  readonly webRoot?: string;
  /** Left out = files are made in this process. */
  readonly press?: Press;
  /** Left out = a key of its own. */
  readonly keys?: HouseKeys;
}

/** The whole server on a free port of loopback, with a storage in memory that a test can hold back or break. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const storage = options.storage ?? createMemoryStorage();
  const clock = new ShiftedClock();
  const troubles: string[] = [];
  const keys = options.keys ?? passingHouseKeys();
  const log: DiagnosticLog = {
    write(level, event, facts) {
      if (level === 'error') troubles.push(`${event} ${facts?.['error'] instanceof Error ? facts['error'].stack : ''}`);
    },
  };
  const app = createApp({
    storage,
    engine: new InProcessTextEngine(),
    keys,
    press: options.press ?? new InProcessPress(''),
    clock,
    scheduler: systemScheduler,
    ids: systemIds,
    sha256,
    // Weak on purpose: what is tried here is not how long scrypt takes.
    passwords: scryptPasswords({ ...SCRYPT, cost: 2 ** 8 }),
    log,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    origins: options.origins ?? [],
    webRoot: options.webRoot ?? null,
  });
  const port = await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const cookieOf = (person: Person | null): Record<string, string> => (person === null ? {} : { cookie: person.cookie });

  const server: TestServer = {
    app,
    storage,
    clock,
    url,
    troubles,
    async person(name, admin = false) {
      const account = await app.accounts.createAccount(name, admin);
      const signedIn = await app.accounts.signIn(await app.accounts.createLink(account.id));
      if (!signedIn.ok) throw new Error(signedIn.error);
      return { account, cookie: `gongbi_session=${signedIn.value.secret}` };
    },
    async report(members, plan = {}) {
      const [first, ...rest] = members.map(([person, role]) => ({ id: person.account.id, name: person.account.name, role }));
      if (first === undefined) throw new Error('A report needs a member');
      const content = plan.content ?? oneChapter();
      const id = await app.reports.create({ beginning: plan.beginning ?? 'empty', content, members: [first, ...rest] });
      const chapter = content.nodes.find((node) => node.kind !== 'part')?.id;
      if (chapter === undefined) throw new Error('A report for a test needs a chapter');
      return { id, chapter };
    },
    dial: (person, path, dialOptions = {}) =>
      WsClient.dial(`${url.replace('http', 'ws')}/sync/${path}`, {
        ...dialOptions,
        headers: { ...cookieOf(person), ...dialOptions.headers },
      }),
    room: (person, report, dialOptions) => server.dial(person, `${report.id}/${report.chapter}`, dialOptions),
    request: (person, method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...cookieOf(person), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
      }),
    close: () => app.close(),
  };
  return server;
}

function oneChapter(): NewReport['content'] {
  const id: NodeId = newNodeId(systemIds);
  const node: OutlineNode = { id, kind: 'chapter', heading: '工作情况', form: 'own-line', parent: null };
  return { title: '测试报告', nodes: [node], texts: new Map([[id, []]]) };
}
