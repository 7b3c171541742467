/** Characters that some file system forbids in a name, and those that no name should hold. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;
/** Names that Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** File systems count bytes; a Chinese character has three. */
const LONGEST = 70;

/** A name for a file of this report that every file system takes: 「关于…的报告（第412笔）清稿.docx」. */
export function exportFileName(title: string, suffix: string, extension: string): string {
  const bare = [
    ...title
      .replace(FORBIDDEN, '')
      .trim()
      .replace(/^\.+|\.+$/g, ''),
  ]
    .slice(0, LONGEST)
    .join('')
    .trim();
  const name = bare === '' || RESERVED.test(bare) ? '报告' : bare;
  return `${name}${suffix}.${extension}`;
}
