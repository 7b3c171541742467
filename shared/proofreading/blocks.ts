import type { ChapterId } from '../ids.ts';
import { parseMark } from '../importing/marks.ts';
import { recognise } from '../importing/recognise.ts';
import { numbersOf } from '../outline/numbering.ts';
import type { Outline } from '../outline/outline.ts';
import type { LineKind } from '../text/plain-text.ts';
import type { BlockKind, ProofBlock } from './finding.ts';

/** A line of a chapter as its rooms know it. */
export interface ProofLine {
  readonly kind: 'paragraph' | 'heading' | 'list';
  /** 3 or 4 for a heading. */
  readonly level?: number;
  readonly text: string;
}

/**
 * A report's lines in order.
 * @param linesOf null = a chapter whose text is not at hand
 */
export function reportBlocks(
  outline: Pick<Outline, 'title' | 'nodes'>,
  linesOf: (chapter: ChapterId) => readonly ProofLine[] | null,
): ProofBlock[] {
  const numbers = numbersOf(outline);
  const blocks: ProofBlock[] = [
    { place: { node: null, part: 'title', line: 0 }, kind: 'title', level: 0, number: '', text: outline.title },
  ];
  for (const node of outline.nodes) {
    if (node.kind !== 'passage') {
      blocks.push({
        place: { node: node.id, part: 'heading', line: 0 },
        kind: 'heading',
        level: node.parent === null ? 1 : 2,
        ...(node.form === 'run-in' ? { runIn: true } : {}),
        number: numbers.get(node.id) ?? '',
        text: node.heading,
      });
    }
    if (node.kind === 'part') continue;
    for (const [line, { kind, level, text }] of (linesOf(node.id) ?? []).entries()) {
      blocks.push({
        place: { node: node.id, part: 'text', line },
        kind,
        level: kind === 'heading' ? (level ?? 3) : 0,
        number: '',
        text,
        ...(kind === 'heading' && /[。！？]./.test(text) ? { runIn: true } : {}),
      });
    }
  }
  return blocks;
}

/**
 * The lines of a chapter.
 * @param kinds what each line is, a letter for each
 */
export function chapterLines(text: string, kinds: string): ProofLine[] {
  return text === '' ? [] : text.split('\n').map((line, at) => proofLine(line, (kinds[at] ?? 'p') as LineKind));
}

/** One line; a short paragraph with a number of its own counts as a heading, whatever its writer called it. */
export function proofLine(text: string, kind: LineKind): ProofLine {
  if (kind === '3' || kind === '4') return { kind: 'heading', level: Number(kind), text };
  if (kind === 'l') return { kind: 'list', text };
  const mark = parseMark(text);
  const isHeading =
    mark !== null &&
    (mark.kind === 'digit' || mark.kind === 'digit-paren') &&
    text.length <= 40 &&
    !/[。；，：]/.test(text.slice(mark.length));
  return isHeading ? { kind: 'heading', level: mark.kind === 'digit' ? 3 : 4, text } : { kind: 'paragraph', text };
}

/**
 * A text that is not a report yet, line by line, with the numbers that stand in it: what its writer numbered wrongly is seen here and
 * nowhere else, for a report numbers its headings by their place.
 */
export function textBlocks(source: string): ProofBlock[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const title = recognise({ text: source, encoding: 'utf-8', bytes: 0 }).title || marredTitle(lines);
  let hasTitle = false;
  const blocks: ProofBlock[] = [];
  const filled = lines.flatMap((text, line) => (text.trim() === '' ? [] : [{ text, line }]));
  const prose = proseKinds(filled.map(({ text }) => text.trim()));
  for (const [at, { text, line }] of filled.entries()) {
    const isTitle: boolean = !hasTitle && title !== '' && text.replace(/\s/g, '') === title.replace(/\s/g, '');
    hasTitle ||= isTitle;
    const { kind, level, runIn } = isTitle
      ? { kind: 'title' as const, level: 0, runIn: false }
      : kindOf(text, prose[at]?.has(parseMark(text.trim())?.kind ?? '') === true ? '' : (filled[at + 1]?.text ?? ''));
    blocks.push({
      place: { node: null, part: isTitle ? 'title' : 'text', line },
      kind,
      level,
      number: '',
      text,
      ...(runIn ? { runIn } : {}),
    });
  }
  return blocks;
}

/** A first line like 「关于…的报告。」: a title in all but its mark, which headings.ts tells. */
function marredTitle(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  return /^[^。；]{0,30}关于[^。；]{4,50}的[\p{Script=Han}]{1,4}[。，；]$/u.test(first) ? first : '';
}

/** For each line, the kinds of number that open paragraphs in its section: there a short line that ends with 。 is a paragraph too. */
function proseKinds(texts: readonly string[]): readonly ReadonlySet<string>[] {
  const whole = new Set<string>();
  let section = new Set<string>();
  return texts.map((text) => {
    const kind = parseMark(text)?.kind;
    if (kind === 'han') section = new Set();
    if (kind !== undefined && text.length > 30 && /[。；]$/.test(text)) (kind === 'han' ? whole : section).add(kind);
    return kind === 'han' ? whole : section;
  });
}

/** A numbered line is a heading when it is short and ends without a mark, or with 。 above a line without number: there the 。 is one too many. */
function kindOf(text: string, below: string): { readonly kind: BlockKind; readonly level: number; readonly runIn: boolean } {
  const mark = parseMark(text.trim());
  const level =
    mark === null
      ? 0
      : ({ han: 1, 'han-paren': 2, digit: 3, 'digit-paren': 4, chapter: 1, section: 2, volume: 1, article: 0 } as const)[mark.kind];
  const isShort = text.trim().length <= 45 && !/[。；！？]./.test(text);
  const ends = /[。；：，]$/.test(text.trim());
  const isAbove =
    /。$/.test(text.trim()) && text.trim().length <= 25 && below !== '' && parseMark(below.trim()) === null && below.length > 30;
  if (level === 0 || !isShort || (ends && !isAbove)) return { kind: 'paragraph', level: 0, runIn: false };
  return { kind: 'heading', level, runIn: false };
}
