import type { Seq } from '../../shared/ids.ts';

export interface DueAck {
  readonly seq: Seq;
  readonly n: number;
}

interface Waiting {
  readonly n: number;
  /** How many of the room's appends must be durable. */
  readonly ticket: number;
}

/**
 * Which frames of one socket may be acknowledged. One rule for new and for known text: a frame waits for every append of its room that was
 * under way when it came; for new text the last of them is its own. So a resend is never acknowledged before its original is durable.
 */
export class AckQueue {
  private waiting: Waiting[] = [];
  private due: DueAck | null = null;

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  wait(n: number, ticket: number): void {
    this.waiting.push({ n, ticket });
  }

  /** @param durable how many of the room's appends are durable. @param seq the newest own entry among them, or the report's head. */
  settle(durable: number, seq: Seq): void {
    let n = 0;
    while (this.waiting[0] !== undefined && this.waiting[0].ticket <= durable) n = this.waiting.shift()?.n ?? n;
    if (n > 0) this.due = { seq, n };
  }

  /** @returns the ack to send now, once. */
  take(): DueAck | null {
    const due = this.due;
    this.due = null;
    return due;
  }

  get isDue(): boolean {
    return this.due !== null;
  }
}
