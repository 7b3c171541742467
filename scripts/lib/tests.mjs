import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';

const REPORT = join(root, 'node_modules/.cache/gongbi/tests.json');

/** Types (tsc), format and lint (biome). Each counts as one test. @returns {Promise<{passed: number, failed: number}>} */
export async function runChecks() {
  const codes = await Promise.all([
    runTool('typescript/bin/tsc', ['-b', '--pretty']),
    runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
  ]);
  const passed = codes.filter(({ code }) => code === 0).length;
  return { passed, failed: codes.length - passed };
}

/**
 * Runs vitest with `args` (file filters, options) and reads what it counted.
 * @returns {Promise<{passed: number, failed: number, skipped: number}>} a run that broke off counts as one failure more.
 */
export async function runVitest(args, environment = {}) {
  rmSync(REPORT, { force: true });
  mkdirSync(join(REPORT, '..'), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const { code } = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...args], { env: { ...process.env, ...environment } });
  const counts = readCounts();
  // Without a failed test, a bad exit code means an unhandled error, a file that did not load, or no tests at all.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readCounts() {
  try {
    const report = JSON.parse(readFileSync(REPORT, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
