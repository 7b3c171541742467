import { dateFormat } from './formats.ts';
import { type Language, languageNow } from './start.ts';

/**
 * A moment as people say it: 今天 10:42, 昨天 17:20, 1月4日 09:15, and with the year when it is another one.
 * @param at milliseconds since 1970
 * @param now milliseconds since 1970
 */
export function sayMoment(at: number, now: number = Date.now(), language: Language = languageNow()): string {
  const then = new Date(at);
  const time = dateFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(then);
  const days = daysBetween(then, new Date(now));
  if (days === 0 || days === -1) {
    const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
    return `${language === 'en' ? day[0]?.toUpperCase() + day.slice(1) : day} ${time}`;
  }
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const date = dateFormat(language === 'en' ? 'en-GB' : language, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(then);
  return `${date} ${time}`;
}

/** A day as people say it: 1月13日 周二, Tue 13 Jan. @param at milliseconds since 1970 */
export function sayDay(at: number, language: Language = languageNow()): string {
  const english = language === 'en';
  const parts = { month: english ? 'short' : 'long', day: 'numeric' } as const;
  const date = dateFormat(english ? 'en-GB' : language, parts).format(at);
  const weekday = dateFormat(language, { weekday: 'short' }).format(at);
  return english ? `${weekday} ${date}` : `${date} ${weekday}`;
}

/** Calendar days from `today` to `then`, in local time: −1 is yesterday. */
function daysBetween(then: Date, today: Date): number {
  const start = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (start(then) - start(today)) / 86_400_000;
}

/** A file's size as people say it: 11.9 KB. */
export function saySize(bytes: number, language: Language = languageNow()): string {
  const [value, unit] = bytes < 1024 ? [bytes, 'B'] : bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: unit === 'B' ? 0 : 1 }).format(value)} ${unit}`;
}
