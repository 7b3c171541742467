import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout's root folder. */
export const repository = join(import.meta.dirname, '../..');

/** Files under folders of the checkout, as paths from its root with forward slashes. */
export function filesOf(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(join(repository, folder))) return [];
    return readdirSync(join(repository, folder), { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? filesOf(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
      .sort();
  });
}

/** What git keeps and what it would add; outside a git checkout, the folders that hold our own files. */
export function trackedFiles(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: repository,
      encoding: 'utf8',
    });
    return listed.split('\0').filter((file) => file !== '' && existsSync(join(repository, file)));
  } catch {
    return [...filesOf('shared', 'server', 'client', 'test', 'bench', 'scripts', 'docs'), 'package.json', 'package-lock.json', 'README.md'];
  }
}

/** A source file with its comments blanked; line numbers stay. Good enough for imports and words, not a parser. */
export function sourceWithoutComments(file: string): string {
  const text = readFileSync(join(repository, file), 'utf8');
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[^:'"`\\])\/\/[^\n]*/g, (comment, before: string) => before + blank(comment.slice(before.length)));
}

/** Rule ids that a test file's names carry: 「[AT3] …」. */
export function ruleIdsOf(file: string): string[] {
  return [...sourceWithoutComments(file).matchAll(/['"`]\[([A-Z]{2}\d+)\]/g)].map((match) => match[1] ?? '');
}
