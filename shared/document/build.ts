import type { ChapterDiff, Credit } from '../api/history.ts';
import type { OutlineNode } from '../outline/outline.ts';
import type { Change, MarkedDocument, MarkedOp, MarkedParagraph, MarkedRun } from './document.ts';
import { STANDS_AFTER, STANDS_BEFORE } from './document.ts';
import { levelOf } from './frame.ts';
import { type FramePast, followFrame } from './lines.ts';
import { lookOf } from './look.ts';
import type { DocumentOptions } from './options.ts';
import { mergeOutlines, type NodePlace } from './order.ts';
import type { DocumentPast } from './past.ts';
import { type StreamItem, textStream } from './text-stream.ts';
import type { TrackedLine } from './tracked-line.ts';

/**
 * The official document of a report at two points of its life, in one row with everything that was written, deleted and moved between them.
 * With one point twice it is the plain document of that point.
 */
export function buildDocument(past: DocumentPast, options: DocumentOptions): MarkedDocument {
  const frame = followFrame(past, options);
  const someone = someoneOf(past);
  const diffs = new Map(past.chapters.map((diff) => [diff.chapter as string, diff] as const));
  const page = new Page();
  for (const line of frame.head) page.line(line);
  for (const place of mergeOutlines(frame.before, frame.after, frame.placed)) {
    for (const item of nodeStream(place, frame, diffs.get(place.node.id), past.credits, someone)) page.item(item);
  }
  for (const line of frame.tail) page.line(line);
  return { paragraphs: page.paragraphs };
}

/** Named where the log names nobody: the last who changed anything in the window. */
function someoneOf({ events, credits }: DocumentPast): Change {
  const last = events.at(-1);
  if (last !== undefined) return { by: last.header.author, at: last.header.at, seq: last.header.seq };
  const credit = credits.reduce<Credit | null>((one, other) => (one === null || other.seq > one.seq ? other : one), null);
  return credit === null ? { by: '' as Change['by'], at: 0, seq: 0 } : { by: credit.actor, at: credit.at, seq: credit.seq };
}

/** Collects runs into paragraphs at their ends. */
class Page {
  readonly paragraphs: MarkedParagraph[] = [];
  #runs: MarkedRun[] = [];

  line(line: TrackedLine): void {
    const end = line.end();
    if (end === null) return;
    for (const run of line.runs()) this.item({ kind: 'run', run });
    this.item({ kind: 'end', ...end });
  }

  item(item: StreamItem): void {
    if (item.kind === 'run') this.#runs.push(item.run);
    else {
      const { op, change, look, was } = item;
      this.paragraphs.push({ look, runs: this.#runs, op, change, was });
      this.#runs = [];
    }
  }
}

/** A node at one of its places: its heading, then its text. */
function nodeStream(
  { node, op }: NodePlace,
  frame: FramePast,
  diff: ChapterDiff | undefined,
  credits: readonly Credit[],
  someone: Change,
): readonly StreamItem[] {
  const text = diff === undefined ? [] : textStream(diff, credits, someone);
  const heading = frame.headings.get(node.id);
  const items = heading === undefined ? text : [...headingStream(heading, node, frame, text), ...text];
  switch (op) {
    case 'keep':
      return items;
    case 'went':
      return items.flatMap(asStood('del', frame.removed.get(node.id) ?? someone));
    case 'left':
      return items.flatMap(asStood('left', frame.placed.get(node.id) ?? someone));
    case 'came':
      return items.flatMap(asStands('ins', frame.placed.get(node.id) ?? someone));
    case 'moved':
      return items.flatMap(asStands('moved', frame.placed.get(node.id) ?? someone));
  }
}

/**
 * A run-in heading has no end of its own where text follows it.
 * @param place the node as it stands at this place, which tells its level
 */
function headingStream(line: TrackedLine, place: OutlineNode, frame: FramePast, text: readonly StreamItem[]): readonly StreamItem[] {
  const node = frame.after.nodes.find((other) => other.id === place.id) ?? place;
  const items: StreamItem[] = line.runs().map((run) => ({ kind: 'run', run }));
  const ends = text.flatMap((item) => (item.kind === 'end' ? [item.op] : []));
  const formBefore = frame.formBefore.get(node.id) ?? node.form;
  const ownBefore = formBefore === 'own-line' || !ends.some((op) => STANDS_BEFORE.has(op));
  const ownAfter = node.form === 'own-line' || !ends.some((op) => STANDS_AFTER.has(op));
  const look = lookOf(levelOf(place));
  const change = frame.formed.get(node.id) ?? firstChange(text);
  if (ownBefore && ownAfter) {
    const end = line.end();
    items.push({ kind: 'end', op: end?.op ?? 'keep', change: end?.change ?? null, look, was: null });
  } else if (ownBefore) items.push({ kind: 'end', op: 'del', change, look, was: null });
  else if (ownAfter) items.push({ kind: 'end', op: 'ins', change, look, was: null });
  return items;
}

function firstChange(items: readonly StreamItem[]): Change | null {
  for (const item of items) {
    const change = item.kind === 'run' ? item.run.change : item.change;
    if (change !== null) return change;
  }
  return null;
}

/** What stood at the earlier point only, because the whole node did. */
function asStood(op: 'del' | 'left', change: Change): (item: StreamItem) => StreamItem[] {
  return sided(STANDS_BEFORE, op, change, true);
}

function asStands(op: 'ins' | 'moved', change: Change): (item: StreamItem) => StreamItem[] {
  return sided(STANDS_AFTER, op, change, false);
}

function sided(stands: ReadonlySet<MarkedOp>, kept: MarkedOp, keptBy: Change, earlier: boolean): (item: StreamItem) => StreamItem[] {
  return (item) => {
    if (item.kind === 'run') {
      const { run } = item;
      if (!stands.has(run.op)) return [];
      const look = earlier && run.was !== null ? run.was.look : run.look;
      return [{ kind: 'run', run: run.op === 'keep' ? { ...run, op: kept, change: keptBy, look, was: null } : run }];
    }
    if (!stands.has(item.op)) return [];
    const look = earlier && item.was !== null ? item.was.look : item.look;
    return [item.op === 'keep' ? { ...item, op: kept, change: keptBy, look, was: null } : item];
  };
}
