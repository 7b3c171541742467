import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/repository.ts';

/** The one draft whose places were written down; of any other text they would say nothing. */
const DRAFT_SHA256 = '1d1e789108a48a9b51bc65479a2f7ff0f5d5eb3577c7f2a1459edd818198ad9e';

export interface Place {
  /** From 0. */
  readonly line: number;
  /** UTF-16 units from the line's beginning. */
  readonly from: number;
  readonly to: number;
}

/** A mistake that a careful reader calls certain; told whole only where all its places are told. */
export interface CertainMistake {
  readonly kind: string;
  readonly places: readonly Place[];
}

/**
 * Where the certain mistakes of the real draft stand. The draft is not ours to print, so the repository holds places and kinds and none of
 * its words: `kind TAB line:from-to line:from-to …`, lines from 1.
 * @returns null = another text
 */
export function certainPlaces(source: string): readonly CertainMistake[] | null {
  if (createHash('sha256').update(source, 'utf8').digest('hex') !== DRAFT_SHA256) return null;
  const rows = readFileSync(join(repository, 'test/fixtures/proofreading/real/places.tsv'), 'utf8').trim().split('\n');
  return rows.map((row) => {
    const [kind = '', places = ''] = row.split('\t');
    return { kind, places: places.split(' ').map(placeOf) };
  });
}

function placeOf(cell: string): Place {
  const [, line, from, to] = /^(\d+):(\d+)-(\d+)$/.exec(cell) ?? [];
  if (line === undefined) throw new Error(`${cell} is no place`);
  return { line: Number(line) - 1, from: Number(from), to: Number(to) };
}
