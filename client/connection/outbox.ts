/** One local change that the server has not acknowledged. */
export interface OutboxItem {
  readonly update: Uint8Array;
  /** When it was written (ms), for showing. */
  readonly at: number;
  /** Written while there was no connection. */
  readonly offline: boolean;
  /** Row of the local copy's outbox; null while not stored. */
  key: number | null;
  /** May leave: stored in the local copy, or storing takes too long. */
  ready: boolean;
  /** Its number among the update-bearing frames of the present socket; null = not sent on it. */
  sentAs: number | null;
}

/**
 * What was written here and is not known to be safe, oldest first. An item leaves by an acknowledgement and by nothing else
 * (reliability P2: "saved" shows only after the ack).
 */
export class Outbox {
  #items: OutboxItem[] = [];

  get size(): number {
    return this.#items.length;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  add(item: OutboxItem): void {
    this.#items.push(item);
  }

  /** Stored items that have not left on this socket, oldest first; stops at the first that may not leave yet, so that clocks go out in order. */
  takeReady(): OutboxItem[] {
    const ready: OutboxItem[] = [];
    for (const item of this.#items) {
      if (item.sentAs !== null) continue;
      if (!item.ready) break;
      ready.push(item);
    }
    return ready;
  }

  /** A new socket counts from 1 and has been sent nothing. */
  forgetSocket(): void {
    for (const item of this.#items) item.sentAs = null;
  }

  /** Acknowledged: everything sent up to the n-th frame. @returns what left the outbox. */
  acknowledge(n: number): OutboxItem[] {
    const done = this.#items.filter((item) => item.sentAs !== null && item.sentAs <= n);
    if (done.length > 0) this.#items = this.#items.filter((item) => item.sentAs === null || item.sentAs > n);
    return done;
  }

  /** Empties it: the document has ended. */
  clear(): OutboxItem[] {
    const all = this.#items;
    this.#items = [];
    return all;
  }
}
