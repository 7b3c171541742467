import { expect } from 'vitest';
import type { LineSeen, Sight } from './page/api.ts';
import { type Room, textOf } from './room.ts';

/** A line as expected: its text alone means a plain paragraph. */
export type LineExpected = string | { readonly kind: string; readonly text: string };

export type Expectation = {
  /** The lines of the chapter; several forms where the order of two people's words at one place is free. */
  readonly oneOf: readonly (readonly LineExpected[])[];
  /** Compositions that A began; 1 unless said otherwise. */
  readonly starts?: number;
};

/** Latin letters and the input method's separator: none of the scenarios' finished texts holds any. */
const pinyin = /[a-z']/i;

/**
 * Waits until the room is settled and checks everything that every scenario demands: the copies equal, page equal to document, the lines as
 * expected, no pinyin ever in either copy, one compositionstart for each composition, no error in either page.
 */
export async function expectChapter(room: Room, expected: readonly LineExpected[] | Expectation): Promise<{ a: Sight; b: Sight }> {
  const { oneOf, starts = 1 } = 'oneOf' in expected ? expected : { oneOf: [expected], starts: 1 };
  const { a, b } = await room.settled();
  const forms = oneOf.map((lines) => lines.map(inFull));
  const seen = a.written.map((line) => ({ kind: line.kind, text: textOf([line]) }));
  const fitting = forms.find((form) => JSON.stringify(form) === JSON.stringify(seen));
  // The first form serves for the message when none fits.
  if (fitting === undefined) expect(seen).toEqual(forms[0]);
  expect(plain(b.written)).toEqual(plain(a.written));
  for (const side of [a, b]) expect(plain(side.drawn)).toEqual(plain(side.shown));
  for (const person of [room.a, room.b]) {
    expect((await person.textsHeld()).filter((text) => pinyin.test(text))).toEqual([]);
    expect(person.errors).toEqual([]);
  }
  expect(a.compositionStarts).toBe(starts);
  return { a, b };
}

function inFull(line: LineExpected): { kind: string; text: string } {
  return typeof line === 'string' ? { kind: 'p', text: line } : { kind: line.kind, text: line.text };
}

function plain(lines: readonly LineSeen[]): unknown {
  return lines.map((line) => ({ kind: line.kind, runs: line.runs.map((run) => ({ ...run })) }));
}

/** The text of a line that carries this mark. */
export function marked(line: LineSeen | undefined, mark: string): string {
  return (line?.runs ?? [])
    .filter((run) => run.marks.split(' ').includes(mark))
    .map((run) => run.text)
    .join('');
}
