import { ensureInstalled } from './lib/install.mjs';
import { checkNode, runMain } from './lib/say.mjs';
import { runChecks, runVitest } from './lib/tests.mjs';

/** What needs a browser, a built server, real processes or long rounds. */
const SLOW = ['test/e2e/**', 'test/fuzz/**', 'test/durability/**', 'test/scripts/**', '**/storm.test.ts'];

/** `npm run check`: types, format, lint and the quick tests, in under a minute. */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  const checks = await runChecks();
  const tests = await runVitest(['--maxWorkers=2', ...SLOW.map((pattern) => `--exclude=${pattern}`)]);
  const failed = checks.failed + tests.failed;
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
