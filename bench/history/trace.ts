/** One edit of the trace, by index into the text as it is then. '\n' ends a paragraph. */
export interface Edit {
  readonly at: number;
  readonly deleted: number;
  readonly inserted: string;
  /** Which of the three writers. */
  readonly writer: number;
}

export const WRITERS = 3;
/** Edits of one writer before the next one takes over. */
export const TURN = 2_000;
/** Milliseconds between two edits, and the pause after a turn. */
export const EDIT_MS = 150;
export const PAUSE_MS = 3_600_000;

const LETTERS = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
];

/** The same numbers for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A chapter as it is written: one letter or one backspace an edit; after a clause some of it is taken back, letter by letter; a few dozen
 * edits in one place before the caret goes elsewhere, mostly nearby; a new paragraph now and then; three writers in turn. Seven in ten
 * edits write.
 */
export function traceOf(edits: number, seed = 20_261_124): Edit[] {
  const random = randomOf(seed);
  const trace: Edit[] = [];
  let length = 0;
  let caret = 0;
  let left = 0;
  let clause = 12;
  let erase = 0;
  for (let index = 0; index < edits; index += 1) {
    if (left <= 0) {
      left = 20 + Math.floor(random() * 120);
      const near = caret + Math.floor((random() - 0.5) * 1_200);
      caret = random() < 0.35 ? length : random() < 0.7 ? Math.max(0, Math.min(length, near)) : Math.floor(random() * (length + 1));
    }
    left -= 1;
    const writer = Math.floor(index / TURN) % WRITERS;
    if (erase === 0 && clause <= 0) {
      clause = 6 + Math.floor(random() * 24);
      erase = Math.floor(random() * 16);
    }
    if (erase > 0 && caret > 0) {
      erase -= 1;
      caret -= 1;
      length -= 1;
      trace.push({ at: caret, deleted: 1, inserted: '', writer });
    } else {
      const inserted = random() < 0.012 ? '\n' : LETTERS[Math.floor(random() * LETTERS.length)]!;
      trace.push({ at: caret, deleted: 0, inserted, writer });
      caret += 1;
      clause -= 1;
      length += 1;
    }
  }
  return trace;
}

export interface Points {
  readonly forty: number;
  readonly sixty: number;
  readonly window: readonly [number, number];
}

/** Edits by which a question moves on from one round to the next. */
export const STEP = 10;

/** Numbers of edits after which the states are compared. */
export function pointsOf(edits: number): Points {
  const middle = Math.floor(edits / 2);
  return { forty: Math.floor(edits * 0.4), sixty: Math.floor(edits * 0.6), window: [middle, middle + 100] };
}

/** Every number of edits whose state is asked for in so many rounds. */
export function askedIn(edits: number, rounds: number): ReadonlySet<number> {
  const { forty, sixty, window } = pointsOf(edits);
  const asked = new Set([edits]);
  for (const point of [forty, sixty, ...window]) for (let round = 0; round <= rounds; round += 1) asked.add(point + round * STEP);
  for (let round = 0; round <= rounds; round += 1) asked.add(edits - round * STEP);
  return asked;
}

/** Text after so many edits, by a plain array of letters in pieces: what every subject must show. */
export function textAfter(trace: readonly Edit[], edits: number): string {
  const letters: string[] = [];
  for (const { at, deleted, inserted } of trace.slice(0, edits)) letters.splice(at, deleted, ...inserted);
  return letters.join('');
}
