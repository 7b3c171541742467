import { ensureInstalled } from './lib/install.mjs';
import { checkNode, runMain } from './lib/say.mjs';
import { runChecks, runVitest } from './lib/tests.mjs';

/** `npm run check`: types, format, lint and the quick tests (vite.config.ts says which), in under a minute. */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  const checks = await runChecks();
  const tests = await runVitest(['--project=quick']);
  const failed = checks.failed + tests.failed;
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
