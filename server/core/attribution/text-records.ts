import type { MemberId, Seq } from '../../../shared/ids.ts';
import { VIAS, type Via } from '../../../shared/log/entry.ts';

/** Who, how and when of one text entry. */
export interface TextRecord {
  readonly seq: Seq;
  readonly at: number;
  /** Whose words; null = nobody's writing (imported, sample, seed). */
  readonly author: MemberId | null;
  /** Who caused the entry. */
  readonly actor: MemberId;
  readonly via: Via;
  readonly offlineSince: number;
}

/** Text of one writer written within this time (ms) is told as one. */
export const GROUP_MS = 10 * 60_000;
const NOBODY = 0;
const VIA_NAMES = Object.entries(VIAS).reduce<Via[]>((names, [via, number]) => {
  names[number] = via as Via;
  return names;
}, []);
/** Ways by which text comes that nobody wrote in the report. */
export const WRITTEN_ELSEWHERE: ReadonlySet<Via> = new Set<Via>(['import', 'sample', 'seed']);

/** Records of a report's text entries in columns by seq, 21 bytes for each entry: a year's log of 300,000 keystrokes takes 6 MB. */
export class TextRecords {
  #at = new Float64Array(64);
  #author = new Uint32Array(64);
  #actor = new Uint32Array(64);
  #via = new Uint8Array(64);
  #group = new Uint32Array(64);
  #lastGrouped: Seq = 0;
  readonly #offline = new Map<Seq, number>();
  readonly #members: MemberId[] = [];
  readonly #numbers = new Map<MemberId, number>();

  add(record: {
    readonly seq: Seq;
    readonly at: number;
    readonly actor: MemberId;
    readonly wordsOf: MemberId | null;
    readonly via: Via;
    readonly offlineSince: number;
  }): void {
    const { seq, via } = record;
    if (seq >= this.#at.length) this.#grow(seq);
    this.#at[seq] = record.at;
    this.#actor[seq] = this.#number(record.actor);
    this.#author[seq] = WRITTEN_ELSEWHERE.has(via) ? NOBODY : this.#number(record.wordsOf ?? record.actor);
    this.#via[seq] = VIAS[via];
    if (record.offlineSince > 0) this.#offline.set(seq, record.offlineSince);
    this.#group[seq] = this.#group[this.#lastGrouped]! + (this.#isLike(this.#lastGrouped, seq) ? 0 : 1);
    this.#lastGrouped = seq;
  }

  /** @returns null when `seq` is no text entry that was added. */
  get(seq: Seq): TextRecord | null {
    const actor = this.#members[(this.#actor[seq] ?? NOBODY) - 1];
    if (actor === undefined) return null;
    return {
      seq,
      at: this.#at[seq]!,
      author: this.#members[this.#author[seq]! - 1] ?? null,
      actor,
      via: VIA_NAMES[this.#via[seq]!]!,
      offlineSince: this.#offline.get(seq) ?? 0,
    };
  }

  /** When an entry was made (ms); 0 for a seq that is no text entry. */
  atOf(seq: Seq): number {
    return this.#at[seq] ?? 0;
  }

  /**
   * Who wrote and caused an entry, and how, as one number: equal for entries that are equal in all three. For walks over many ids.
   * 0 for a seq that is no text entry.
   */
  whoOf(seq: Seq): number {
    return ((this.#author[seq] ?? 0) * 0x1_0000 + (this.#actor[seq] ?? 0)) * 0x100 + (this.#via[seq] ?? 0);
  }

  /**
   * Entries of one writer that came one after the other, in one way, within one ten minutes, have one number: text of theirs is told as
   * one. Never 0 for a text entry.
   */
  groupOf(seq: Seq): number {
    return this.#group[seq] ?? 0;
  }

  #isLike(before: Seq, seq: Seq): boolean {
    return (
      before > 0 &&
      this.whoOf(before) === this.whoOf(seq) &&
      this.offlineOf(before) === this.offlineOf(seq) &&
      Math.floor(this.#at[before]! / GROUP_MS) === Math.floor(this.#at[seq]! / GROUP_MS)
    );
  }

  /** `offlineSince` of an entry. */
  offlineOf(seq: Seq): number {
    return this.#offline.size === 0 ? 0 : (this.#offline.get(seq) ?? 0);
  }

  #number(member: MemberId): number {
    let number = this.#numbers.get(member);
    if (number === undefined) {
      number = this.#members.push(member);
      this.#numbers.set(member, number);
    }
    return number;
  }

  #grow(seq: Seq): void {
    const length = Math.max(seq + 1, this.#at.length * 2);
    const at = new Float64Array(length);
    at.set(this.#at);
    this.#at = at;
    this.#author = widened(this.#author, length);
    this.#group = widened(this.#group, length);
    this.#actor = widened(this.#actor, length);
    const via = new Uint8Array(length);
    via.set(this.#via);
    this.#via = via;
  }
}

function widened(column: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(length);
  wider.set(column);
  return wider;
}
