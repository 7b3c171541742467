import * as Y from 'yjs';
import type { HitContext } from '../../../shared/api/replace.ts';
import { type FindOptions, findAll } from '../../../shared/finding/find.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { isMarker } from '../../../shared/text/marker.ts';
import { HARD_BREAK } from '../../../shared/text/render.ts';
import { copyOf } from '../restore/write-edits.ts';

/** Asked of the text engine. `replacement` null = only look. */
export interface ReplaceQuestion {
  readonly chapters: readonly ChapterId[];
  readonly find: string;
  readonly options: FindOptions;
  readonly replacement: string | null;
}

/** The hits of one chapter that has any, and the update that replaces them; null when only looked for. */
export interface ChapterHits {
  readonly chapter: ChapterId;
  readonly count: number;
  readonly hits: readonly HitContext[];
  /** Ids of the hits' first letters: other hits, another name. */
  readonly ids: string;
  readonly update: Uint8Array | null;
}

/** Contexts told for each chapter; the rest is counted. */
const MOST_CONTEXTS = 20;
const BEFORE = 12;
const AFTER = 16;

/** Finds and, where asked, replaces on copies of the chapters: the smallest operations, each hit by itself, under the server's id. */
export function planReplace(textOf: (chapter: ChapterId) => Y.Text | null, question: ReplaceQuestion): readonly ChapterHits[] {
  return question.chapters.flatMap((chapter) => {
    const text = textOf(chapter);
    const found = text === null ? null : hitsOf(text, question);
    if (text === null || found === null || found.places.length === 0) return [];
    const { places, contexts, ids } = found;
    const { find, replacement } = question;
    const update = replacement === null ? null : write(copyOf(text), places, find.length, replacement);
    return [{ chapter, count: places.length, hits: contexts, ids, update }];
  });
}

interface Found {
  /** Yjs indices of the hits. */
  readonly places: readonly number[];
  readonly contexts: readonly HitContext[];
  readonly ids: string;
}

/** A hit never reaches over the end of a paragraph, a hard break or something embedded. */
function hitsOf(text: Y.Text, { find, options }: ReplaceQuestion): Found {
  const places: number[] = [];
  const contexts: HitContext[] = [];
  const ids: string[] = [];
  let line = new Line(0);
  const search = (): void => {
    for (const at of findAll(line.words, find, options)) {
      places.push(line.start + at);
      ids.push(line.idAt(at));
      if (contexts.length < MOST_CONTEXTS) contexts.push(contextOf(line.words, at, find.length));
    }
  };
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content } = item;
    index += item.length;
    if (content instanceof Y.ContentType && isMarker(content.type)) {
      search();
      line = new Line(index);
    } else {
      line.add(item, content instanceof Y.ContentString ? content.str : '\ufffc'.repeat(item.length));
    }
  }
  search();
  return { places, contexts, ids: ids.join(' ') };
}

/** A paragraph's letters, each as long as its Yjs units, so that a place in the words is a place in the text. */
class Line {
  words = '';
  readonly start: number;
  readonly #items: { readonly at: number; readonly item: Y.Item }[] = [];

  constructor(start: number) {
    this.start = start;
  }

  add(item: Y.Item, words: string): void {
    this.#items.push({ at: this.words.length, item });
    this.words += words;
  }

  idAt(at: number): string {
    const found = this.#items.findLast((piece) => piece.at <= at)!;
    return `${found.item.id.client}.${found.item.id.clock + at - found.at}`;
  }
}

function contextOf(words: string, at: number, length: number): HitContext {
  const clean = (part: string) => part.replaceAll(HARD_BREAK, ' ').replaceAll('\ufffc', '');
  return {
    before: clean([...words.slice(Math.max(0, at - 2 * BEFORE), at)].slice(-BEFORE).join('')),
    hit: words.slice(at, at + length),
    after: clean([...words.slice(at + length, at + length + 2 * AFTER)].slice(0, AFTER).join('')),
  };
}

function write(text: Y.Text, places: readonly number[], length: number, replacement: string): Uint8Array {
  const doc = text.doc!;
  let update = new Uint8Array();
  doc.on('update', (bytes: Uint8Array) => {
    update = new Uint8Array(bytes);
  });
  doc.transact(() => {
    let moved = 0;
    for (const place of places) {
      const at = place + moved;
      // Behind the hit's last letter, so that it has its look; then the hit goes.
      if (replacement !== '') text.insert(at + length, replacement);
      text.delete(at, length);
      moved += replacement.length - length;
    }
  });
  doc.destroy();
  return update;
}
