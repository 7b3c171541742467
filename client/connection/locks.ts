/** Named locks that end with the tab. */
export interface Locks {
  /** @returns a function that gives the lock back, or null when somebody else holds it. */
  tryHold(name: string): Promise<(() => void) | null>;
}

/** The browser's Web Locks; null on a page that came over plain HTTP from another machine, where there are none. */
export function webLocks(): Locks | null {
  const manager = (globalThis.navigator as { readonly locks?: LockManager } | undefined)?.locks;
  if (manager === undefined) return null;
  return {
    tryHold: (name) =>
      new Promise((resolve, reject) => {
        manager
          .request(name, { ifAvailable: true }, (lock) => {
            if (lock === null) {
              resolve(null);
              return undefined;
            }
            return new Promise<void>((release) => resolve(release));
          })
          .catch(reject);
      }),
  };
}

/** How long the other tabs have to object, ms. */
const OBJECTION_TIME = 120;
const CHANNEL = 'gongbi-locks';

interface LockMessage {
  readonly kind: 'ask' | 'held';
  readonly name: string;
}

/**
 * Locks by asking the other tabs of this browser, for pages without Web Locks. A tab that the browser has frozen cannot object and loses its
 * lock; two that ask at once both do without. What can come of the first, a forked client id, is refused by the server and rescued.
 * @param after a timer; @returns a function that cancels
 */
export function channelLocks(after: (ms: number, run: () => void) => () => void): (Locks & { close(): void }) | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel(CHANNEL);
  const held = new Set<string>();
  const asking = new Map<string, () => void>();
  const say = (message: LockMessage) => channel.postMessage(message);
  channel.onmessage = (event) => {
    const message = event.data as LockMessage;
    if (message.kind === 'ask' && held.has(message.name)) say({ kind: 'held', name: message.name });
    else if (message.kind === 'held') asking.get(message.name)?.();
  };
  return {
    tryHold(name) {
      if (held.has(name)) return Promise.resolve(null);
      held.add(name);
      return new Promise((resolve) => {
        const settle = (free: boolean) => {
          cancel();
          asking.delete(name);
          if (!free) held.delete(name);
          resolve(free ? () => held.delete(name) : null);
        };
        const cancel = after(OBJECTION_TIME, () => settle(true));
        asking.set(name, () => settle(false));
        say({ kind: 'ask', name });
      });
    },
    close: () => channel.close(),
  };
}
