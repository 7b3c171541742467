import type { NodeId } from '../ids.ts';
import { reduceOutline } from '../outline/fold.ts';
import type { HeadingForm, Outline, OutlineEvent } from '../outline/outline.ts';
import { type Particulars, reduceParticulars } from '../particulars/particulars.ts';
import type { Change } from './document.ts';
import { type FrameLine, headingLines, headLines, tailLines } from './frame.ts';
import type { DocumentOptions } from './options.ts';
import type { DocumentPast, FrameEvent } from './past.ts';
import { TrackedLine } from './tracked-line.ts';

/** What became of title, headings, places and particulars between the two points. */
export interface FramePast {
  readonly before: Outline;
  readonly after: Outline;
  readonly head: readonly TrackedLine[];
  readonly tail: readonly TrackedLine[];
  readonly headings: ReadonlyMap<string, TrackedLine>;
  /** Who took a node out, put it in or moved it last; a part's children with it. */
  readonly removed: ReadonlyMap<NodeId, Change>;
  readonly placed: ReadonlyMap<NodeId, Change>;
  /** Who put a heading on a line of its own, or into its text. */
  readonly formed: ReadonlyMap<NodeId, Change>;
  readonly formBefore: ReadonlyMap<NodeId, HeadingForm>;
}

/** Follows the frame's lines through every entry of the window. */
export function followFrame(past: DocumentPast, options: DocumentOptions): FramePast {
  let { outline, particulars } = past;
  const head = new Lines(headLines(outline.title, particulars.values, options));
  const tail = new Lines(tailLines(particulars.values, options));
  const headings = new Lines([...headingLines(outline).values()]);
  const removed = new Map<NodeId, Change>();
  const placed = new Map<NodeId, Change>();
  const formed = new Map<NodeId, Change>();
  const formBefore = new Map(outline.nodes.map(({ id, form }) => [id, form] as const));
  for (const entry of past.events) {
    const change = changeOf(entry);
    if (entry.kind === 'particulars') {
      particulars = reduceParticulars(particulars, entry.event, entry.header) satisfies Particulars;
      tail.take(tailLines(particulars.values, options), change);
    } else {
      const before = outline;
      outline = reduceOutline(outline, entry.event, entry.header);
      noteNodes(entry.event, before, outline, change, { removed, placed, formed });
      headings.take([...headingLines(outline).values()], change, false);
    }
    head.take(headLines(outline.title, particulars.values, options), change);
  }
  return {
    before: past.outline,
    after: outline,
    head: head.inOrder(HEAD_ORDER),
    tail: tail.inOrder(TAIL_ORDER),
    headings: headings.byKey,
    removed,
    placed,
    formed,
    formBefore,
  };
}

function changeOf({ header: { author: by, at, seq } }: FrameEvent): Change {
  return { by, at, seq };
}

interface NodeNotes {
  readonly removed: Map<NodeId, Change>;
  readonly placed: Map<NodeId, Change>;
  readonly formed: Map<NodeId, Change>;
}

function noteNodes(event: OutlineEvent, before: Outline, after: Outline, change: Change, { removed, placed, formed }: NodeNotes): void {
  const withChildren = (outline: Outline, id: NodeId) => outline.nodes.filter((node) => node.id === id || node.parent === id);
  switch (event.op) {
    case 'create':
      for (const { id } of after.nodes) placed.set(id, change);
      return;
    case 'add':
      placed.set(event.node.id, change);
      return;
    case 'remove':
      for (const { id } of withChildren(before, event.node)) removed.set(id, change);
      return;
    case 'move':
    case 'restore':
      for (const { id } of withChildren(after, event.node)) placed.set(id, change);
      return;
    case 'heading':
      if (before.nodes.some(({ id, form }) => id === event.node && form !== event.form)) formed.set(event.node, change);
  }
}

const HEAD_ORDER = ['secrecy', 'urgency', 'masthead', 'doc-number', 'red-line', 'title', 'addressees'];
const TAIL_ORDER = ['attachment', 'issuer', 'date', 'note', 'rule 0', 'copies', 'rule 1', 'printer', 'rule 2'];

/** Lines by key, from one point of time on. */
class Lines {
  readonly byKey = new Map<string, TrackedLine>();
  readonly #now = new Map<string, string>();

  constructor(lines: readonly FrameLine[]) {
    for (const line of lines) {
      this.byKey.set(line.key, new TrackedLine(line, null));
      this.#now.set(line.key, said(line));
    }
  }

  /** @param whole lines that are not there were taken away; else nothing is said of them */
  take(lines: readonly FrameLine[], change: Change, whole = true): void {
    for (const line of lines) {
      const words = said(line);
      if (this.#now.get(line.key) === words) continue;
      this.#now.set(line.key, words);
      const tracked = this.byKey.get(line.key);
      if (tracked === undefined) this.byKey.set(line.key, new TrackedLine(line, change));
      else tracked.set(line, change);
    }
    if (!whole) return;
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, tracked] of this.byKey) {
      if (keys.has(key) || !this.#now.has(key)) continue;
      this.#now.delete(key);
      tracked.remove(change);
    }
  }

  inOrder(order: readonly string[]): readonly TrackedLine[] {
    const rank = ({ key }: TrackedLine) => {
      const named = order.indexOf(key);
      const [name = '', index = '0'] = key.split(' ');
      return (named >= 0 ? named : order.indexOf(name)) * 1_000 + (named >= 0 ? 0 : Number(index));
    };
    return [...this.byKey.values()].sort((one, other) => rank(one) - rank(other));
  }
}

/** Everything that shows of a line; also tells its role and place. */
function said({ look, pieces }: FrameLine): string {
  return JSON.stringify([look, pieces]);
}
