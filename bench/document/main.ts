import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EXPORT_KINDS } from '../../shared/api/export.ts';

/**
 * `npm run bench -- document [--quick]`: every kind of file of a report of 10 000 paragraphs, each in a process of its own. Aims are issue 7's
 * (20 s, 512 MB): printed beside what was seen, never asserted.
 */
const PARAGRAPHS = process.argv.includes('--quick') ? 1_000 : 10_000;
const AIM = { seconds: 20, megabytes: 512 };

interface Figures {
  readonly kind: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly bytes: number;
  readonly pages: number | null;
}

const script = fileURLToPath(new URL('./file.js', import.meta.url));
const rows = EXPORT_KINDS.map((kind): Figures => {
  const { stdout, status } = spawnSync(process.execPath, [script, kind, String(PARAGRAPHS)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = stdout.trim().split('\n').at(-1);
  if (status !== 0 || line === undefined) throw new Error(`${kind} ended with ${status}`);
  return JSON.parse(line) as Figures;
});

console.log(`${PARAGRAPHS} paragraphs; aim: under ${AIM.seconds} s and ${AIM.megabytes} MB each`);
for (const { kind, seconds, megabytes, bytes, pages } of rows) {
  const met = seconds < AIM.seconds && megabytes < AIM.megabytes ? '' : '  (missed)';
  const size = `${(bytes / 1e6).toFixed(1)} MB file${pages === null ? '' : `, ${pages} pages`}`;
  console.log(`${kind.padEnd(8)} ${seconds.toFixed(1)} s  ${megabytes.toFixed(0)} MB peak  ${size}${met}`);
}
console.log(JSON.stringify({ paragraphs: PARAGRAPHS, aim: AIM, rows }));
