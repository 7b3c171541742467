import * as Y from 'yjs';
import { isGone, isMarker, markerKey } from '../../../shared/text/marker.ts';
import { type AnchorIds, CONTEXT, MAX_ANCHOR_IDS, MAX_QUOTE } from '../../../shared/threads/thread.ts';
import type { TextTimes } from '../history/text-times.ts';
import type { AnchorQuestion, TakenAnchor } from './questions.ts';

/** Living units of one item that are wanted, and where they stand in what was read of the chapter. */
interface Taken {
  readonly item: Y.Item;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/**
 * Reads what a thread would hang on from the living text alone: of text that is gone nothing is told, so nobody reads the past this way.
 * @returns null when nothing of it stands here
 */
export function takeAnchor(times: TextTimes, text: Y.Text, question: AnchorQuestion): TakenAnchor | null {
  const { chapter, block } = question;
  const read = block === null ? readStretch(text, question) : readBlock(text, block);
  if (read === null) return null;
  const { words, taken } = read;
  const ids: AnchorIds[] = [];
  for (const { item, from, to } of taken) {
    times.eachRoot(chapter, item.id.client, from, to, (start, end, root) => {
      const last = ids.at(-1);
      const { chapter: first, client, clock } = root;
      if (last?.chapter === first && last.client === client && last.clock + last.length === clock)
        ids[ids.length - 1] = { ...last, length: last.length + end - start };
      else ids.push({ chapter: first, client, clock, length: end - start });
    });
  }
  const [first, last] = [taken[0]!, taken.at(-1)!];
  const end = last.at + last.to - last.from;
  const before = block === null ? words.slice(words.lastIndexOf('\n', first.at - 1) + 1, first.at) : '';
  const lineEnd = words.indexOf('\n', end);
  const after = block === null ? words.slice(end, lineEnd < 0 ? words.length : lineEnd) : '';
  return {
    ids: ids.slice(0, MAX_ANCHOR_IDS),
    quote: clip(quoteOf(words, taken), MAX_QUOTE, 'start'),
    before: clip(before, CONTEXT, 'end'),
    after: clip(after, CONTEXT, 'start'),
  };
}

interface Read {
  /** The living text, '\n' for a paragraph's end. */
  readonly words: string;
  readonly taken: readonly Taken[];
}

function readStretch(text: Y.Text, { ids }: AnchorQuestion): Read | null {
  const wanted = new Map<number, (readonly [from: number, to: number])[]>();
  for (const [client, clock, length] of ids) wanted.set(client, [...(wanted.get(client) ?? []), [clock, clock + length]]);
  for (const ranges of wanted.values()) ranges.sort(([one], [other]) => one - other);
  const taken: Taken[] = [];
  let words = '';
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, id } = item;
    if (isEnd(item)) {
      if (isShown(item)) words += '\n';
      continue;
    }
    const start = words.length;
    words += content instanceof Y.ContentString ? content.str : '\ufffc'.repeat(item.length);
    let done = id.clock;
    for (const [low, high] of wanted.get(id.client) ?? []) {
      const [from, to] = [Math.max(low, done), Math.min(high, id.clock + item.length)];
      if (from >= to) continue;
      taken.push({ item, from, to, at: start + from - id.clock });
      done = to;
    }
  }
  return taken.length === 0 ? null : { words, taken };
}

function readBlock(text: Y.Text, key: string): Read | null {
  let taken: Taken[] = [];
  let words = '';
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, id } = item;
    if (isEnd(item) && !isShown(item)) continue;
    taken.push({ item, from: id.clock, to: id.clock + item.length, at: words.length });
    if (isEnd(item)) {
      if (markerKey((content as Y.ContentType).type as Y.Map<unknown>) === key) return { words, taken };
      taken = [];
      words = '';
    } else words += content instanceof Y.ContentString ? content.str : '\ufffc'.repeat(item.length);
  }
  return key === '' && taken.length > 0 ? { words, taken } : null;
}

/** What was taken, with the ends of paragraphs that lie in it; without what has no letters. */
function quoteOf(words: string, taken: readonly Taken[]): string {
  let quote = '';
  let end = taken[0]!.at;
  for (const { item, from, to, at } of taken) {
    if (isEnd(item)) continue;
    quote += '\n'.repeat(words.slice(end, at).split('\n').length - 1);
    end = at + to - from;
    quote += words.slice(at, end);
  }
  return quote;
}

function isEnd({ content }: Y.Item): boolean {
  return content instanceof Y.ContentType && isMarker(content.type);
}

/** A deleted paragraph's marker may stay for what others typed into it, and is not shown. */
function isShown({ content }: Y.Item): boolean {
  return content instanceof Y.ContentType && isMarker(content.type) && !isGone(content.type);
}

/** At most so many units, no half character at the cut, nothing without letters. */
function clip(text: string, most: number, keep: 'start' | 'end'): string {
  const words = text.replaceAll('\ufffc', '').replaceAll('\u2028', ' ');
  const cut = keep === 'start' ? words.slice(0, most) : words.slice(Math.max(0, words.length - most));
  return keep === 'start' ? cut.replace(/[\ud800-\udbff]$/, '') : cut.replace(/^[\udc00-\udfff]/, '');
}
