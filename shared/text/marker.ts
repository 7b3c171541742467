import type { Node as PMNode, Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import type { Align, LineAttrs } from './schema.ts';
import { ALIGNMENTS, clamp, MAX_INDENT } from './schema.ts';

/**
 * A block's marker: an embedded `Y.Map` at the block's end holding what is not default about it.
 *
 * `kind` ('heading' | 'list' | anything later; absent = paragraph), `level` (4; absent = 3), `list` ('ordered'; absent = bullet),
 * `indent`, `align`; any other key is kept verbatim.
 * Three keys of our own tell what became of a block that was deleted whole:
 * - `gone: true`: the block was deleted; its marker stays so that words which a colleague typed into it meanwhile keep a paragraph of
 *   their own. It is not shown while it holds no text.
 * - `moved: key`: the block was moved away; shown as a mark when text stands here.
 * - `movedFrom: key`: on the marker at the new place, the key of the old one.
 */
export type Marker = Y.Map<unknown>;

export interface Line {
  readonly type: 'paragraph' | 'heading' | 'listLine' | 'unknownLine';
  readonly attrs: LineAttrs & { readonly level?: number; readonly list?: string; readonly indent?: number; readonly kind?: string };
}

/** Defaults are not written: a kind switched on and off is then one key, whose dead values Yjs keeps as one item. */
const DEFAULT_LEVEL = 3;
const DEFAULT_LIST = 'bullet';
const OF_KIND = ['level', 'list', 'indent'] as const;
const OURS = new Set<string>(['kind', ...OF_KIND, 'align', 'gone', 'moved', 'movedFrom']);

export const PLAIN_LINE: Line = { type: 'paragraph', attrs: { align: null, moved: null, extra: null } };

/** A `Y.Map` with the key `atom` is an embed inside a line (table, image); any other is a marker. */
export function isMarker(type: object): type is Marker {
  return type instanceof Y.Map && !type._map.has('atom');
}

export function isGone(marker: Marker): boolean {
  return marker.get('gone') === true;
}

/** A stable name for a block: the id of its marker. */
export function markerKey(marker: Marker): string {
  const id = marker._item?.id;
  return id === undefined ? '' : `${id.client}.${id.clock}`;
}

function isAlign(value: unknown): value is Align {
  return ALIGNMENTS.some((align) => align === value);
}

/** Keys and values of a marker: the map itself, or what it held at some time. */
export interface MarkerValues {
  get(key: string): unknown;
  entries(): Iterable<readonly [string, unknown]>;
}

/** What a marker amounts to; total: unknown kinds and values are shown as such, never repaired. */
export function lineOf(marker: Marker): Line {
  return marker._map.size === 0 ? PLAIN_LINE : lineOfValues(marker);
}

export function lineOfValues(marker: MarkerValues): Line {
  const kind = marker.get('kind');
  const align = marker.get('align');
  const moved = marker.get('moved');
  const known = kind === undefined || kind === 'heading' || kind === 'list';
  const extra: Record<string, unknown> = {};
  for (const [key, value] of marker.entries()) {
    if (value instanceof Y.AbstractType) continue;
    const foreign = !OURS.has(key) || (!known && OF_KIND.some((name) => name === key)) || (key === 'align' && !isAlign(value));
    if (foreign || (key === 'kind' && typeof value !== 'string')) extra[key] = value;
  }
  const attrs: LineAttrs = {
    align: isAlign(align) ? align : null,
    moved: typeof moved === 'string' ? moved : null,
    extra: Object.keys(extra).length > 0 ? extra : null,
  };
  if (kind === 'heading') return { type: 'heading', attrs: { ...attrs, level: clamp(marker.get('level'), 3, 4, DEFAULT_LEVEL) } };
  if (kind === 'list') {
    const list = marker.get('list') === 'ordered' ? 'ordered' : DEFAULT_LIST;
    return { type: 'listLine', attrs: { ...attrs, list, indent: clamp(marker.get('indent'), 0, MAX_INDENT, 0) } };
  }
  if (typeof kind === 'string') return { type: 'unknownLine', attrs: { ...attrs, kind } };
  return { type: 'paragraph', attrs };
}

/** Does a block look as its marker says? */
export function looksLike(node: PMNode, line: Line, schema: Schema): boolean {
  return node.hasMarkup(schema.nodes[line.type]!, line.attrs);
}

/** The keys that a block needs on its marker. */
export function entriesOf(node: PMNode): Record<string, unknown> {
  const { attrs } = node;
  const entries: Record<string, unknown> = { ...((attrs['extra'] as Record<string, unknown> | null) ?? {}) };
  switch (node.type.name) {
    case 'heading':
      entries['kind'] = 'heading';
      if (attrs['level'] !== DEFAULT_LEVEL) entries['level'] = attrs['level'];
      break;
    case 'listLine':
      entries['kind'] = 'list';
      if (attrs['list'] !== DEFAULT_LIST) entries['list'] = attrs['list'];
      if (attrs['indent'] !== 0) entries['indent'] = attrs['indent'];
      break;
    case 'unknownLine':
      entries['kind'] = attrs['kind'];
      break;
  }
  if (attrs['align'] !== null) entries['align'] = attrs['align'];
  if (attrs['moved'] !== null) entries['moved'] = attrs['moved'];
  return entries;
}

/** A new marker for a block. The mark of a moved paragraph stays with the marker that has it: a half split off is not what was moved. */
export function markerFor(node: PMNode): Marker {
  return new Y.Map(Object.entries(entriesOf(node)).filter(([key]) => key !== 'moved'));
}

/**
 * Writes the difference between how a block looked and how it looks, key by key, so that two people changing different things about one
 * block both get their way. A change of kind also clears what concurrent changes of kind left behind.
 * @returns whether anything was written.
 */
export function patchMarker(marker: Marker, before: PMNode, after: PMNode): boolean {
  if (before.hasMarkup(after.type, after.attrs)) return false;
  const old = entriesOf(before);
  const wanted = entriesOf(after);
  let wrote = false;
  const newKind = old['kind'] !== wanted['kind'];
  for (const key of new Set([...Object.keys(old), ...Object.keys(wanted), ...(newKind ? OF_KIND : [])])) {
    const value = wanted[key];
    if (value === undefined ? !marker.has(key) : sameJson(newKind ? marker.get(key) : old[key], value)) continue;
    if (value === undefined) marker.delete(key);
    else marker.set(key, value);
    wrote = true;
  }
  return wrote;
}

function sameJson(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
