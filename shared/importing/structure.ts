import type { ImportBlock } from '../api.ts';
import type { HeadingForm, NodeKind } from '../outline/outline.ts';
import type { HeadingFound } from './headings.ts';
import { findHeading } from './headings.ts';
import type { Paragraph } from './layout.ts';
import type { Mark, MarkKind } from './marks.ts';
import { HEADING_KINDS, parseMark } from './marks.ts';

/** A node of the recognised tree while it is being built. */
export interface Draft {
  readonly kind: NodeKind;
  readonly heading: string;
  readonly form: HeadingForm;
  readonly sourceNumber: string;
  /** The ordinal in `sourceNumber`; 0 for a passage. */
  readonly value: number;
  readonly line: number;
  readonly blocks: ImportBlock[];
  readonly children: Draft[];
}

export interface Structure {
  readonly top: Draft[];
  readonly skippedLines: readonly number[];
}

/** A report has at most this many nodes (numbers go to 999); further headings stay in the text. */
export const MAX_NODES = 900;

/**
 * Builds the tree from paragraphs. The two outermost levels of numbers in use become parts and chapters, whichever they are; deeper ones stay
 * in the chapter's text as heading blocks with their number. An outermost heading with no heading of the second level under it is a chapter.
 * Text before a chapter becomes a passage. Every paragraph lands in the tree, in order.
 * @param passageStarts indexes of paragraphs that open a passage of their own at the top (the report proper after a covering notice).
 * @param from index before which everything is plain text (the covering notice).
 */
export function buildStructure(paragraphs: readonly Paragraph[], from: number, passageStarts: ReadonlySet<number>): Structure {
  const headings = readHeadings(paragraphs, from);
  const levels = levelsOf(headings.filter((one) => one !== null).map((one) => one.mark.kind));
  const top: Draft[] = [];
  const skippedLines: number[] = [];
  let part: Draft | null = null;
  let current: Draft | null = null;
  let count = 0;
  let openLevel = -1;

  const add = (draft: Draft, parent: Draft | null): Draft => {
    (parent === null ? top : parent.children).push(draft);
    count += 1;
    return draft;
  };
  const addText = (text: string, line: number, kind: ImportBlock['kind'] = 'paragraph') => {
    if (current === null) current = add(passage(line), part);
    current.blocks.push({ kind, text, line });
  };

  for (const [index, { text, line }] of paragraphs.entries()) {
    if (passageStarts.has(index)) [current, part] = [null, null];
    const found = headings[index] ?? null;
    if (found === null) {
      if (!headings.consumed.has(index)) addText(text, line);
      continue;
    }
    const level = levels.order.indexOf(found.mark.kind);
    if (level > openLevel + 1) skippedLines.push(line);
    openLevel = level;
    const depth = count < MAX_NODES ? levels.nodes.indexOf(found.mark.kind) : -1;
    if (depth === -1) {
      addText(found.textOnly, line, found.form === 'own-line' && found.rest === '' ? levels.blockKind(found.mark.kind) : 'paragraph');
      continue;
    }
    if (depth === 0) {
      const isPart = opensPart(headings, index, levels.nodes);
      part = isPart ? add(numbered('part', found, line), null) : null;
      current = isPart ? null : add(numbered('chapter', found, line), null);
    } else {
      current = add(numbered('chapter', found, line), part);
    }
    if (found.rest !== '') addText(found.rest, line);
  }
  return { top, skippedLines };
}

export function passage(line: number): Draft {
  return { kind: 'passage', heading: '', form: 'own-line', sourceNumber: '', value: 0, line, blocks: [], children: [] };
}

function numbered(kind: 'part' | 'chapter', found: HeadingFound, line: number): Draft {
  const { mark, heading, form } = found;
  return { kind, heading, form, sourceNumber: mark.text, value: mark.value, line, blocks: [], children: [] };
}

/** A heading with the paragraph it stands in, number and all. */
interface FoundInText extends HeadingFound {
  readonly textOnly: string;
}

type Headings = readonly (FoundInText | null)[] & { readonly consumed: ReadonlySet<number> };

function readHeadings(paragraphs: readonly Paragraph[], from: number): Headings {
  const marks = paragraphs.map((paragraph) => parseMark(paragraph.text));
  const items = listItems(paragraphs);
  const firstArticle = marks.findIndex((mark, index) => index >= from && mark?.kind === 'article');
  const isRegulation = marks.filter((mark) => mark?.kind === 'article').length >= 2;
  const consumed = new Set<number>();
  const siblings = new Siblings();
  const found = paragraphs.map(({ text }, index): FoundInText | null => {
    const mark = marks[index] ?? null;
    if (index < from || mark === null || items.has(index)) return null;
    // Below an article, numbers count its clauses, which are cited by them: text.
    if (isRegulation && index > firstArticle && !OVER_ARTICLES.has(mark.kind)) return null;
    const next = paragraphs[index + 1];
    const nextIsText = next !== undefined && marks[index + 1] === null;
    if (mark.length >= text.length && next !== undefined && nextIsText && next.text.length <= 40 && !/[。；！？]/.test(next.text)) {
      consumed.add(index + 1);
      siblings.note(mark, true);
      return { mark, heading: next.text, form: 'own-line', rest: '', textOnly: `${text}${next.text}` };
    }
    const hasBody = next !== undefined && (marks[index + 1] === null || marks[index + 1]?.kind === 'article');
    const siblingIsHeading = siblings.before(mark);
    const opensDeeper = levelOf(marks[index + 1]?.kind) > levelOf(mark.kind);
    // 1. and （1） more often count a list than sections: a heading has something under it, and so have its siblings.
    const isListItem = IN_TEXT.has(mark.kind) && (siblingIsHeading === false || !(hasBody || opensDeeper));
    const found = findHeading(text, { hasBody, siblingIsHeading });
    const heading = found !== null && isListItem && found.form === 'own-line' && found.rest === '' ? null : found;
    siblings.note(mark, heading !== null);
    return heading === null ? null : { ...heading, textOnly: text };
  });
  return Object.assign(found, { consumed });
}

/** Remembers, for each level, how the last number was read; an outer number makes the inner levels begin anew. */
class Siblings {
  readonly #last = new Map<MarkKind, { readonly value: number; readonly isHeading: boolean }>();

  before(mark: Mark): boolean | null {
    const last = this.#last.get(mark.kind);
    return last !== undefined && last.value + 1 === mark.value ? last.isHeading : null;
  }

  note(mark: Mark, isHeading: boolean): void {
    this.#last.set(mark.kind, { value: mark.value, isHeading });
    const level = HEADING_KINDS.indexOf(mark.kind);
    for (const kind of HEADING_KINDS.slice(level + 1)) this.#last.delete(kind);
  }
}

/** Levels that belong inside a chapter's text. */
const IN_TEXT: ReadonlySet<MarkKind> = new Set<MarkKind>(['digit', 'digit-paren']);

/** -1 = no heading. */
function levelOf(kind: MarkKind | undefined): number {
  return kind === undefined ? -1 : HEADING_KINDS.indexOf(kind);
}

const OVER_ARTICLES: ReadonlySet<MarkKind> = new Set<MarkKind>(['volume', 'chapter', 'section']);

/** Numbered paragraphs of a list: those that end with a semicolon, and those that go on counting right after one. */
function listItems(paragraphs: readonly Paragraph[]): ReadonlySet<number> {
  const items = new Set<number>();
  for (const [index, { text }] of paragraphs.entries()) {
    const mark = parseMark(text);
    if (mark === null) continue;
    const before = parseMark(paragraphs[index - 1]?.text ?? '');
    const goesOn = items.has(index - 1) && before?.kind === mark.kind && before.value + 1 === mark.value;
    if (goesOn || /[；;]$/.test(text)) items.add(index);
  }
  return items;
}

interface Levels {
  /** The kinds that become parts and chapters, outermost first; one or two. */
  readonly nodes: readonly MarkKind[];
  /** All kinds in use, outermost first. */
  readonly order: readonly MarkKind[];
  blockKind(kind: MarkKind): ImportBlock['kind'];
}

function levelsOf(kinds: readonly MarkKind[]): Levels {
  const order = HEADING_KINDS.filter((kind) => kinds.includes(kind));
  const outer = order.filter((kind) => kind !== 'digit' && kind !== 'digit-paren');
  // 1. and （1） belong inside a chapter's text, unless a text of several sections counts by nothing else.
  const digitsOnly = outer.length === 0 && kinds.filter((kind) => kind === 'digit').length >= 2;
  const nodes = digitsOnly ? (['digit'] as const) : outer.slice(0, 2);
  const inText = [...outer.slice(2), ...(['digit', 'digit-paren'] as const).filter((kind) => !(digitsOnly && kind === 'digit'))];
  return {
    nodes,
    order,
    blockKind: (kind) => (['heading3', 'heading4'] as const)[inText.indexOf(kind)] ?? 'paragraph',
  };
}

function opensPart(headings: Headings, index: number, nodes: readonly MarkKind[]): boolean {
  const [outer, inner] = nodes;
  if (inner === undefined) return false;
  for (const found of headings.slice(index + 1)) {
    if (found?.mark.kind === outer) return false;
    if (found?.mark.kind === inner) return true;
  }
  return false;
}
