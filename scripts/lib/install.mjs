import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './run.mjs';
import { PlainError, say } from './say.mjs';

/**
 * Installs what is missing, by `npm ci` from the lock file. A second call reads two files and is done: npm itself leaves a list of what it
 * installed (node_modules/.package-lock.json), which is compared with the lock file.
 */
export async function ensureInstalled() {
  const missing = missingPackages(readPackages('package-lock.json'), readPackages('node_modules/.package-lock.json'));
  if (missing.length === 0) return;
  say(`Installing ${missing.length} packages …`);
  const { code } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0)
    throw new PlainError('npm ci failed (its message stands above). Check the connection to the package registry and try again.');
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** Packages of the lock file that are not installed in its version. Optional ones (other systems' binaries) may be missing. */
export function missingPackages(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, one]) => path !== '' && one.optional !== true && one.link !== true && installed[path]?.version !== one.version)
    .map(([path]) => path);
}
