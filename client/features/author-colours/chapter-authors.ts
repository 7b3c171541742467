import type { ChapterBlame, Credit } from '../../../shared/api/history.ts';
import { RangeMap } from '../../../shared/attribution/range-map.ts';
import type { ClientId } from '../../../shared/ids.ts';
import type { AttributionMessage } from '../../../shared/wire/protocol.ts';
import type { AuthorMark, AuthorSource } from '../../editor/author-colours.ts';

/** Text that came in pieces of this many units may be moved text, whose writer is somebody else: the server is asked again. */
const MAY_BE_MOVED = 3;

/** How a credit is drawn; null = not at all (nobody's writing). */
export type MarkOf = (credit: Credit) => AuthorMark | null;

/** Who wrote what in one chapter: as the server told it once, and kept up with what it tells of each entry since. */
export class ChapterAuthors implements AuthorSource {
  readonly #askBlame: () => Promise<ChapterBlame>;
  readonly #listeners = new Set<() => void>();
  #ranges = new RangeMap();
  #credits: Credit[] = [];
  #marks: (AuthorMark | null)[] = [];
  #markOf: MarkOf;
  /** Told while the server was being asked: they may not be in its answer. */
  #since: AttributionMessage[] = [];
  #asking = false;
  #askAgain = false;

  /** @param askBlame rejects when it cannot be had; what is known stays */
  constructor(askBlame: () => Promise<ChapterBlame>, markOf: MarkOf) {
    this.#askBlame = askBlame;
    this.#markOf = markOf;
  }

  each(client: ClientId, from: number, to: number, visit: (from: number, to: number, mark: AuthorMark) => void): void {
    this.#ranges.overlapping(client, from, to, (start, end, credit) => {
      const mark = this.#marks[credit] ?? null;
      if (mark !== null) visit(start, end, mark);
    });
  }

  onChange(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** Names, colours and times are told otherwise from now on. */
  redraw(markOf: MarkOf): void {
    this.#markOf = markOf;
    this.#marks = this.#credits.map(markOf);
    this.#tell();
  }

  /** Asks the server for all of it. */
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#since = [];
    try {
      this.#take(await this.#askBlame());
    } finally {
      this.#asking = false;
    }
    if (!this.#askAgain) return;
    this.#askAgain = false;
    await this.ask();
  }

  /** One entry of the chapter. @returns true when the server should be asked again soon */
  hear(message: AttributionMessage): boolean {
    if (this.#asking) this.#since.push(message);
    this.#add(message);
    this.#tell();
    return message.via !== 'typing' || message.ranges.some(({ length }) => length >= MAY_BE_MOVED);
  }

  #take({ credits, blocks, seq }: ChapterBlame): void {
    this.#credits = [...credits];
    this.#marks = credits.map(this.#markOf);
    this.#ranges = new RangeMap();
    for (const { runs } of blocks) {
      for (const { by, ids } of runs) for (const [client, clock, length] of ids) this.#ranges.add(client, clock, clock + length, by);
    }
    for (const message of this.#since) if (message.seq > seq) this.#add(message);
    this.#since = [];
    this.#tell();
  }

  #add({ author, actor, via, at, seq, ranges }: AttributionMessage): void {
    const credit: Credit = { author, actor, via, at, seq, offlineSince: 0, movedBy: null };
    const index = this.#indexOf(credit);
    for (const { client, clock, length } of ranges) this.#ranges.add(client, clock, clock + length, index);
  }

  /** Keystrokes of one writer in a row share a credit, as the server tells them. */
  #indexOf(credit: Credit): number {
    const last = this.#credits.length - 1;
    const before = this.#credits[last];
    const same = before !== undefined && before.author === credit.author && before.via === credit.via && before.movedBy === null;
    if (same && Math.floor(before.at / 600_000) === Math.floor(credit.at / 600_000)) {
      this.#credits[last] = credit;
      this.#marks[last] = this.#markOf(credit);
      return last;
    }
    this.#marks.push(this.#markOf(credit));
    return this.#credits.push(credit) - 1;
  }

  #tell(): void {
    for (const tell of this.#listeners) tell();
  }
}
