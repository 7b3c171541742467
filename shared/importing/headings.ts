import type { HeadingForm } from '../outline/outline.ts';
import type { Mark } from './marks.ts';
import { parseMark } from './marks.ts';
import { withoutSpacing } from './plain.ts';

/** What a numbered paragraph says it is. */
export interface HeadingFound {
  readonly mark: Mark;
  readonly heading: string;
  readonly form: HeadingForm;
  /** Text after a run-in heading, or after white space on the heading's own line; '' = none. */
  readonly rest: string;
}

/** Longest heading on a line of its own, and longest first sentence that is a run-in heading; longer ones are numbered paragraphs. Characters. */
const MAX_OWN_LINE = 60;
const MAX_RUN_IN = 40;
/** A single numbered sentence is a heading only when it is as short as this. */
const MAX_SENTENCE = 24;

const STOP = /[。！？!?]|(?<=[\p{Script=Han}”）》])\.(?!\d)/u;
const LIST_ITEM_END = /[；;，,、]$/;

/** What stands around a numbered paragraph. */
export interface Surroundings {
  /** A paragraph without number follows, so that a single sentence can be a heading to it. */
  readonly hasBody: boolean;
  /** The number before this one, at the same level: was it a heading? null = this one begins to count. */
  readonly siblingIsHeading: boolean | null;
}

/**
 * Reads one paragraph as a heading.
 * @returns null for a paragraph without number, a list item, or a numbered paragraph whose first sentence is too long to be a heading.
 */
export function findHeading(text: string, around: Surroundings): HeadingFound | null {
  const mark = parseMark(text);
  if (mark === null || mark.kind === 'article') return null;
  const words = text.slice(mark.length).trim();
  if (words === '' || LIST_ITEM_END.test(words)) return null;
  return byWideSpace(mark, words) ?? byEnumeration(mark, words) ?? byStop(mark, words, around) ?? byColon(mark, words);
}

/** 「（一）强化思想教育　　一是…」: white space instead of a line end. */
function byWideSpace(mark: Mark, words: string): HeadingFound | null {
  const match = /^([^。！？；]{2,40}?)(?:\u3000+|\s{2,})(.{15,})$/u.exec(words);
  if (match === null || /(?:^|\s)\S(?:\s|$)/.test(match[1] ?? '')) return null;
  return { mark, heading: withoutSpacing(match[1] ?? ''), form: 'own-line', rest: (match[2] ?? '').trim() };
}

/** 「二、存在问题一是…；二是…」: the line end after the heading was lost. */
function byEnumeration(mark: Mark, words: string): HeadingFound | null {
  const match = /^([^。；！？：]{2,40}?[^，、：])(一是.*二是.*)$/u.exec(words);
  return match === null ? null : { mark, heading: match[1] ?? '', form: 'own-line', rest: match[2] ?? '' };
}

function byStop(mark: Mark, words: string, { hasBody, siblingIsHeading }: Surroundings): HeadingFound | null {
  // Where its sibling is a heading, a longer one is likelier to be one too.
  const stretch = siblingIsHeading === true ? 1.5 : 1;
  const stop = STOP.exec(words)?.index ?? -1;
  if (stop === -1) {
    // A long line with a colon is looked at by the next reader; a semicolon inside makes a list, not a heading.
    const longest = byColon(mark, words) === null ? MAX_OWN_LINE : MAX_RUN_IN;
    const fits = words.length <= longest * stretch && !/[；;]/.test(words);
    return fits ? { mark, heading: withoutSpacing(words), form: 'own-line', rest: '' } : null;
  }
  const heading = words.slice(0, stop + 1);
  if (stop > MAX_RUN_IN * stretch || /[；;]/.test(heading)) return null;
  const rest = words.slice(stop + 1).trim();
  if (rest !== '') return { mark, heading, form: 'run-in', rest };
  // One sentence alone: a heading over the text that follows, unless its siblings are paragraphs.
  const alone = siblingIsHeading !== false && (hasBody || stop <= MAX_SENTENCE);
  return alone ? { mark, heading, form: 'own-line', rest: '' } : null;
}

/** 「（一）工作目标：到年底…」 */
function byColon(mark: Mark, words: string): HeadingFound | null {
  const match = /^([^，。；！？：,;:]{2,20}[：:])(.{10,})$/u.exec(words);
  return match === null ? null : { mark, heading: match[1] ?? '', form: 'run-in', rest: (match[2] ?? '').trim() };
}
