import { type Language, languageNow } from '../../i18n/start.ts';

/** A day as a heading: 1月6日 周二; with the year when it is another one. @param start ms since 1970 */
export function sayDay(start: number, now: number = Date.now(), language: Language = languageNow()): string {
  const then = new Date(start);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const locale = language === 'en' ? 'en-GB' : language;
  const date = new Intl.DateTimeFormat(locale, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(then);
  return `${date} ${new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(then)}`;
}

/** How many calendar days ago: 0 today, 1 yesterday. */
export function daysAgo(start: number, now: number = Date.now()): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(start)) / 86_400_000);
}

/** Hour and minute. */
export function sayTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** From one moment to another of the same day: 10:31–11:06; one time when they are one minute. */
export function saySpan(from: number, to: number): string {
  const [start, end] = [sayTime(from), sayTime(to)];
  return start === end ? start : `${start}–${end}`;
}
