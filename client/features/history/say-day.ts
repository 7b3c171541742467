import { useTranslation } from 'react-i18next';
import { dateFormat } from '../../i18n/formats.ts';
import { type Language, languageNow } from '../../i18n/start.ts';

/** A day as a heading: 1月6日 周二; with the year when it is another one. @param start ms since 1970 */
export function sayDay(start: number, now: number = Date.now(), language: Language = languageNow()): string {
  const then = new Date(start);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const locale = language === 'en' ? 'en-GB' : language;
  const date = dateFormat(locale, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(then);
  return `${date} ${dateFormat(locale, { weekday: 'short' }).format(then)}`;
}

/** How many calendar days ago: 0 today, 1 yesterday. */
export function daysAgo(start: number, now: number = Date.now()): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(start)) / 86_400_000);
}

/** Hour and minute. */
export function sayTime(at: number): string {
  return dateFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** From one moment to another: 10:31–11:06; one time when they are one minute; the next day is said (docs/decisions/0120). */
export function useSpan(): (from: number, to: number) => string {
  const { t } = useTranslation();
  return (from, to) => {
    const [start, end] = [sayTime(from), sayTime(to)];
    if (daysAgo(from, to) > 0) return t('timeline.overnight', { start, end });
    return start === end ? start : `${start}–${end}`;
  };
}

/** The viewer's time zone as people say it: UTC+8, UTC−3:30. */
export function sayZone(at: number = Date.now()): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** Midnight at which a calendar day of the viewer begins. @param day `2026-01-06`, as a date field says it @param later so many days on */
export function midnightOf(day: string, later = 0): number | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(date)) return undefined;
  return new Date(year, month - 1, date + later).getTime();
}

/** `2026-01-06` in the viewer's time, as a date field wants it; '' for no time. */
export function dayOf(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
