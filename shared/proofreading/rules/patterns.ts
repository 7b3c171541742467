import type { ProofBlock, Remark } from '../finding.ts';
import { COLLOCATIONS } from '../tables/collocations.ts';
import { FORMULAS } from '../tables/formulas.ts';
import { GRAMMAR } from '../tables/grammar.ts';
import { NAMES } from '../tables/names.ts';
import type { PatternRule } from '../tables/patterns.ts';
import { REDUNDANCY } from '../tables/redundancy.ts';
import { matches } from '../text.ts';

export const PATTERNS: readonly PatternRule[] = [...FORMULAS, ...NAMES, ...REDUNDANCY, ...GRAMMAR, ...COLLOCATIONS];

/** Second halves that a first half waits for, anywhere in the rest of the sentence. */
const ANSWERS: readonly (readonly [string, RegExp])[] = [
  ['虽然', /但|却|仍|可是|不过|然而|只是|依然/],
  ['不但', /而且|还|也|更|又|并|甚至|反而|同时/],
  ['不仅', /而且|还|也|更|又|并|甚至|同时|是/],
  ['不管', /都|也|均|总|始终|还是|皆|一律/],
  ['不论', /都|也|均|总|始终|还是|皆|一律/],
  ['无论', /都|也|均|总|始终|还是|皆|一律/],
];

/** The tables of patterns: formulas, names, redundancy, grammar, collocations. */
export function patterns({ text }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  for (const rule of PATTERNS) {
    for (const match of matches(text, rule.pattern)) {
      const remark = remarkOf(rule, match);
      if (remark !== null) found.push(remark);
    }
  }
  return found;
}

function remarkOf(rule: PatternRule, match: RegExpExecArray): Remark | null {
  const told = match.slice(1).find((group) => group !== undefined);
  const from = told === undefined || told === '' ? match.index : match.index + match[0].lastIndexOf(told);
  const whole = typeof rule.right === 'function' || told === undefined || told === '';
  const [start, end] = whole ? [match.index, match.index + match[0].length] : [from, from + told.length];
  const answer = ANSWERS.find(([first]) => match[0].includes(first));
  if (rule.message === 'mixed-sentence' && answer !== undefined && answer[1].test(match[0].slice(match[0].indexOf(answer[0]) + 2)))
    return null;
  const right = rule.right === undefined ? undefined : typeof rule.right === 'string' ? rule.right : rule.right(match);
  const wrong = match.input.slice(start, end);
  if (right === wrong && right !== '') return null;
  return {
    message: rule.message,
    severity: rule.severity,
    from: start,
    // A place of no length (something lacks here) is shown at the character before or behind it.
    to: end === start ? Math.min(match.input.length, start + 1) : end,
    params: { wrong, ...(right === undefined ? {} : { right }) },
    source: rule.source,
    reason: rule.reason,
    ...(right === undefined || rule.safe === false ? {} : { fix: { from: start, to: end, text: right } }),
  };
}
