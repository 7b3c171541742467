import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';
import { checkNode, PlainError, runMain } from './lib/say.mjs';
import { runVitest } from './lib/tests.mjs';

/** What each proof runs: filters on the paths of test files. */
const PROOFS = {
  comments: [
    'test/client/features/threads',
    'test/e2e/comments',
    'test/fuzz/suggestions',
    'test/server/core/suggestions',
    'test/server/desk/opinions',
    'test/server/desk/threads',
    'test/server/text-engine/anchors',
    'test/shared/suggestions',
    'test/shared/threads',
  ],
  room: [
    'test/architecture',
    'test/client/connection',
    'test/client/editor',
    'test/durability',
    'test/e2e/page',
    'test/e2e/room',
    'test/e2e/typing',
    'test/fuzz/admission',
    'test/fuzz/attribution',
    'test/fuzz/convergence',
    'test/scripts',
    'test/server/core/admission',
    'test/server/core/attribution',
    'test/server/rights',
    'test/server/text-engine',
    'test/server/ws',
    'test/shared',
    'test/storage',
  ],
  desk: [
    'test/client/editor/past',
    'test/client/features',
    'test/client/i18n',
    'test/client/ui',
    'test/e2e/desk',
    'test/e2e/page',
    'test/server/core/accounts',
    'test/server/core/members',
    'test/server/core/reports',
    'test/server/desk',
    'test/server/first-start',
    'test/server/http',
    'test/server/passwords',
    'test/server/rights',
    'test/server/ws/door',
    'test/server/ws/presence',
    'test/shared/counting',
    'test/shared/finding',
    'test/shared/importing',
    'test/shared/lifecycle',
    'test/shared/outline',
    'test/shared/particulars',
    'test/shared/search',
    'test/storage/embedded/member-store',
  ],
  'sign-off': [
    'test/server/house-keys',
    'test/server/rights',
    'test/server/sign-off',
    'test/shared/access',
    'test/shared/sign-off',
    'test/shared/stages',
  ],
  document: [
    'test/client/features/blanks-model',
    'test/client/features/particulars-model',
    'test/client/features/proofreading-model',
    'test/e2e/document',
    'test/server/core/blanks',
    'test/server/desk/blanks',
    'test/server/desk/particulars',
    'test/server/export',
    'test/server/http/export',
    'test/server/http/proofreading',
    'test/server/http/terms',
    'test/shared/blanks',
    'test/shared/document',
    'test/shared/proofreading',
  ],
  history: [
    'test/e2e/history',
    'test/fuzz/history',
    'test/fuzz/attribution',
    'test/server/core',
    'test/server/http',
    'test/server/text-engine',
  ],
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
