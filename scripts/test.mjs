import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNode, runMain } from './lib/say.mjs';
import { runChecks, runVitest } from './lib/tests.mjs';

/**
 * `npm test`: installs what is missing (a browser too), builds, then types, lint and every test. The last line says how many.
 * `npm test -- <filter>` runs only the test files whose path holds the filter, without types and lint.
 */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBrowser();
  await ensureBuilt();
  const filters = process.argv.slice(2);
  const checks = filters.length > 0 ? { passed: 0, failed: 0 } : await runChecks();
  const tests = await runVitest(filters);
  const failed = checks.failed + tests.failed;
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`);
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
