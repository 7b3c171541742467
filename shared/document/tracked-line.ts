import type { Change, MarkedOp, MarkedRun, ParagraphLook, RunLook } from './document.ts';
import type { FrameLine, FramePiece } from './frame.ts';

/** One character of a line's life: null = it stood at the earlier point; null = it stands at the later. */
interface Cell {
  readonly character: string;
  readonly face: RunLook['face'];
  readonly came: Change | null;
  went: Change | null;
}

/** Longer middles are replaced whole: a single line is rarely rewritten in more places than this. */
const MOST_COMPARED = 400;

/**
 * A single line (title, heading, a particular) from one point of time to another. Such lines are entries that carry the whole value; what each
 * of them really changed is kept character by character under its own author and time.
 */
export class TrackedLine {
  readonly key: string;
  private cells: Cell[] = [];
  private stoodBefore: boolean;
  private stands: boolean;
  private lookBefore: ParagraphLook | null;
  private look: ParagraphLook;
  private came: Change | null;
  private went: Change | null = null;
  private lookChange: Change | null = null;

  /** @param came null = the line stood at the earlier point */
  constructor(line: FrameLine, came: Change | null) {
    this.key = line.key;
    this.look = line.look;
    this.lookBefore = came === null ? line.look : null;
    this.stoodBefore = came === null;
    this.stands = true;
    this.came = came;
    for (const { character, face } of charactersOf(line.pieces)) this.cells.push({ character, face, came, went: null });
  }

  set(line: FrameLine, change: Change): void {
    if (!this.stands) {
      this.stands = true;
      this.came = change;
      this.went = null;
    }
    if (JSON.stringify(line.look) !== JSON.stringify(this.look)) {
      this.look = line.look;
      this.lookChange = change;
    }
    this.write(charactersOf(line.pieces), change);
  }

  remove(change: Change): void {
    if (!this.stands) return;
    this.stands = false;
    this.went = change;
    this.write([], change);
  }

  /** The line's end, as a paragraph's end; null when it stands at neither point. */
  end(): {
    readonly op: MarkedOp;
    readonly change: Change | null;
    readonly look: ParagraphLook;
    readonly was: { look: ParagraphLook; change: Change } | null;
  } | null {
    const { look } = this;
    if (this.stoodBefore && this.stands) {
      const was = this.lookBefore !== null && this.lookChange !== null && JSON.stringify(this.lookBefore) !== JSON.stringify(look);
      return { op: 'keep', change: null, look, was: was ? { look: this.lookBefore!, change: this.lookChange! } : null };
    }
    if (this.stands) return { op: 'ins', change: this.came, look, was: null };
    if (this.stoodBefore) return { op: 'del', change: this.went, look: this.lookBefore ?? look, was: null };
    return null;
  }

  runs(): readonly MarkedRun[] {
    const runs: { op: MarkedOp; text: string; look: RunLook; change: Change | null; was: null }[] = [];
    for (const { character, face, came, went } of this.cells) {
      if (came !== null && went !== null) continue;
      const op: MarkedOp = came !== null ? 'ins' : went !== null ? 'del' : 'keep';
      const change = came ?? went;
      const last = runs.at(-1);
      if (last !== undefined && last.op === op && last.look.face === face && last.change?.seq === change?.seq) last.text += character;
      else runs.push({ op, text: character, look: { marks: [], face }, change, was: null });
    }
    return runs;
  }

  private write(next: readonly { character: string; face: RunLook['face'] }[], change: Change): void {
    const live = this.cells.filter(({ went }) => went === null);
    const kept = common(live, next);
    const cells: Cell[] = [];
    let nextAt = 0;
    const bring = (until: number) => {
      for (; nextAt < until; nextAt += 1) cells.push({ ...next[nextAt]!, came: change, went: null });
    };
    let liveAt = 0;
    for (const cell of this.cells) {
      if (cell.went !== null) {
        cells.push(cell);
        continue;
      }
      const partner = kept.get(liveAt);
      liveAt += 1;
      if (partner === undefined) cell.went = change;
      else {
        bring(partner);
        nextAt += 1;
      }
      cells.push(cell);
    }
    bring(next.length);
    this.cells = cells;
  }
}

function charactersOf(pieces: readonly FramePiece[]): readonly { character: string; face: RunLook['face'] }[] {
  return pieces.flatMap(({ text, face }) => [...text].map((character) => ({ character, face })));
}

type Letter = { readonly character: string; readonly face: RunLook['face'] };
const same = (one: Letter, other: Letter) => one.character === other.character && one.face === other.face;

/** Places in `before` that stay, with their places in `after`: equal beginnings and ends, and the longest common row between them. */
function common(before: readonly Letter[], after: readonly Letter[]): ReadonlyMap<number, number> {
  const kept = new Map<number, number>();
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && same(before[head]!, after[head]!)) kept.set(head, head++);
  let tail = 0;
  while (tail < least - head && same(before[before.length - 1 - tail]!, after[after.length - 1 - tail]!)) {
    kept.set(before.length - 1 - tail, after.length - 1 - tail);
    tail += 1;
  }
  const rows = before.slice(head, before.length - tail);
  const columns = after.slice(head, after.length - tail);
  if (rows.length === 0 || columns.length === 0 || rows.length > MOST_COMPARED || columns.length > MOST_COMPARED) return kept;
  const width = columns.length + 1;
  const longest = new Uint16Array((rows.length + 1) * width);
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    for (let j = columns.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = same(rows[i]!, columns[j]!)
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < rows.length && j < columns.length; ) {
    if (same(rows[i]!, columns[j]!)) kept.set(head + i++, head + j++);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return kept;
}
