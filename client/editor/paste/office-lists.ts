/**
 * Word and WPS copy a list as paragraphs: the style says `mso-list:l0 level2 lfo1`, and the number itself stands in a span of its own
 * that is to be ignored.
 */
export function officeListOf(element: Element): { readonly list: 'bullet' | 'ordered'; readonly indent: number } | null {
  const style = element.getAttribute('style') ?? '';
  const level = /mso-list\s*:\s*[^;]*?\blevel(\d+)/i.exec(style);
  if (level === null) return null;
  const number = [...element.querySelectorAll('span')].find(isOfficeNumber)?.textContent?.trim() ?? '';
  // Bullets are signs of symbol fonts (·, o, §, Ø); anything with a digit, a Chinese numeral or a letter before a stop counts.
  const ordered = /[\d一二三四五六七八九十]|[a-z]+\s*[.)、）]/i.test(number);
  return { list: ordered ? 'ordered' : 'bullet', indent: Math.max(0, Number(level[1]) - 1) };
}

/** True for the span that holds the list number as text. */
export function isOfficeNumber(element: Element): boolean {
  return /mso-list\s*:\s*ignore/i.test(element.getAttribute('style') ?? '');
}
