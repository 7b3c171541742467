import type { Clock } from './ports.ts';

/** Something tries are counted for, and how many wrong ones it may have within the window. */
export interface TriesKey {
  readonly key: string;
  readonly most: number;
}

export const TRIES_WINDOW_MS = 15 * 60 * 1000;
export const TRIES_OF_NAME = 10;
/** An office behind one address, or behind the house's own proxy, must not be shut out by one forgetful colleague (docs/decisions/0080). */
export const TRIES_OF_ADDRESS = 50;
const MOST_KEYS = 20_000;

/**
 * Wrong tries of the last fifteen minutes. A try counts from its beginning, so that many at once gain nothing; a right one is taken back.
 * Kept in memory: a restart forgets it, and gives nobody more than ten further tries.
 */
export class WrongTries {
  private readonly clock: Clock;
  private readonly times = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** @returns null when the try may go on (and is counted), else the time (ms) from which another is taken. */
  begin(keys: readonly TriesKey[]): number | null {
    const now = this.clock.now();
    let retryAt: number | null = null;
    for (const { key, most } of keys) {
      const times = (this.times.get(key) ?? []).filter((time) => now - time < TRIES_WINDOW_MS);
      const oldest = times[times.length - most];
      if (oldest !== undefined) retryAt = Math.max(retryAt ?? 0, oldest + TRIES_WINDOW_MS);
    }
    if (retryAt !== null) return retryAt;
    for (const { key } of keys) {
      const times = (this.times.get(key) ?? []).filter((time) => now - time < TRIES_WINDOW_MS);
      // Taken out first: the map's order is that of the last try.
      this.times.delete(key);
      this.times.set(key, [...times, now]);
    }
    this.forget(now);
    return null;
  }

  /** The last try was no wrong one. */
  takeBack(keys: readonly TriesKey[]): void {
    for (const { key } of keys) {
      const times = this.times.get(key)?.slice(0, -1) ?? [];
      if (times.length === 0) this.times.delete(key);
      else this.times.set(key, times);
    }
  }

  /** Somebody proved who they are: what was tried before under that key is forgotten. */
  clear(key: string): void {
    this.times.delete(key);
  }

  /** How many names and addresses are remembered. */
  get size(): number {
    return this.times.size;
  }

  /** Keeps memory bounded: what is longest ago goes first. */
  private forget(now: number): void {
    for (const [key, times] of this.times) {
      const last = times.at(-1) ?? 0;
      if (this.times.size <= MOST_KEYS && now - last < TRIES_WINDOW_MS) break;
      this.times.delete(key);
    }
  }
}
