import type { Fragment } from '@tiptap/pm/model';

/**
 * What stands before each line: for a list line two spaces for each level and then `1. ` or `• `, for any other line nothing. Numbers run
 * on as long as nothing but deeper lines stands between; the stylesheet counts by the same rule.
 */
export function listSigns(lines: Fragment): string[] {
  const counts: number[] = [];
  const signs: string[] = [];
  lines.forEach((line) => {
    if (line.type.name !== 'listLine') {
      counts.length = 0;
      signs.push('');
      return;
    }
    const indent = Number(line.attrs['indent']);
    const ordered = line.attrs['list'] === 'ordered';
    counts.length = indent + 1;
    counts[indent] = ordered ? (counts[indent] ?? 0) + 1 : 0;
    signs.push(`${'  '.repeat(indent)}${ordered ? `${counts[indent]}.` : '•'} `);
  });
  return signs;
}
