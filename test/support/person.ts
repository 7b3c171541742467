import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import type { Api } from '../../client/api/http.ts';
import { createApi } from '../../client/api/http.ts';
import type { ChapterConnection, ChapterState } from '../../client/connection/chapter-connection.ts';
import { openChapter } from '../../client/connection/chapter-connection.ts';
import type { Environment, SocketClass } from '../../client/connection/environment.ts';
import type { Locks } from '../../client/connection/locks.ts';
import { randomClientId } from '../../client/connection/random.ts';
import type { Rescues } from '../../client/connection/rescue.ts';
import { createRescues } from '../../client/connection/rescue.ts';
import type { Tab } from '../../client/connection/tab.ts';
import { openTab } from '../../client/connection/tab.ts';
import type { Unreachable } from '../../client/connection/why-unreachable.ts';
import type { ChapterId, MemberId, ReportId } from '../../shared/ids.ts';

/** One browser of one machine: what it keeps (IndexedDB) and its locks outlive tabs, as in a real one. */
export interface FakeBrowser {
  readonly environment: Environment;
  readonly indexedDB: IDBFactory;
  readonly heldLocks: ReadonlySet<string>;
  setOnline(online: boolean): void;
}

export interface FakeBrowserOptions {
  readonly WebSocket: SocketClass;
  /** `http://127.0.0.1:…`; any name will do for a scripted server. */
  readonly origin?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** false: as a private window. */
  readonly storage?: boolean;
  readonly locks?: boolean;
}

/** Surroundings for the connection layer under Node: in-memory IndexedDB, locks and network events of its own. */
export function fakeBrowser(options: FakeBrowserOptions): FakeBrowser {
  const indexedDB = new IDBFactory();
  const held = new Set<string>();
  const listeners = new Set<(online: boolean) => void>();
  const locks: Locks = {
    async tryHold(name) {
      if (held.has(name)) return null;
      held.add(name);
      return () => held.delete(name);
    },
  };
  let names = 0;
  return {
    indexedDB,
    heldLocks: held,
    setOnline(online) {
      for (const listener of listeners) listener(online);
    },
    environment: {
      WebSocket: options.WebSocket,
      indexedDB: options.storage === false ? null : indexedDB,
      locks: options.locks === false ? null : locks,
      fetch: options.fetch ?? (() => Promise.reject(new TypeError('no network'))),
      origin: options.origin ?? 'http://gongbi.test',
      now: () => Date.now(),
      random: () => Math.random(),
      newClientId: randomClientId,
      newName: () => {
        names += 1;
        return `name-${names}-${randomClientId()}`;
      },
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onNetworkChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

/** A browser that talks to a real server over a network that can be taken away. */
export interface RealBrowser extends FakeBrowser {
  readonly api: Api;
  /** Cuts its sockets without a close, as a lost network does; they are tried again. */
  cut(): void;
  /** Takes the network away, or gives it back. Open chapters are to be told by `reconnect`, or notice by themselves. */
  setNetwork(there: boolean): void;
}

const NOBODY_LISTENS = 'ws://127.0.0.1:9/';

/** @param headers what a browser would send by itself: the session's cookie */
export function browserAt(url: string, headers: Readonly<Record<string, string>>): RealBrowser {
  const open = new Set<WebSocket>();
  let there = true;
  class Socket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(there ? address : NOBODY_LISTENS, protocols ?? [], { headers: { ...headers } });
      open.add(this);
      this.on('close', () => open.delete(this));
    }
  }
  const browser = fakeBrowser({ WebSocket: Socket as unknown as SocketClass, origin: url, fetch: globalThis.fetch });
  const cut = () => {
    for (const socket of open) socket.terminate();
  };
  return {
    ...browser,
    api: createApi({ fetch: globalThis.fetch, origin: url, headers }),
    cut,
    setNetwork(now) {
      there = now;
      if (!now) cut();
    },
  };
}

/** A person at a keyboard, without a screen: tabs, chapters, rescue copies. */
export interface Person {
  readonly tab: Tab;
  readonly rescues: Rescues;
  open(chapter: ChapterId, heading?: string): ChapterConnection;
  /** Closes every chapter and the tab, as leaving the page does; what the browser keeps stays. */
  leave(): Promise<void>;
}

export interface PersonOptions {
  readonly browser: FakeBrowser;
  readonly member: MemberId;
  readonly report: ReportId;
  /** Why a socket cannot be opened; a real server is asked over HTTP (client/connection/why-unreachable.ts). */
  readonly whyUnreachable?: () => Promise<Unreachable>;
  readonly query?: Readonly<Record<string, string>>;
}

export async function openPerson({ browser, member, report, whyUnreachable, query }: PersonOptions): Promise<Person> {
  const tab = await openTab(browser.environment, member, report);
  const rescues = createRescues(tab.database);
  await rescues.refresh();
  const chapters: ChapterConnection[] = [];
  return {
    tab,
    rescues,
    open(chapter, heading = '') {
      const connection = openChapter({
        tab,
        chapter,
        rescues,
        heading: () => heading,
        whyUnreachable: whyUnreachable ?? (async () => 'network'),
        ...(query === undefined ? {} : { query }),
      });
      chapters.push(connection);
      return connection;
    },
    async leave() {
      await Promise.all(chapters.map((chapter) => chapter.close()));
      await tab.close();
    },
  };
}

/** Waits until a chapter's state is as asked. Rejects after `ms` with the state it had. */
export function until(chapter: ChapterConnection, asked: (state: ChapterState) => boolean, ms = 10_000): Promise<ChapterState> {
  const now = chapter.state.getState();
  if (asked(now)) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`The chapter did not come to be as asked (${asked}): ${JSON.stringify(chapter.state.getState())}`));
    }, ms);
    const stop = chapter.state.subscribe((state) => {
      if (!asked(state)) return;
      clearTimeout(timer);
      stop();
      resolve(state);
    });
  });
}

export const isLive = (state: ChapterState): boolean => state.phase === 'live';
/** Connected and everything acknowledged. */
export const isSaved = (state: ChapterState): boolean => state.phase === 'live' && state.unsaved === 0;
