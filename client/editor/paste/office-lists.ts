/**
 * Word and WPS copy a list as paragraphs: the style says `mso-list:l0 level2 lfo1`, and the number itself stands in a span of its own
 * that is to be ignored. WPS often leaves the style out and writes the span alone, between `[if !supportLists]` and `[endif]`.
 */
export type OfficeLine =
  | { readonly list: 'bullet' | 'ordered'; readonly indent: number }
  /** A number such as （一）, 第三条 or 1.1, which our lists do not count in: it is kept as words. */
  | { readonly number: string };

/** What an office program's own numbering makes of a paragraph; null where it has none. */
export function officeLineOf(element: Element): OfficeLine | null {
  const level = /mso-list\s*:\s*[^;]*?\blevel(\d+)/i.exec(element.getAttribute('style') ?? '');
  const sign = numberOf(element);
  if (level === null && sign === null) return null;
  // An item of a real list has its kind from there.
  if (sign === null && element.tagName === 'LI') return null;
  const indent = level === null ? 0 : Math.max(0, Number(level[1]) - 1);
  const number = sign ?? '';
  if (COUNTED.test(number)) return { list: 'ordered', indent };
  // Bullets are signs of symbol fonts (·, o, §, Ø, n): no figure in them, and a letter only without a stop.
  return WRITTEN.test(number) ? { number: officeNumberOf(element) } : { list: 'bullet', indent };
}

/** The number as words before the text; '' where there is none. 1.1 and 第3条 are parted from what follows, 1. and （一） are not. */
export function officeNumberOf(element: Element): string {
  const number = numberOf(element) ?? '';
  return /[a-zA-Z\d章节条款项]$/.test(number) ? `${number} ` : number;
}

/** 1. 1) 1、 and a. a) : what an ordered list of ours shows too, as 1. */
const COUNTED = /^(?:\d{1,4}[.．)）、]?|[a-zA-Z]{1,5}[.．)）、])$/;
const WRITTEN = /[\d０-９一二三四五六七八九十百千〇零甲乙丙丁①-⒛㈠-㈩]/;
/** Whose number a span is: that of the nearest of these. */
const PARAGRAPHS = 'p, div, li, h1, h2, h3, h4, h5, h6';

/** True for what holds the list number as text. */
export function isOfficeNumber(element: Element): boolean {
  return /mso-list\s*:\s*ignore/i.test(element.getAttribute('style') ?? '') || isBetweenListMarks(element);
}

function numberOf(block: Element): string | null {
  const found = [...block.querySelectorAll('span')].find((span) => isOfficeNumber(span) && span.closest(PARAGRAPHS) === block);
  return found === undefined ? null : (found.textContent ?? '').replace(/[\s\u00a0\u3000]+/g, '');
}

/** `<![if !supportLists]>` is read by browsers as a comment; what stands right behind it is the number. */
function isBetweenListMarks(element: Element): boolean {
  const before = element.previousSibling;
  return before?.nodeType === 8 && /^\[if\s+!supportLists\]/i.test((before.nodeValue ?? '').trim());
}
