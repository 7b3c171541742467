import type { Revision } from './revision.ts';

/** Names that a report's revisions usually have, in the order in which they usually come. */
const USUAL = ['初稿', '征求意见稿', '送审稿', '会签稿', '签发稿'] as const;
/** 修改稿一, 修改稿二 …: as often as it takes. */
const AMENDED = '修改稿';
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** Names to offer for the next revision: the usual ones that this report has not given yet, and the next 修改稿 behind 征求意见稿. */
export function usualNames(revisions: readonly Pick<Revision, 'name'>[]): readonly string[] {
  const taken = new Set(revisions.map(({ name }) => name));
  let number = 1;
  while (taken.has(`${AMENDED}${chineseNumber(number)}`)) number += 1;
  const names: string[] = USUAL.filter((name) => !taken.has(name));
  const after = names.indexOf('征求意见稿') + 1;
  const place = after > 0 ? after : names.indexOf('初稿') + 1;
  return [...names.slice(0, place), `${AMENDED}${chineseNumber(number)}`, ...names.slice(place)];
}

/** 1 to 99 as Chinese writes it: 一, 十, 十二, 二十一; digits beyond. */
function chineseNumber(value: number): string {
  if (value > 99) return String(value);
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[ones]}`;
}
