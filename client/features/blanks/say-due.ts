import { type Language, languageNow } from '../../i18n/start.ts';

/** A day as people say it in a list: 1月13日, 13 Jan. @param due YYYY-MM-DD */
export function sayDue(due: string, language: Language = languageNow()): string {
  const english = language === 'en';
  // At noon, so that no time zone makes it another day.
  const day = new Date(`${due}T12:00:00`);
  const sameYear = day.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(english ? 'en-GB' : language, {
    month: english ? 'short' : 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }).format(day);
}
