import type { Particulars } from '../particulars/particulars.ts';
import type { Finding, ProofBlock, Remark, Severity } from './finding.ts';
import type { MessageKey } from './messages.ts';
import { quantities, sentenceTwice, variants } from './rules/consistency.ts';
import { dates } from './rules/dates.ts';
import { enumeration, lineNumbers } from './rules/enumeration.ts';
import { genre } from './rules/genre.ts';
import { emptyHeadings, headings } from './rules/headings.ts';
import { lists } from './rules/lists.ts';
import { nearMiss } from './rules/near-miss.ts';
import { numerals } from './rules/numerals.ts';
import { pairs } from './rules/pairs.ts';
import { missingParticulars } from './rules/particulars.ts';
import { patterns } from './rules/patterns.ts';
import { punctuation } from './rules/punctuation.ts';
import { repeats } from './rules/repeats.ts';
import { indexTerms, type TermIndex, terms } from './rules/terms.ts';
import { titles } from './rules/titles.ts';
import { width } from './rules/width.ts';

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/**
 * Everything the rules say about one line by itself. What the editor marks while somebody writes; cheap enough for one paragraph at a time.
 * @param nextText the line that follows: quotes may run over lines
 */
export function proofreadLine(block: ProofBlock, index: TermIndex, nextText?: string): readonly Finding[] {
  return asFindings(lineRemarks(block, index, nextText), block);
}

/** What was said of lines before, kept by whoever asks again and again: after an edit only the changed lines are looked at anew. */
export type LineMemo = Map<string, readonly Remark[]>;

export interface ProofContext {
  readonly terms?: TermIndex;
  /** Left out: what a document must carry is not asked for (a text that is not a report yet). */
  readonly particulars?: Particulars;
  /** Goes with one `terms`. Lines that no longer stand in the report are dropped from it. */
  readonly memo?: LineMemo;
}

/** All findings of a report in order of place. Deterministic, and linear in the length of the text. */
export function proofread(blocks: readonly ProofBlock[], context: ProofContext = {}): readonly Finding[] {
  const steps = proofreadSteps(blocks, context);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Lines looked at between two breaths of {@link proofreadSteps}, in UTF-16 units of text. */
const BREATH = 4_000;

/** The same, with a breath now and then, so that a server does something else meanwhile. */
export function* proofreadSteps(blocks: readonly ProofBlock[], context: ProofContext = {}): Generator<void, readonly Finding[]> {
  const { terms: index = indexTerms(), particulars, memo } = context;
  const byBlock = yield* readLines(blocks, index, memo);
  for (const rule of [enumeration, lineNumbers, headings, emptyHeadings, variants, sentenceTwice, quantities, genre]) {
    for (const { block, ...remark } of rule(blocks)) byBlock[block]?.push(remark);
    yield;
  }
  const lacking = particulars === undefined ? [] : missingParticulars(blocks, particulars);
  for (const { block, ...remark } of lacking) byBlock[block]?.push(remark);
  return blocks.flatMap((block, at) => asFindings(byBlock[at] ?? [], block));
}

/**
 * What can be told of one chapter while it is written: each line by itself, and gaps in 一是、二是. What needs the whole report is left
 * to {@link proofreadSteps}; {@link isOfChapter} tells the two apart.
 * @param blocks the chapter's heading and its lines
 * @returns findings of the lines
 */
export function* proofreadChapterSteps(
  blocks: readonly ProofBlock[],
  index: TermIndex,
  memo: LineMemo,
): Generator<void, readonly Finding[]> {
  const byBlock = yield* readLines(blocks, index, memo);
  for (const { block, ...remark } of enumeration(blocks)) byBlock[block]?.push(remark);
  return blocks.flatMap((block, at) => (block.place.part === 'text' ? asFindings(byBlock[at] ?? [], block) : []));
}

/** Messages of rules that look at more than the lines below one heading. */
const OF_REPORT: ReadonlySet<MessageKey> = new Set<MessageKey>([
  'number-alone',
  'number-without-first',
  'number-twice',
  'number-gap',
  'number-form',
  'title-end',
  'heading-end',
  'heading-run-in-end',
  'heading-empty',
  'heading-twice',
  'heading-skips',
  'heading-two-forms',
  'heading-without-text',
  'variant',
  'sentence-twice',
  'quantity',
  'title-type',
  'title-two-types',
  'title-about',
  'title-about-twice',
  'title-mark',
  'genre-lead',
  'report-asks',
  'letter-asks',
  'genre-close',
  'request-without-asking',
  'request-two-recipients',
  'letter-without-close',
  'lacks-title',
  'lacks-addressees',
  'lacks-issuer',
  'lacks-date',
  'lacks-signer',
  'date-form',
  'date-differs',
  'type-differs',
]);

/** Would {@link proofreadChapterSteps} tell this finding too? */
export function isOfChapter({ place, message }: Pick<Finding, 'place' | 'message'>): boolean {
  return place.part === 'text' && !OF_REPORT.has(message);
}

function* readLines(blocks: readonly ProofBlock[], index: TermIndex, memo: LineMemo | undefined): Generator<void, Remark[][]> {
  const seen: LineMemo = new Map();
  const byBlock: Remark[][] = [];
  let read = 0;
  for (const [at, block] of blocks.entries()) {
    const nextText = blocks[at + 1]?.text;
    const line = `${block.kind}\n${nextText?.startsWith('“') === true ? '“' : ''}\n${block.text}`;
    let remarks = memo?.get(line);
    if (remarks === undefined) {
      remarks = lineRemarks(block, index, nextText);
      read += block.text.length;
    }
    if (memo !== undefined) seen.set(line, remarks);
    byBlock.push([...remarks]);
    if (read >= BREATH) {
      read = 0;
      yield;
    }
  }
  if (memo !== undefined) {
    memo.clear();
    for (const [line, remarks] of seen) memo.set(line, remarks);
  }
  return byBlock;
}

function lineRemarks(block: ProofBlock, index: TermIndex, nextText: string | undefined): readonly Remark[] {
  if (block.text.trim() === '') return [];
  return [
    ...punctuation(block),
    ...pairs(block, nextText),
    ...width(block),
    ...numerals(block),
    ...dates(block),
    ...repeats(block),
    ...titles(block),
    ...lists(block),
    ...terms(block, index),
    ...patterns(block),
    ...nearMiss(block),
  ];
}

/** In order of place; of two that say much the same of one place only the weightier stays. */
function asFindings(remarks: readonly Remark[], block: ProofBlock): readonly Finding[] {
  const sorted = [...remarks].sort(
    (one, other) =>
      one.from - other.from || WEIGHT[one.severity] - WEIGHT[other.severity] || other.to - one.to || (one.message < other.message ? -1 : 1),
  );
  const kept: Remark[] = [];
  for (const remark of sorted) {
    // Only the nearest: what begins much earlier and still covers this place is rare, and the look stays linear.
    const isSaid = kept.slice(-12).some((other) => covers(other, remark) && other.severity !== 'hint');
    if (!isSaid) kept.push(remark);
  }
  return kept.map((remark): Finding => {
    const quote = block.text.slice(remark.from, remark.to);
    const { node, part } = block.place;
    const { other = '', particulars = '' } = remark.params ?? {};
    return {
      ...remark,
      place: block.place,
      quote,
      key: `${node ?? ''}/${part === 'text' ? '' : part}/${remark.message}/${other}${particulars}/${keyText(block.text, remark)}`,
    };
  });
}

/** Words for words the same place: the second finding would ask for the same look. */
function covers(one: Remark, other: Remark): boolean {
  const isWording = (remark: Remark) => WORDING.has(remark.message);
  return isWording(one) && isWording(other) && one.from <= other.from && other.to <= one.to;
}

const WORDING: ReadonlySet<string> = new Set([
  'term',
  'term-avoid',
  'formula',
  'near-miss',
  'official-name',
  'redundant',
  'particle',
  'mixed-sentence',
  'collocation',
  'word-twice',
  'variant',
  'clause-twice',
]);

/** The finding's own words with a little around them, so that the same slip elsewhere in the chapter is another finding. */
function keyText(text: string, { from, to }: Remark): string {
  const whole = text.slice(Math.max(0, from - 6), Math.min(text.length, to + 6));
  return whole.length <= 80 ? whole : `${whole.slice(0, 40)}…${whole.slice(-39)}`;
}

/** How many of each weight. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
