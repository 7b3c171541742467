const dates = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does, and lists say hundreds of moments: each is made once. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const made = dates.get(name) ?? new Intl.DateTimeFormat(locale, options);
  dates.set(name, made);
  return made;
}
