import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';
import { PlainError, say } from './say.mjs';

const SOURCES = ['client', 'server', 'shared', 'package-lock.json', 'vite.config.ts', 'tsconfig.base.json'];
/** Written last, so that a build that was broken off is done again. */
const STAMP = 'dist-server/sources.sha256';
const PRODUCTS = ['dist/index.html', 'dist-server/main.js'];

/** Builds of the tests, each in a folder named by its sources. In node_modules, so that the built server finds its packages. */
const KEPT = join(root, 'node_modules/.cache/gongbi/builds');
const DAY = 24 * 60 * 60 * 1000;

/** Builds browser and server parts unless they were built from the very same sources. */
export async function ensureBuilt() {
  const hash = hashSources();
  if (isBuiltFrom(hash)) return;
  say('Building …');
  await build(root);
  writeFileSync(join(root, STAMP), hash);
}

function isBuiltFrom(hash) {
  const stamp = join(root, STAMP);
  return PRODUCTS.every((file) => existsSync(join(root, file))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/**
 * The product built from the sources as they are now, in a folder that never changes: a test that serves from it neither sees an older
 * page nor has it taken away by whoever builds meanwhile. Built by the first who asks; two who ask at once may both build, and one of the
 * two builds is thrown away (a lock that outlives a killed test would cost more than those seconds).
 * @returns {Promise<string>} a folder with `dist` and `dist-server`
 */
export async function keptBuild() {
  for (;;) {
    const hash = hashSources();
    const folder = join(KEPT, hash.slice(0, 16));
    if (existsSync(folder)) {
      utimesSync(folder, new Date(), new Date());
      return folder;
    }
    const own = `${folder}.${randomUUID()}`;
    if (isBuiltFrom(hash)) for (const part of ['dist', 'dist-server']) cpSync(join(root, part), join(own, part), { recursive: true });
    else await build(own);
    // Saved meanwhile: what was built is neither the old sources nor the new ones.
    if (hashSources() !== hash) {
      rmSync(own, { recursive: true, force: true });
      continue;
    }
    moveInto(own, folder);
    removeUnused();
    return folder;
  }
}

function moveInto(own, folder) {
  try {
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Old builds that nobody asked for since yesterday, and what was broken off. */
function removeUnused() {
  for (const name of readdirSync(KEPT)) {
    const path = join(KEPT, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - used > DAY) rmSync(path, { recursive: true, force: true });
  }
}

/** @param into the folder that gets `dist` and `dist-server` */
async function build(into) {
  const parts = [
    ['the browser part', ['build', '--logLevel', 'warn'], 'dist'],
    ['the server', ['build', '--ssr', '--logLevel', 'warn'], 'dist-server'],
  ];
  for (const [name, args, out] of parts) {
    const outDir = into === root ? [] : ['--outDir', join(into, out)];
    // A test runner's NODE_ENV would give React's slow development build.
    const { code } = await runTool('vite/bin/vite.js', [...args, ...outDir], { env: { ...process.env, NODE_ENV: 'production' } });
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
