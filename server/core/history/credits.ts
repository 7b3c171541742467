import type { Credit, CreditIndex } from '../../../shared/api/history.ts';
import type { ChapterId, ClientId, Seq } from '../../../shared/ids.ts';
import { GROUP_MS } from '../attribution/text-records.ts';
import type { TextTimes } from './text-times.ts';

const NOT_MOVED: Seq = 0;

/** The credits of one answer: each writer, way, mover and ten minutes once. */
export class Credits {
  readonly #times: TextTimes;
  readonly #credits: { -readonly [Key in keyof Credit]: Credit[Key] }[] = [];
  /** `who` → ten minutes → credit, for text that stands where it was written. */
  readonly #plain = new Map<number, Map<number, CreditIndex>>();
  readonly #special = new Map<string, CreditIndex>();
  #lastWho = -1;
  #lastSpan = -1;
  #last: CreditIndex = 0;

  constructor(times: TextTimes) {
    this.#times = times;
  }

  list(): readonly Credit[] {
    return this.#credits;
  }

  /** Calls `visit` for each stretch of ids that came with one entry, with its credit. */
  each(
    chapter: ChapterId,
    client: ClientId,
    from: number,
    to: number,
    ins: Seq,
    visit: (from: number, to: number, by: CreditIndex) => void,
  ): void {
    this.#times.eachRoot(chapter, client, from, to, (start, end, root) => {
      if (root.chapter === chapter && root.client === client && root.clock === start) {
        visit(start, end, this.of(ins));
        return;
      }
      const { inserted } = this.#times.of(root.chapter);
      inserted.overlapping(root.client, root.clock, root.clock + end - start, (rootFrom, rootTo, written) => {
        visit(start + rootFrom - root.clock, start + rootTo - root.clock, this.#movedIn(written, ins));
      });
    });
  }

  /** Of text that came with this entry and was written then. */
  of(seq: Seq): CreditIndex {
    const { records } = this.#times;
    const who = records.whoOf(seq);
    const at = records.atOf(seq);
    const span = Math.floor(at / GROUP_MS);
    if (records.offlineOf(seq) > 0) return this.#interned(seq, NOT_MOVED);
    if (who === this.#lastWho && span === this.#lastSpan) return this.#touch(this.#last, seq, at);
    let spans = this.#plain.get(who);
    if (spans === undefined) {
      spans = new Map();
      this.#plain.set(who, spans);
    }
    let index = spans.get(span);
    if (index === undefined) {
      index = this.#make(seq, NOT_MOVED);
      spans.set(span, index);
    }
    this.#lastWho = who;
    this.#lastSpan = span;
    this.#last = index;
    return this.#touch(index, seq, at);
  }

  /** Of whoever caused this entry: who deleted, or changed a look. */
  actorOf(seq: Seq): CreditIndex {
    const record = this.#times.records.get(seq);
    // What an entry takes away is its causer's doing, whosever words it brings.
    return record === null || record.author === record.actor ? this.of(seq) : this.#interned(seq, -1);
  }

  #movedIn(written: Seq, moved: Seq): CreditIndex {
    return this.#interned(written, moved);
  }

  #interned(seq: Seq, moved: Seq): CreditIndex {
    const { records } = this.#times;
    const span = (of: Seq) => Math.floor(records.atOf(of) / GROUP_MS);
    const offline = records.offlineOf(seq);
    // A restore is told by its own entry: it can be undone as one.
    const single = moved <= 0 || records.get(moved)?.via === 'restore';
    const key = `${records.whoOf(seq)} ${span(seq)} ${offline} ${single ? moved : `${records.whoOf(moved)} ${span(moved)}`}`;
    let index = this.#special.get(key);
    if (index === undefined) {
      index = this.#make(seq, moved);
      this.#special.set(key, index);
    }
    return this.#touch(index, seq, records.atOf(seq));
  }

  #make(seq: Seq, moved: Seq): CreditIndex {
    const record = this.#times.records.get(seq);
    const mover = moved > 0 ? this.#times.records.get(moved) : null;
    if (record === null) throw new Error(`Entry ${seq} is no text entry`);
    const { author, actor, via, at, offlineSince } = record;
    const movedBy = mover === null ? null : { member: mover.actor, at: mover.at, seq: mover.seq, via: mover.via };
    return this.#credits.push({ author: moved < 0 ? actor : author, actor, via, at, seq, offlineSince, movedBy }) - 1;
  }

  #touch(index: CreditIndex, seq: Seq, at: number): CreditIndex {
    const credit = this.#credits[index]!;
    if (seq > credit.seq) {
      credit.seq = seq;
      credit.at = at;
    }
    return index;
  }
}
