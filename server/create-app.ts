import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Invitations } from './core/account-invitations.ts';
import { PasswordAccounts } from './core/account-passwords.ts';
import { People } from './core/account-people.ts';
import { WrongTries } from './core/account-tries.ts';
import { Accounts } from './core/accounts.ts';
import { Exports } from './core/export/exports.ts';
import type { Press } from './core/export/press.ts';
import type { Clock, HouseKeys, Ids, Passwords, Scheduler, Sha256, Storage, TextEngine } from './core/ports.ts';
import { ReadMarkBook } from './core/read-marks/read-marks.ts';
import { Reports } from './core/reports.ts';
import { tableDocx, xlsxFile } from './export/table/table.ts';
import { createHttpApp } from './http/app.ts';
import type { DiagnosticLog } from './log.ts';
import { scryptPasswords } from './passwords.ts';
import { Gateway } from './ws/gateway.ts';
import { DEFAULT_LIMITS, type Limits } from './ws/limits.ts';

export interface AppParts {
  readonly storage: Storage;
  readonly engine: TextEngine;
  readonly press: Press;
  readonly keys: HouseKeys;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly ids: Ids;
  readonly sha256: Sha256;
  /** Left out = scrypt at full cost. */
  readonly passwords?: Passwords;
  readonly log: DiagnosticLog;
  readonly limits?: Limits;
  /** Origins besides the server's own Host. */
  readonly origins?: readonly string[];
  readonly secureCookies?: boolean;
  /** Absolute path of the built client; null = only the interface is served. */
  readonly webRoot?: string | null;
}

export interface App {
  readonly accounts: Accounts;
  readonly people: People;
  readonly reports: Reports;
  /** @returns the port listened on. @throws Error with `code` EADDRINUSE and the like. */
  listen(port: number, host: string): Promise<number>;
  /** Takes nothing more; what is under way becomes durable and is acknowledged; then everything is closed. Idempotent. */
  close(): Promise<void>;
}

/** Puts the parts together. Tests use this with a memory storage; main.ts with the disk. */
export function createApp(parts: AppParts): App {
  const { storage, engine, press, keys, clock, scheduler, ids, sha256, log } = parts;
  const origins = parts.origins ?? [];
  const { records } = storage;
  const trouble = (what: string, error: unknown): void => log.write('error', what, { error });
  const accounts = new Accounts({ records, clock, ids, sha256, trouble });
  const reports = new Reports({ storage, engine, clock, scheduler, ids, trouble });
  const tries = new WrongTries(clock);
  const passwords = new PasswordAccounts({ records, clock, accounts, passwords: parts.passwords ?? scryptPasswords(), tries });
  const people = new People({ records, clock, accounts, passwords, reports, trouble });
  const invitations = new Invitations({ records, clock, accounts, passwords, reports });
  const gateway = new Gateway({ accounts, reports, clock, scheduler, log, origins, limits: parts.limits ?? DEFAULT_LIMITS });
  const secureCookies = parts.secureCookies ?? false;
  const webRoot = parts.webRoot ?? null;
  const http = createServer(
    createHttpApp({
      readMarks: new ReadMarkBook(storage.members),
      accounts,
      keys,
      passwords,
      people,
      invitations,
      reports,
      exports: new Exports({ press, clock, ids, trouble }),
      tables: { xlsx: xlsxFile, docx: tableDocx },
      clock,
      ids,
      log,
      origins,
      secureCookies,
      webRoot,
    }),
  );
  gateway.attach(http);
  let closing: Promise<void> | null = null;

  async function shutDown(): Promise<void> {
    gateway.shut();
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    await reports.stop(() => gateway.closeAll());
    http.closeIdleConnections();
    await waitAtMost(closed, scheduler, 3_000);
    http.closeAllConnections();
    await press.stop();
    await engine.stop();
    await storage.close();
  }

  return {
    accounts,
    people,
    reports,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, () => {
          http.off('error', reject);
          http.on('error', (error) => log.write('error', 'http server', { error }));
          resolve((http.address() as AddressInfo).port);
        });
      }),
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  };
}

function waitAtMost(done: Promise<void>, scheduler: Scheduler, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = scheduler.after(ms, resolve);
    void done.then(() => {
      cancel();
      resolve();
    });
  });
}
