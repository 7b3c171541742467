import type { Locks } from './locks.ts';
import { channelLocks, webLocks } from './locks.ts';
import { randomClientId } from './random.ts';

/** What a socket must be able to do; the browser's own WebSocket and the `ws` package both fit. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  readonly readyState: number;
  readonly OPEN: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}
export type SocketClass = new (url: string, protocols?: string | string[]) => SocketLike;

/** Everything that the connection needs from where it runs, so that it runs under Node with scripted parts as well. */
export interface Environment {
  readonly WebSocket: SocketClass;
  /** null: nothing can be kept over a reload, and the page says so. */
  readonly indexedDB: IDBFactory | null;
  /** null: two tabs cannot be told apart, so no client id is used twice. */
  readonly locks: Locks | null;
  readonly fetch: typeof globalThis.fetch;
  /** Scheme, host and port of the server: `https://report.example`. */
  readonly origin: string;
  /** Milliseconds since 1970; only for showing. */
  now(): number;
  /** 0 ≤ x < 1, for back-off. */
  random(): number;
  /** At least 2^16 (lower ids are the server's), below 2^32. */
  newClientId(): number;
  /** Unguessable name for local records. */
  newName(): string;
  /** @returns a function that cancels. */
  after(ms: number, run: () => void): () => void;
  /** Tells when the machine finds or loses its network. @returns a function that ends it. */
  onNetworkChange(listener: (online: boolean) => void): () => void;
}

/** The page's own surroundings. */
export function browserEnvironment(): Environment {
  const after: Environment['after'] = (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  return {
    WebSocket: globalThis.WebSocket as unknown as SocketClass,
    indexedDB: globalThis.indexedDB ?? null,
    locks: webLocks() ?? channelLocks(after),
    fetch: globalThis.fetch.bind(globalThis),
    origin: globalThis.location.origin,
    now: () => Date.now(),
    random: () => Math.random(),
    newClientId: randomClientId,
    newName: () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    after,
    onNetworkChange(listener) {
      const online = () => listener(true);
      const offline = () => listener(false);
      addEventListener('online', online);
      addEventListener('offline', offline);
      return () => {
        removeEventListener('online', online);
        removeEventListener('offline', offline);
      };
    },
  };
}
