import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';
import { checkNode, PlainError, runMain } from './lib/say.mjs';
import { runVitest } from './lib/tests.mjs';

/** What each proof runs: filters on the paths of test files. Later issues add theirs. */
const PROOFS = {
  room: ['test/'],
};
/** Tests leave figures here (test/support/figures.ts). */
const FIGURES = join(root, 'node_modules/.cache/gongbi/figures');

/** `npm run proof -- room`: the tests in their long form; the last line is one JSON object of figures, exit code 0 only if all hold. */
await runMain(async () => {
  checkNode();
  const name = process.argv[2] ?? 'room';
  const filters = PROOFS[name];
  if (filters === undefined) throw new PlainError(`There is no proof named ${name}; there are: ${Object.keys(PROOFS).join(', ')}.`);
  await ensureInstalled();
  await ensureBrowser();
  await ensureBuilt();
  rmSync(FIGURES, { recursive: true, force: true });
  mkdirSync(FIGURES, { recursive: true });
  const began = Date.now();
  const { passed, failed, skipped } = await runVitest(filters, { GONGBI_PROOF: '1' });
  const holds = failed === 0 && skipped === 0;
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(JSON.stringify({ proof: name, holds, tests: { passed, failed, skipped }, seconds, figures: readFigures() }));
  return holds ? 0 : 1;
});

function readFigures() {
  const files = readdirSync(FIGURES)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return Object.fromEntries(files.map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(FIGURES, file), 'utf8'))]));
}
