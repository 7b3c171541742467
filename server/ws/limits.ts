import type { Clock } from '../core/ports.ts';

/** How much at once, and how much a second lasting. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** Limits of docs/PROTOCOL.md §8. Generous on purpose: an office of fifty behind one address with twelve sockets each stays far below. */
export interface Limits {
  readonly messageBytes: number;
  readonly messages: Allowance;
  readonly bytes: Allowance;
  readonly socketsOfMember: number;
  readonly socketsOfAddress: number;
  readonly newSocketsOfAddress: Allowance;
  /** Bytes that may wait for a reader who does not take them. */
  readonly unsentBytes: number;
  /** Milliseconds within which a reader must have taken what waits. */
  readonly unsentMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  messageBytes: 4 * 1024 * 1024,
  messages: { burst: 20_000, perSecond: 2_000 },
  bytes: { burst: 32 * 1024 * 1024, perSecond: 8 * 1024 * 1024 },
  socketsOfMember: 500,
  socketsOfAddress: 2_000,
  newSocketsOfAddress: { burst: 3_000, perSecond: 200 },
  unsentBytes: 4 * 1024 * 1024,
  unsentMs: 10_000,
};

/** Fills at a steady rate up to its burst. */
export class TokenBucket {
  private readonly allowance: Allowance;
  private readonly clock: Clock;
  private tokens: number;
  private filledAt: number;

  constructor(allowance: Allowance, clock: Clock) {
    this.allowance = allowance;
    this.clock = clock;
    this.tokens = allowance.burst;
    this.filledAt = clock.now();
  }

  /** @returns false, and takes nothing, when fewer than `count` are there. */
  take(count: number): boolean {
    const now = this.clock.now();
    const filled = this.tokens + (Math.max(0, now - this.filledAt) / 1000) * this.allowance.perSecond;
    this.tokens = Math.min(this.allowance.burst, filled);
    this.filledAt = now;
    if (this.tokens < count) return false;
    this.tokens -= count;
    return true;
  }

  /** Full again: nothing would be lost by forgetting it. */
  isFull(): boolean {
    return this.take(0) && this.tokens >= this.allowance.burst;
  }
}

/** Counts open and new sockets by address and member. */
export class SocketCounts {
  private readonly open = new Map<string, number>();
  private readonly fresh = new Map<string, TokenBucket>();
  private readonly limits: Limits;
  private readonly clock: Clock;

  constructor(limits: Limits, clock: Clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** @returns a function to call when the socket ends, or null when there are too many. */
  admit(address: string, member: string): (() => void) | null {
    const keys = [`a ${address}`, `m ${member}`] as const;
    const bucket = this.fresh.get(address) ?? new TokenBucket(this.limits.newSocketsOfAddress, this.clock);
    this.fresh.set(address, bucket);
    if ((this.open.get(keys[0]) ?? 0) >= this.limits.socketsOfAddress) return null;
    if ((this.open.get(keys[1]) ?? 0) >= this.limits.socketsOfMember) return null;
    if (!bucket.take(1)) return null;
    for (const key of keys) this.open.set(key, (this.open.get(key) ?? 0) + 1);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      for (const key of keys) this.release(key);
    };
  }

  /** Drops what says nothing any more; called now and then. */
  forget(): void {
    for (const [address, bucket] of this.fresh) if (bucket.isFull()) this.fresh.delete(address);
  }

  private release(key: string): void {
    const left = (this.open.get(key) ?? 1) - 1;
    if (left === 0) this.open.delete(key);
    else this.open.set(key, left);
  }
}
