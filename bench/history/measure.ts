/** Times of one subject, ms. */
export interface Figures {
  readonly name: string;
  /** Taking in all edits, one by one. */
  readonly build: number;
  /** Bytes of what opens it again with its past. */
  readonly bytes: number;
  /** Opening that, up to the text. */
  readonly load: number;
  /** From 40 % to 60 %. */
  readonly diffFifth: number;
  /** The same with the writer of everything in it; a peer's is put together from what it offers. */
  readonly diffFifthAuthors: number;
  /** Over 100 edits in the middle. */
  readonly diffWindow: number;
  readonly diffWindowAuthors: number;
  readonly diffWhole: number;
  readonly blame: number;
  readonly textAtForty: number;
  /** What the figures leave out or estimate. */
  readonly notes: readonly string[];
}

/**
 * Median of `rounds` runs, ms, after one that is not counted.
 * @param run is given the round's number, so that it can ask something else each time: an answer that was kept is no answer
 * @param prepare is not timed
 */
export async function timed(rounds: number, run: (round: number) => unknown, prepare: () => unknown = () => undefined): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await prepare();
    times.push(await once(() => run(round)));
  }
  const counted = times.slice(1).sort((a, b) => a - b);
  return counted[Math.floor(counted.length / 2)]!;
}

export async function once(run: () => unknown): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

/** @throws Error when a subject does not show what the trace wrote. */
export function same(what: string, found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`${what}: not the text of the trace (${found.length} letters, ${wanted.length} wanted)`);
}

/** `node subject.js <edits> <rounds>`. */
export function sizes(): { readonly edits: number; readonly rounds: number } {
  const [edits = 260_000, rounds = 5] = process.argv.slice(2).map(Number);
  return { edits, rounds };
}

/** What the product's own subject tells besides. */
export interface OwnFigures extends Figures {
  /** Loading the bare document of the same state. */
  readonly bare: number;
  /** With its tables, every chunk of them read. */
  readonly loadAll: number;
  /** Bytes of the tables. */
  readonly tables: number;
  readonly diffFifthContext: number;
  /** Window when an entry came since the last question, so that the block index is made anew. */
  readonly diffWindowFresh: number;
  readonly diffWholeContext: number;
}

/** The history panel's first page over HTTP, ms. */
export interface PageFigures {
  readonly entries: number;
  readonly sittings: number;
  readonly first: number;
  readonly again: number;
  readonly afterKeystroke: number;
  readonly empty: number;
}

export function report(value: unknown): void {
  console.log(JSON.stringify(value));
}
