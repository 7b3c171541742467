/**
 * How a signed list of block hashes lies against the list as it is now. Blocks have no names here: a block is what it says, so one that was
 * changed and changed back is the same again (design §5: staleness is found by aligning these lists, never by block id).
 */
export interface Alignment {
  /** Indexes into the signed list of what is no longer there (changed or taken out). */
  readonly gone: readonly number[];
  /** Indexes into the list as it is now of what was not there (changed or new). */
  readonly added: readonly number[];
}

/** Beyond this many cells the middle is compared as a set: exact enough to say that it changed. */
const MOST_CELLS = 4_000_000;

export function align(signed: readonly string[], now: readonly string[]): Alignment {
  let from = 0;
  while (from < signed.length && from < now.length && signed[from] === now[from]) from += 1;
  let [endSigned, endNow] = [signed.length, now.length];
  while (endSigned > from && endNow > from && signed[endSigned - 1] === now[endNow - 1]) {
    endSigned -= 1;
    endNow -= 1;
  }
  const [rows, columns] = [endSigned - from, endNow - from];
  if (rows * columns > MOST_CELLS) {
    const [old, fresh] = [new Set(signed.slice(from, endSigned)), new Set(now.slice(from, endNow))];
    return {
      gone: range(from, endSigned).filter((index) => !fresh.has(signed[index]!)),
      added: range(from, endNow).filter((index) => !old.has(now[index]!)),
    };
  }
  return longestCommon(signed, now, from, rows, columns);
}

/** Are the two lists one and the same? */
export function sameBlocks(signed: readonly string[], now: readonly string[]): boolean {
  return signed.length === now.length && signed.every((hash, index) => hash === now[index]);
}

/** Longest common subsequence by dynamic programming over the part that differs. */
function longestCommon(signed: readonly string[], now: readonly string[], from: number, rows: number, columns: number): Alignment {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        signed[from + row] === now[from + column]
          ? lengths[(row + 1) * width + column + 1]! + 1
          : Math.max(lengths[(row + 1) * width + column]!, lengths[row * width + column + 1]!);
  const gone: number[] = [];
  const added: number[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && signed[from + row] === now[from + column]) {
      row += 1;
      column += 1;
    } else if (column < columns && (row === rows || lengths[row * width + column + 1]! > lengths[(row + 1) * width + column]!)) {
      added.push(from + column);
      column += 1;
    } else {
      gone.push(from + row);
      row += 1;
    }
  }
  return { gone, added };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
