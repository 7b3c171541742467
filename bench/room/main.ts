import { fileURLToPath } from 'node:url';
import { play, type Scene, type Window } from './load.ts';
import { measurePaint } from './paint.ts';
import { type Subject, startGongbi, startPeer } from './servers.ts';

/**
 * `npm run bench -- room`: ratios in one run, servers alternated, each run in a fresh process.
 * Aims are issue 2's: printed beside what was seen, never asserted.
 */
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const starters: Record<Subject['name'], () => Promise<Subject>> = {
  gongbi: () => startGongbi(process.env['GONGBI_BENCH_MAIN'] ?? 'dist-server/main.js'),
  hocuspocus: () => startPeer('hocuspocus', here('./hocuspocus.js')),
  floor: () => startPeer('floor', here('./floor.js')),
};

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 1 : 3;

const fanOut: Record<string, Scene> = {
  '2 people': { people: 2, typing: 2, rate: 8, seconds: quick ? 3 : 8 },
  '10 people': { people: 10, typing: 10, rate: 8, seconds: quick ? 3 : 8 },
  '50 people': { people: 50, typing: 10, rate: 8, seconds: quick ? 3 : 8 },
};
const many: Scene = { people: 4, typing: 4, rate: 4000 / (32 * 8 * 4), seconds: quick ? 5 : 15 };

async function run(name: Subject['name'], scene: Scene, reports: number, chapters: number): Promise<Window> {
  const subject = await starters[name]();
  try {
    return await play(await subject.rooms(reports, chapters), scene, subject.cpuMs);
  } finally {
    await subject.stop();
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const middle = (windows: readonly Window[]): Window => ({
  sent: windows[0]!.sent,
  delivered: Math.min(...windows.map((window) => window.delivered)),
  expected: windows[0]!.expected,
  p50: median(windows.map((window) => window.p50)),
  p95: median(windows.map((window) => window.p95)),
  p99: median(windows.map((window) => window.p99)),
  cpuUs: median(windows.map((window) => window.cpuUs)),
});
const cell = (value: number, digits = 2) => value.toFixed(digits).padStart(8);
const results: Record<string, Record<string, Window>> = {};
const aims: { aim: string; seen: number; holds: boolean }[] = [];
const aim = (text: string, seen: number, most: number) =>
  aims.push({ aim: `${text} (at most ${most})`, seen: Number(seen.toFixed(3)), holds: seen <= most });

const names = ['floor', 'hocuspocus', 'gongbi'] as const;
console.log('scene                      server        p50 ms   p95 ms   p99 ms  CPU µs/delivery  delivered');
for (const [title, scene] of [...Object.entries(fanOut), ['32 reports × 8, 4000 keys/s', many] as const]) {
  const rounds: Record<string, Window[]> = { floor: [], hocuspocus: [], gongbi: [] };
  const wide = scene === many;
  for (let round = 0; round < (wide ? 1 : ROUNDS); round++) {
    for (const name of names) rounds[name]!.push(await run(name, scene, wide ? 32 : 1, wide ? 8 : 1));
  }
  results[title] = Object.fromEntries(names.map((name) => [name, middle(rounds[name]!)]));
  for (const name of names) {
    const seen = results[title]![name]!;
    console.log(
      `${title.padEnd(26)} ${name.padEnd(11)}${cell(seen.p50)} ${cell(seen.p95)} ${cell(seen.p99)}  ${cell(seen.cpuUs, 1)}         ${seen.delivered}/${seen.expected}`,
    );
  }
}

const of = (scene: string, name: string) => results[scene]![name]!;
aim('p50 with 10 people / Hocuspocus', of('10 people', 'gongbi').p50 / of('10 people', 'hocuspocus').p50, 1);
aim('p99 with 10 people / floor', of('10 people', 'gongbi').p99 / of('10 people', 'floor').p99, 1.3);
aim('CPU per delivery with 10 people / floor', of('10 people', 'gongbi').cpuUs / of('10 people', 'floor').cpuUs, 1.5);
aim('CPU per delivery with 50 people / floor', of('50 people', 'gongbi').cpuUs / of('50 people', 'floor').cpuUs, 1.3);
aim(
  'p99 at 4000 keys/s with stores / Hocuspocus',
  of('32 reports × 8, 4000 keys/s', 'gongbi').p99 / of('32 reports × 8, 4000 keys/s', 'hocuspocus').p99,
  0.1,
);

const paint = await measurePaint(starters.gongbi, quick);
console.log(
  `keystroke to paint, 30 000 characters: alone p50 ${paint.alone.p50.toFixed(1)} ms, p95 ${paint.alone.p95.toFixed(1)}; with 10 typists p50 ${paint.crowd.p50.toFixed(1)}, p95 ${paint.crowd.p95.toFixed(1)}`,
);
aim('keystroke to paint p50, 10 typists / alone', paint.crowd.p50 / paint.alone.p50, 1.2);
aim('keystroke to paint p95, 10 typists / alone', paint.crowd.p95 / paint.alone.p95, 2);

for (const line of aims) console.log(`${line.holds ? 'holds ' : 'MISSED'}  ${line.aim}: ${line.seen}`);
console.log(JSON.stringify({ results, paint, aims }));
