import type { NodeId } from '../ids.ts';
import type { Outline } from './outline.ts';

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/**
 * A counting number in Chinese as headings write it: 十 (not 一十), 二十一, 一百零二, 一百一十.
 * @param value 1–999; anything else is given back in Arabic digits.
 */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 999) return String(value);
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor((value % 100) / 10);
  const ones = value % 10;
  if (hundreds === 0) return `${tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`}${ones === 0 ? '' : DIGITS[ones]}`;
  const rest = tens === 0 ? (ones === 0 ? '' : `零${DIGITS[ones]}`) : `${DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`;
  return `${DIGITS[hundreds]}百${rest}`;
}

/**
 * Numbers by place: 一、 for what stands at the top, （一） in a part, beginning anew in each part (GB/T 9704-2012, 7.3.3).
 * A passage has no number and does not count.
 */
export function numbersOf(outline: Pick<Outline, 'nodes'>): ReadonlyMap<NodeId, string> {
  const numbers = new Map<NodeId, string>();
  const counts = new Map<NodeId | null, number>();
  for (const node of outline.nodes) {
    if (node.kind === 'passage') continue;
    const count = (counts.get(node.parent) ?? 0) + 1;
    counts.set(node.parent, count);
    const numeral = chineseNumeral(count);
    numbers.set(node.id, node.parent === null ? `${numeral}、` : `（${numeral}）`);
  }
  return numbers;
}
