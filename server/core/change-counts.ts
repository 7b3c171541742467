import type { Seq } from '../../shared/ids.ts';

/** Units that a text entry added and removed. */
export interface TextChange {
  readonly added: number;
  readonly removed: number;
}

/** How much each text entry changed, by seq: 8 bytes an entry, so that a report's socket tells the same of an old entry as of a new one. */
export class ChangeCounts {
  private columns = new Uint32Array(256);

  set(seq: Seq, { added, removed }: TextChange): void {
    if (seq * 2 + 1 >= this.columns.length) {
      const larger = new Uint32Array(Math.max(seq * 2 + 2, this.columns.length * 2));
      larger.set(this.columns);
      this.columns = larger;
    }
    this.columns[seq * 2] = added;
    this.columns[seq * 2 + 1] = removed;
  }

  get(seq: Seq): TextChange {
    return { added: this.columns[seq * 2] ?? 0, removed: this.columns[seq * 2 + 1] ?? 0 };
  }
}
