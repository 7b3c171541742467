import type { Canonical, CanonicalBlock, CanonicalRun } from './canonical.ts';

/**
 * What may change without changing what was agreed to (issue: stages and sign-off, line 4). Everything that no rule here names is a change
 * of substance. Each rule says what it takes out, so that a signatory can read why a change was called editorial.
 */
export type EditorialRule = 'white-space' | 'punctuation-width' | 'list-numbering';
export const EDITORIAL_RULES: readonly EditorialRule[] = ['white-space', 'punctuation-width', 'list-numbering'];

/** White space inside a line. U+2028 is a break that a reader sees, no white space here. */
const WHITE = /[\t\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gu;
const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]/u;
/** Punctuation that exists in a full-width form (U+FF01–U+FF65), which differs from the other by 0xFEE0. */
const FULL_WIDTH = /[！＂＃％＆＇（）＊，－．／：；？＠［＼］＿｛｝]/gu;
/** Half-width forms of ideographic marks. */
const HALF_WIDTH: ReadonlyMap<string, string> = new Map([
  ['｡', '。'],
  ['｢', '「'],
  ['｣', '」'],
  ['､', '、'],
]);

/** The text with white space and the width of punctuation taken out of account: 「AI 应用」 and 「AI应用」 are one, 「1 2」 and 「12」 are not. */
export function substanceOfText(text: string): string {
  return keptCharacters(text).join('');
}

function withOneWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[｡｢｣､]/gu, (mark) => HALF_WIDTH.get(mark) ?? mark);
}

function lastCharacter(text: string): string {
  return [...text.slice(-2)].at(-1) ?? '';
}

function firstCharacter(text: string): string {
  return [...text.slice(0, 2)][0] ?? '';
}

/**
 * A block with everything editorial taken out. The text of neighbouring runs is judged together, so that a mark between two spaces changes
 * nothing: white space lies in one run or the other by chance.
 */
export function substanceOfBlock(block: CanonicalBlock): CanonicalBlock {
  return { kind: block.kind, attrs: substanceOfAttrs(block), runs: substanceOfRuns(block.runs) };
}

/** Whether a list line has a number or a dot before it is its numbering. */
function substanceOfAttrs({ kind, attrs }: CanonicalBlock): { readonly [key: string]: Canonical } {
  if (kind !== 'listLine') return attrs;
  return Object.fromEntries(Object.entries(attrs).filter(([key]) => key !== 'list'));
}

function substanceOfRuns(runs: readonly CanonicalRun[]): CanonicalRun[] {
  const out: CanonicalRun[] = [];
  for (const stretch of stretchesOf(runs)) {
    if ('embed' in stretch) {
      out.push(stretch.embed);
      continue;
    }
    const text = stretch.runs.map((run) => run.text).join('');
    const kept = keptCharacters(text);
    let from = 0;
    for (const run of stretch.runs) {
      const part = kept.slice(from, from + run.text.length).join('');
      from += run.text.length;
      const last = out.at(-1);
      if (part === '') continue;
      if (last !== undefined && 'text' in last && last.marks.join('\n') === run.marks.join('\n'))
        out[out.length - 1] = { text: last.text + part, marks: run.marks };
      else out.push({ text: part, marks: run.marks });
    }
  }
  return out;
}

type Stretch =
  | { readonly runs: readonly { readonly text: string; readonly marks: readonly string[] }[] }
  | { readonly embed: CanonicalRun };

function stretchesOf(runs: readonly CanonicalRun[]): Stretch[] {
  const out: Stretch[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if ('embed' in run) out.push({ embed: run });
    else if (last !== undefined && 'runs' in last) out[out.length - 1] = { runs: [...last.runs, run] };
    else out.push({ runs: [run] });
  }
  return out;
}

/** For each UTF-16 unit what is left of it: itself, another width, one space for a stretch of white space that parts something, or ''. */
function keptCharacters(text: string): string[] {
  const one = withOneWidth(text);
  const kept = Array.from({ length: one.length }, (_, at) => one.charAt(at));
  for (const found of one.matchAll(WHITE)) {
    const { index } = found;
    const end = index + found[0].length;
    const parts = LATIN_OR_DIGIT.test(lastCharacter(one.slice(0, index))) && LATIN_OR_DIGIT.test(firstCharacter(one.slice(end)));
    for (let at = index; at < end; at += 1) kept[at] = '';
    if (parts) kept[index] = ' ';
  }
  return kept;
}
