const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day that is in the calendar, as YYYY-MM-DD. */
export function isDay(value: string): boolean {
  const [, year, month, day] = DAY.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Both as YYYY-MM-DD: the last day has passed. */
export function isOverdue(due: string | null, today: string): boolean {
  return due !== null && due < today;
}
