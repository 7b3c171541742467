import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeSection } from './document.ts';
import type { Figures, OwnFigures, PageFigures } from './measure.ts';

/**
 * `npm run bench -- history [--quick]`: one long chapter, the same edits for each subject, each in a process of its own, in turns.
 * Aims are issue 4's: printed and written to docs/performance.md beside what was seen, never asserted.
 */
const quick = process.argv.includes('--quick');
const EDITS = quick ? 26_000 : 260_000;
const ROUNDS = quick ? 3 : 5;

function run<Value>(name: string): Value {
  console.error(`${name} …`);
  const script = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script, String(EDITS), String(ROUNDS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = stdout.trim().split('\n').at(-1);
  if (status !== 0 || line === undefined) throw new Error(`${name} ended with ${status}`);
  return JSON.parse(line) as Value;
}

const TURNS = quick ? 1 : 3;

/** The least of each figure over the turns: what else the machine does can only add. */
function least<Value extends object>(turns: readonly Value[]): Value {
  const entries = Object.entries(turns[0]!).map(([key, value]) => {
    const told = turns.map((turn) => (turn as Record<string, unknown>)[key]);
    return [key, typeof value === 'number' ? Math.min(...(told as number[])) : value];
  });
  return Object.fromEntries(entries) as Value;
}

// In turns, so that a busy minute does not fall on one of them alone.
const turns = Array.from({ length: TURNS }, () => ({
  own: run<OwnFigures>('gongbi'),
  loro: run<Figures>('loro'),
  automerge: run<Figures>('automerge'),
  page: run<PageFigures>('page'),
}));
const own = least(turns.map((turn) => turn.own));
const peers = [least(turns.map((turn) => turn.loro)), least(turns.map((turn) => turn.automerge))];
const page = least(turns.map((turn) => turn.page));

const ratio = (one: number, other: number) => Number((one / other).toFixed(3));
const fastest = (of: (figures: Figures) => number) => Math.min(...peers.map(of));
const aims = [
  {
    aim: 'diff of the middle fifth with authors / fastest peer',
    seen: ratio(
      own.diffFifthAuthors,
      fastest((f) => f.diffFifthAuthors),
    ),
    most: 1,
  },
  {
    aim: 'diff of 100 edits with authors / fastest peer',
    seen: ratio(
      own.diffWindowAuthors,
      fastest((f) => f.diffWindowAuthors),
    ),
    most: 1,
  },
  {
    aim: 'full blame / fastest peer',
    seen: ratio(
      own.blame,
      fastest((f) => f.blame),
    ),
    most: 1,
  },
  {
    aim: 'text at 40 % / fastest peer',
    seen: ratio(
      own.textAtForty,
      fastest((f) => f.textAtForty),
    ),
    most: 1,
  },
  { aim: 'diff of 100 edits / diff of everything', seen: ratio(own.diffWindow, own.diffWholeContext), most: 0.1 },
  { aim: 'cold load of text and tables / bare document', seen: ratio(own.load, own.bare), most: 1.3 },
];

for (const { aim, seen, most } of aims) console.log(`${seen <= most ? 'holds ' : 'MISSED'}  ${aim} (at most ${most}): ${seen}`);
if (!quick) writeSection({ edits: EDITS, rounds: ROUNDS, turns: TURNS, own, peers, page, aims });
console.log(JSON.stringify({ own, peers, page, aims }));
