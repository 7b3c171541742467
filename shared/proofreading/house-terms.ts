import type { MemberId } from '../ids.ts';
import { parseSingleLine } from '../outline/single-line.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { Severity } from './finding.ts';
import { BUILT_IN_TERMS, indexTerms, type TermIndex } from './rules/terms.ts';

/** What somebody writes into the office's table: a wording that is not to stand, what should, why and by which document. */
export interface TermFields {
  readonly wrong: string;
  /** '' = no proposal, a person decides. */
  readonly right: string;
  /** Longer words in which `wrong` is right. */
  readonly unless: readonly string[];
  readonly severity: Severity;
  readonly reason: string;
  /** The document, standard or dictionary that it goes by. */
  readonly cites: string;
}

export interface HouseTerm extends TermFields {
  readonly by: MemberId;
  readonly at: number;
}

/** The office's table: its own entries, and which of ours it has switched off. */
export interface HouseTerms {
  readonly entries: readonly HouseTerm[];
  /** `wrong` of built-in entries. */
  readonly off: readonly string[];
}

export const NO_HOUSE_TERMS: HouseTerms = { entries: [], off: [] };

/** What an administrator asks for. `seen` is the `at` of the entry that was looked at; null = there was none. */
export type TermCommand =
  | { readonly op: 'put'; readonly seen: number | null; readonly term: TermFields }
  | { readonly op: 'remove'; readonly wrong: string; readonly seen: number }
  | { readonly op: 'switch'; readonly wrong: string; readonly on: boolean };

export type TermField = keyof TermFields;

export type TermRefusal =
  | { readonly code: 'term-bad'; readonly fields: readonly TermField[] }
  | { readonly code: 'term-clash'; readonly is: HouseTerm | null }
  | { readonly code: 'terms-full' }
  | { readonly code: 'no-such-term' };

export const MOST_TERMS = 2_000;
/** Longest values, in characters. */
export const LONGEST_TERM = { wrong: 40, right: 60, unless: 40, reason: 200, cites: 200 } as const;
export const MOST_EXCEPTIONS = 20;
const SHORTEST_WRONG = 2;

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TERMS.map(({ wrong }) => wrong));

/** May this become the table? */
export function decideTerms(terms: HouseTerms, command: TermCommand, by: MemberId, at: number): Result<HouseTerms, TermRefusal> {
  switch (command.op) {
    case 'put':
      return put(terms, command.term, command.seen, by, at);
    case 'remove': {
      const known = terms.entries.find(({ wrong }) => wrong === command.wrong);
      if (known === undefined) return err({ code: 'no-such-term' });
      if (known.at !== command.seen) return err({ code: 'term-clash', is: known });
      return ok({ ...terms, entries: terms.entries.filter((entry) => entry !== known) });
    }
    case 'switch': {
      if (!BUILT_IN.has(command.wrong)) return err({ code: 'no-such-term' });
      const off = terms.off.filter((wrong) => wrong !== command.wrong);
      return ok({ ...terms, off: command.on ? off : [...off, command.wrong] });
    }
  }
}

function put(terms: HouseTerms, asked: TermFields, seen: number | null, by: MemberId, at: number): Result<HouseTerms, TermRefusal> {
  const judged = judge(asked);
  if (!judged.ok) return judged;
  const term = judged.value;
  const known = terms.entries.find(({ wrong }) => wrong === term.wrong) ?? null;
  if ((known?.at ?? null) !== seen) return err({ code: 'term-clash', is: known });
  if (known === null && terms.entries.length >= MOST_TERMS) return err({ code: 'terms-full' });
  // Two changes in one millisecond are still two: `at` is what a clash is noticed by.
  const entry: HouseTerm = { ...term, by, at: known === null ? at : Math.max(at, known.at + 1) };
  return ok({ ...terms, entries: [...terms.entries.filter((other) => other !== known), entry] });
}

function judge(asked: TermFields): Result<TermFields, TermRefusal> {
  const bad: TermField[] = [];
  const line = (field: Exclude<TermField, 'unless' | 'severity'>, least: number): string => {
    const value = parseSingleLine(asked[field]);
    if (value === null || value.length < least || [...value].length > LONGEST_TERM[field]) bad.push(field);
    return value ?? '';
  };
  const wrong = line('wrong', SHORTEST_WRONG);
  const right = line('right', 0);
  const reason = line('reason', 1);
  const cites = line('cites', 0);
  if (right === wrong && wrong !== '') bad.push('right');
  const unless = asked.unless.map((longer) => parseSingleLine(longer) ?? '');
  const isException = (longer: string) => longer !== wrong && longer.includes(wrong) && longer.length <= LONGEST_TERM.unless;
  if (unless.length > MOST_EXCEPTIONS || !unless.every(isException)) bad.push('unless');
  return bad.length > 0 ? err({ code: 'term-bad', fields: bad }) : ok({ wrong, right, unless, severity: asked.severity, reason, cites });
}

/** The table as the rules ask it: the office's entries before ours, without those of ours that are switched off. */
export function indexHouseTerms({ entries, off }: HouseTerms): TermIndex {
  return indexTerms(
    entries.map(({ wrong, right, unless, severity, reason, cites }) => ({
      wrong,
      right,
      unless,
      severity,
      reason,
      cites,
      source: 'house',
    })),
    new Set(off),
  );
}
