import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';
import { PlainError, say } from './say.mjs';

const SOURCES = ['client', 'server', 'shared', 'package-lock.json', 'vite.config.ts', 'tsconfig.base.json'];
/** Written last, so that a build that was broken off is done again. */
const STAMP = 'dist-server/sources.sha256';
const PRODUCTS = ['dist/index.html', 'dist-server/main.js'];

/** Builds browser and server parts unless they were built from the very same sources. */
export async function ensureBuilt() {
  const hash = hashSources();
  const stamp = join(root, STAMP);
  const isFresh = PRODUCTS.every((file) => existsSync(join(root, file))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isFresh) return;
  say('Building …');
  await build();
  writeFileSync(stamp, hash);
}

async function build() {
  const parts = [
    ['the browser part', ['build', '--logLevel', 'warn']],
    ['the server', ['build', '--ssr', '--logLevel', 'warn']],
  ];
  for (const [name, args] of parts) {
    const { code } = await runTool('vite/bin/vite.js', args);
    if (code !== 0) throw new PlainError(`Building ${name} failed (the message stands above).`);
  }
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesUnder).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const entries = readdirSyncOrNull(join(root, path));
  if (entries === null) return existsSync(join(root, path)) ? [path] : [];
  return entries.flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return null;
  }
}
