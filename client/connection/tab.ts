import type { ChapterId, MemberId, ReportId } from '../../shared/ids.ts';
import { ClientIdentity } from './client-identity.ts';
import type { Environment } from './environment.ts';
import { tabLock } from './local-copy.ts';
import type { LocalDatabase } from './local-database.ts';
import { openLocalDatabase } from './local-database.ts';

/** What the chapters of one report share in one tab: the member's database, the client id, and a lock that tells that the tab lives. */
export interface Tab {
  readonly environment: Environment;
  readonly member: MemberId;
  readonly report: ReportId;
  readonly database: LocalDatabase | null;
  readonly identity: ClientIdentity;
  /** Owner of this tab's outbox rows. */
  readonly token: string;
  /** As `Locks.tryHold`. Without locks every other tab counts as gone: text may then be sent twice, which the server sees. */
  hold(name: string): Promise<(() => void) | null>;
  /**
   * One document for each chapter at a time: two of them under one client id would fork it. Waits until the one before has been let go of.
   * @returns a function that lets go
   */
  enter(chapter: ChapterId): Promise<() => void>;
  close(): Promise<void>;
}

/** Opens a tab's share of one report. Give it to every chapter, so that they write under one client id. */
export async function openTab(environment: Environment, member: MemberId, report: ReportId): Promise<Tab> {
  const database = await openLocalDatabase(environment.indexedDB, member);
  const { locks } = environment;
  const hold = async (name: string) => (locks === null ? () => undefined : locks.tryHold(name).catch(() => null));
  const token = environment.newName();
  const release = await hold(tabLock(token));
  const identity = new ClientIdentity(database, locks, report);
  await identity.acquire();
  const busy = new Map<ChapterId, Promise<void>>();
  return {
    environment,
    member,
    report,
    database,
    identity,
    token,
    hold,
    async enter(chapter) {
      const before = busy.get(chapter) ?? Promise.resolve();
      let leave = () => {};
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      busy.set(
        chapter,
        before.then(() => mine),
      );
      await before;
      return leave;
    },
    async close() {
      await identity.close();
      release?.();
      database?.close();
    },
  };
}
