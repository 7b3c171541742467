import * as Y from 'yjs';

/** One stretch of the person's own refused words, with a little of what stood around it. */
export interface RefusedPiece {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

export interface RefusedText {
  /** The refused words, a line for each paragraph they stood in; '' when nothing was inserted that still stands. */
  readonly text: string;
  readonly pieces: readonly RefusedPiece[];
  /** Units of other, acknowledged text that the refused changes took out (they come back with the fresh copy). */
  readonly removed: number;
}

/** UTF-16 units of context on each side. */
const CONTEXT = 16;
const LINE_SEPARATOR = '\u2028';
const ATOM = '\uFFFC';
const GAP = ' … ';

type Ranges = Map<number, { from: number; to: number }[]>;
interface Run {
  text: string;
  readonly mine: boolean;
}

/**
 * Renders a person's own unacknowledged changes against the last acknowledged state, without keeping that state: an id is unacknowledged
 * exactly when one of the unacknowledged updates holds it.
 * @param doc the document as it stands, unacknowledged changes included
 * @param unacknowledged own updates (Yjs V1) that the server did not take
 * @param relayed updates of which only the inserted text counts (a SyncStep2 carries the deletions of everybody)
 */
export function refusedText(doc: Y.Doc, unacknowledged: readonly Uint8Array[], relayed: readonly Uint8Array[] = []): RefusedText {
  const inserted: Ranges = new Map();
  const deleted: Ranges = new Map();
  for (const update of unacknowledged) collect(update, inserted, deleted);
  for (const update of relayed) collect(update, inserted, null);
  for (const ranges of [...inserted.values(), ...deleted.values()]) ranges.sort((a, b) => a.from - b.from);

  const pieces: RefusedPiece[] = [];
  const lines: string[] = [];
  for (const paragraph of paragraphs(doc.getText('t'), inserted)) {
    const own = paragraph.filter((run) => run.mine && run.text !== '');
    if (own.length === 0) continue;
    lines.push(own.map((run) => run.text).join(GAP));
    for (const [index, run] of paragraph.entries()) {
      if (!run.mine || run.text === '') continue;
      pieces.push({
        before: sliceEnd(textOf(paragraph.slice(0, index)), CONTEXT),
        text: run.text,
        after: sliceStart(textOf(paragraph.slice(index + 1)), CONTEXT),
      });
    }
  }
  return { text: lines.join('\n'), pieces, removed: removedUnits(deleted, inserted) };
}

function collect(update: Uint8Array, inserted: Ranges, deleted: Ranges | null): void {
  const { structs, ds } = Y.decodeUpdate(update);
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    add(inserted, struct.id.client, struct.id.clock, struct.length);
  }
  if (deleted === null) return;
  for (const [client, items] of ds.clients) for (const item of items) add(deleted, client, item.clock, item.len);
}

function add(ranges: Ranges, client: number, from: number, length: number): void {
  const list = ranges.get(client) ?? [];
  list.push({ from, to: from + length });
  ranges.set(client, list);
}

/** The chapter's paragraphs as runs of own and other text, in order. A marker (an embedded map) ends a paragraph. */
function paragraphs(text: Y.Text, inserted: Ranges): Run[][] {
  const all: Run[][] = [];
  let paragraph: Run[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString) {
      for (const run of cut(content.str, item.id.client, item.id.clock, inserted)) push(paragraph, run);
    } else if (content instanceof Y.ContentType && content.type instanceof Y.Map) {
      all.push(paragraph);
      paragraph = [];
    } else if (item.countable) {
      push(paragraph, { text: ATOM, mine: isIn(inserted, item.id.client, item.id.clock) });
    }
  }
  all.push(paragraph);
  return all;
}

function push(paragraph: Run[], run: Run): void {
  const last = paragraph.at(-1);
  if (last !== undefined && last.mine === run.mine) last.text += run.text;
  else paragraph.push({ ...run });
}

/** Yjs joins neighbouring items of one writer, acknowledged or not: cut them apart again. */
function cut(text: string, client: number, clock: number, inserted: Ranges): Run[] {
  const runs: Run[] = [];
  let done = 0;
  for (const range of inserted.get(client) ?? []) {
    const from = Math.max(range.from - clock, done);
    const to = Math.min(range.to - clock, text.length);
    if (to <= from) continue;
    if (from > done) runs.push({ text: text.slice(done, from), mine: false });
    runs.push({ text: text.slice(from, to), mine: true });
    done = to;
  }
  if (done < text.length) runs.push({ text: text.slice(done), mine: false });
  return runs.map((run) => ({ ...run, text: run.text.replaceAll(LINE_SEPARATOR, '\n') }));
}

function isIn(ranges: Ranges, client: number, clock: number): boolean {
  return (ranges.get(client) ?? []).some((range) => range.from <= clock && clock < range.to);
}

function removedUnits(deleted: Ranges, inserted: Ranges): number {
  let count = 0;
  for (const [client, ranges] of deleted) {
    for (const { from, to } of ranges) for (let clock = from; clock < to; clock += 1) if (!isIn(inserted, client, clock)) count += 1;
  }
  return count;
}

function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** Never begins with half a character. */
function sliceEnd(text: string, length: number): string {
  const end = text.slice(-length);
  return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}

function sliceStart(text: string, length: number): string {
  const start = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(start) ? start.slice(0, -1) : start;
}
