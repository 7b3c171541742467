import { RangeMap } from '../../../shared/attribution/range-map.ts';
import type { ClientId, Seq } from '../../../shared/ids.ts';

/** Which entries are told as one (`TextRecords.groupOf`). */
export interface Groups {
  groupOf(seq: Seq): number;
}

/**
 * When ids came, in rows: neighbouring ids whose entries are told as one are one row with its first and last entry. A writer's ids come in
 * their order, so a row lies wholly before or after most points, and a walk needs not look at each keystroke.
 */
export class CoarseTimes {
  readonly #inserted: RangeMap;
  readonly #rows = new RangeMap();
  readonly #first: Seq[] = [];
  readonly #last: Seq[] = [];

  constructor(inserted: RangeMap, groups: Groups) {
    this.#inserted = inserted;
    let row: { client: ClientId; from: number; to: number; group: number; first: Seq; last: Seq } | null = null;
    const close = () => {
      if (row === null) return;
      this.#first.push(row.first);
      this.#rows.add(row.client, row.from, row.to, this.#last.push(row.last) - 1);
    };
    inserted.each((client, from, to, seq) => {
      const group = groups.groupOf(seq);
      if (row !== null && row.client === client && row.to === from && row.group === group && row.last <= seq) {
        row.to = to;
        row.last = seq;
        return;
      }
      close();
      row = { client, from, to, group, first: seq, last: seq };
    });
    close();
  }

  /** Calls `visit` for each stretch of ids, in order: within one, all came by `a` or none did, and the same for `b`. */
  overlapping(client: ClientId, from: number, to: number, a: Seq, b: Seq, visit: (from: number, to: number, ins: Seq) => void): void {
    this.#rows.overlapping(client, from, to, (start, end, row) => {
      const first = this.#first[row]!;
      const last = this.#last[row]!;
      const split = (first <= a && a < last) || (first <= b && b < last);
      if (split) this.#inserted.overlapping(client, start, end, visit);
      else visit(start, end, last);
    });
  }
}
