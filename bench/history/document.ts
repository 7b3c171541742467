import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Figures, OwnFigures, PageFigures } from './measure.ts';

export interface Result {
  readonly edits: number;
  readonly rounds: number;
  readonly turns: number;
  readonly own: OwnFigures;
  readonly peers: readonly Figures[];
  readonly page: PageFigures;
  readonly aims: readonly { readonly aim: string; readonly seen: number; readonly most: number }[];
}

const FILE = 'docs/performance.md';
const BEGIN = '<!-- begin history: written by `npm run bench -- history` -->';
const END = '<!-- end history -->';
const HEAD =
  '# Performance\n\nMeasured, never asserted; each section is written by the bench that its first line names. Read ratios: machines differ.\n';

/** Puts the figures into docs/performance.md, in place of those of the last run. */
export function writeSection(result: Result): void {
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
  const from = old.indexOf(BEGIN);
  const to = old.indexOf(END);
  const section = `${BEGIN}\n\n${sectionOf(result)}\n${END}\n`;
  const whole = from < 0 ? `${old.trimEnd()}\n\n${section}` : old.slice(0, from) + section + old.slice(to + END.length).replace(/^\n/, '');
  writeFileSync(FILE, whole);
}

function sectionOf({ edits, rounds, turns, own, peers, page, aims }: Result): string {
  const subjects = [own, ...peers];
  const row = (title: string, of: (figures: Figures) => number) => [title, ...subjects.map((figures) => ms(of(figures)))];
  const figures = table(
    ['ms', ...subjects.map(({ name }) => name)],
    [
      row('taking in all edits', ({ build }) => build),
      row('opening from bytes, with the text', ({ load }) => load),
      ['those bytes', ...subjects.map(({ bytes }) => bytes.toLocaleString('en'))],
      row('difference 40 % → 60 %, changes only', ({ diffFifth }) => diffFifth),
      row('… with the writer of everything', ({ diffFifthAuthors }) => diffFifthAuthors),
      row('difference over 100 edits', ({ diffWindow }) => diffWindow),
      row('… with the writer of everything', ({ diffWindowAuthors }) => diffWindowAuthors),
      row('difference of everything', ({ diffWhole }) => diffWhole),
      row('blame of the whole text', ({ blame }) => blame),
      row('text at 40 %', ({ textAtForty }) => textAtForty),
    ],
  );
  const more = table(
    ['Gongbi only', 'ms'],
    [
      ['bare Y.Doc of the same state', ms(own.bare)],
      ['… with its tables, of which a chunk is read when first asked for', ms(own.load)],
      ['… with its tables, every chunk read', ms(own.loadAll)],
      ['difference 40 % → 60 % with the whole text around it', ms(own.diffFifthContext)],
      ['difference of everything with the whole text around it', ms(own.diffWholeContext)],
      ['difference over 100 edits right after a keystroke (block index made anew)', ms(own.diffWindowFresh)],
      [`history page over HTTP, ${page.entries.toLocaleString('en')} entries, ${page.sittings} sittings: first time`, ms(page.first)],
      ['… again', ms(page.again)],
      ['… right after a keystroke', ms(page.afterKeystroke)],
      ['history page of an empty report', ms(page.empty)],
    ],
  );
  const held = table(
    ['aim', 'at most', 'seen', ''],
    aims.map(({ aim, most, seen }) => [aim, String(most), String(seen), seen <= most ? 'holds' : '**missed**']),
  );
  const notes = subjects.flatMap(({ name, notes: lines }) => lines.map((line) => `- ${name}: ${line}`)).join('\n');
  return `## The past of one chapter

${edits.toLocaleString('en')} edits of three writers, one letter or backspace each (bench/history/trace.ts, seeded), for each subject in a process of its own; the least of ${turns} turns' medians of ${rounds}
rounds, each round asking about other points. Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}). The tables hold when each id came and went
(${own.tables.toLocaleString('en')} bytes); who and when each entry was is the report's, and not in them.

${figures}

${more}

${held}

${notes}
`;
}

function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
