import type { ProofBlock, Remark } from '../finding.ts';
import type { MessageKey } from '../messages.ts';
import { matches } from '../text.ts';

const DATE = /(?:(\d{4})年)?(?<![\d.])(\d{1,2})月(\d{1,2})日(?:（?(?:星期|周)([一二三四五六日天])）?)?/g;
const MONTH = /(?<![\d.])(?:1[3-9]|[2-9]\d|0{1,2})月份?(?![\d\p{Script=Han}]?个)/gu;
const QUARTER = /第[五六七八九十]季度|[5-9]季度/g;
const TIME = /(?<![\d.])(\d{1,2})(?:时|点|:|：)(\d{1,2})(?:分|(?![\d\p{Script=Han}]))/gu;
const YEARS = /(?<!\d)((?:19|20)\d{2})年?(?:至|—|-|－|～|到)((?:19|20)\d{2})年/g;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEEK = '日一二三四五六';

/** Dates that no calendar has, and days of the week that do not fit them. */
export function dates({ text }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const add = (message: MessageKey, match: RegExpExecArray, params: Remark['params'] = {}, severity: Remark['severity'] = 'error') =>
    found.push({ message, severity, from: match.index, to: match.index + match[0].length, params, source: 'calendar' });
  for (const match of matches(text, DATE)) {
    const [year, month, day] = [match[1] === undefined ? null : Number(match[1]), Number(match[2]), Number(match[3])];
    if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      add('no-such-date', match, { date: match[0] });
      continue;
    }
    if (match[4] === undefined || year === null) continue;
    const right = WEEK[weekday(year, month, day)]!;
    if (right !== match[4].replace('天', '日')) add('weekday', match, { right });
  }
  for (const match of matches(text, MONTH)) add('no-such-date', match, { date: match[0] });
  for (const match of matches(text, QUARTER)) add('no-such-date', match, { date: match[0] });
  for (const match of matches(text, TIME)) {
    if (Number(match[1]) > 24 || Number(match[2]) > 59) add('no-such-date', match, { date: match[0] }, 'warning');
  }
  for (const match of matches(text, YEARS)) if (Number(match[1]) > Number(match[2])) add('years-backwards', match);
  return found;
}

function daysOf(year: number | null, month: number): number {
  if (month !== 2 || year === null) return DAYS[month - 1]!;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Sakamoto's rule; 0 = Sunday. No clock is asked. */
function weekday(year: number, month: number, day: number): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift[month - 1]! + day) % 7;
}
