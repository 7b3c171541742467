import type { Severity } from '../finding.ts';
import type { SourceId } from '../sources.ts';

/** A fixed wording: what is found, what should stand there. Ours and the office's are alike. */
export interface TermEntry {
  readonly wrong: string;
  /** '' = no proposal, a person decides. */
  readonly right: string;
  /** Longer words in which `wrong` is right: 目的地 for 目的. */
  readonly unless: readonly string[];
  readonly severity: Severity;
  readonly reason: string;
  readonly source: SourceId;
  /** For the office's own: the document that it goes by. */
  readonly cites?: string;
}

/**
 * Reads a table: one entry a line, `wrong>right`, then `!` with the longer words in which it is right. A line that begins with `#` names the reason of
 * those below it.
 */
export function readTable(source: SourceId, severity: Severity, table: string): readonly TermEntry[] {
  let reason = '';
  const entries: TermEntry[] = [];
  for (const line of table.split('\n')) {
    const row = line.trim();
    if (row === '') continue;
    if (row.startsWith('#')) {
      reason = row.slice(1).trim();
      continue;
    }
    for (const part of row.split(/\s+/)) {
      const [pair = '', unless = ''] = part.split('!');
      const [wrong = '', right = ''] = pair.split('>');
      entries.push({ wrong, right, unless: unless === '' ? [] : unless.split(','), severity, reason, source });
    }
  }
  return entries;
}
