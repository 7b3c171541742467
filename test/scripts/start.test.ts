import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/**
 * The two commands in a checkout of their own with an npm and a Vite that only note that they were called: what is decided here is when
 * to install, when to build, and that the server gets arguments, signals and exit code.
 */
const scripts = join(import.meta.dirname, '../../scripts');
let checkout = '';

const NPM = `
import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
appendFileSync('calls.txt', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(1);
mkdirSync('node_modules/vite/bin', { recursive: true });
cpSync('package-lock.json', 'node_modules/.package-lock.json');
cpSync('fake-vite.mjs', 'node_modules/vite/bin/vite.js');
`;
const VITE = `
const { appendFileSync, cpSync, mkdirSync, writeFileSync } = await import('node:fs');
appendFileSync('calls.txt', 'vite ' + process.argv.slice(2).join(' ') + '\\n');
if (process.env.VITE_FAILS) process.exit(1);
const at = process.argv.indexOf('--outDir');
const out = (usual) => (at < 0 ? usual : process.argv[at + 1]);
if (process.argv.includes('--ssr')) {
  mkdirSync(out('dist-server'), { recursive: true });
  cpSync('server/main.ts', out('dist-server') + '/main.js');
} else {
  mkdirSync(out('dist'), { recursive: true });
  cpSync('client/index.html', out('dist') + '/index.html');
}
if (process.env.SAVED_MEANWHILE) writeFileSync('client/index.html', process.env.SAVED_MEANWHILE);
`;
const SERVER = `
if (process.argv.includes('--wait')) {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
}
console.log('started with ' + JSON.stringify(process.argv.slice(2)));
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

function lock(version: string): void {
  const packages = { '': {}, 'node_modules/vite': { version }, 'node_modules/other-system': { version: '1.0.0', optional: true } };
  write('package-lock.json', JSON.stringify({ packages }));
}

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'gongbi-scripts-'));
  cpSync(scripts, join(checkout, 'scripts'), { recursive: true });
  write('package.json', '{ "type": "module" }');
  lock('1.0.0');
  write('fake-npm.mjs', NPM);
  write('fake-vite.mjs', VITE);
  write('client/index.html', '<p>');
  write('server/main.ts', SERVER);
  write('vite.config.ts', '');
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const environment = (extra: Record<string, string> = {}) => ({ ...process.env, npm_execpath: join(checkout, 'fake-npm.mjs'), ...extra });

function start(
  args: readonly string[] = [],
  extra: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/start.mjs', ...args], { cwd: checkout, env: environment(extra) }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
  });
}

/** The calls since this was last asked. */
function calls(): string[] {
  const file = join(checkout, 'calls.txt');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return text.trim().split('\n');
}

const INSTALL = 'npm ci --include=dev --no-audit --no-fund';
const BUILDS = ['vite build --logLevel warn', 'vite build --ssr --logLevel warn'];

test('[HS1] the first start installs, builds and starts with its arguments; the second only starts', async () => {
  const first = await start(['--empty']);
  expect(first).toMatchObject({ code: 0, stdout: 'started with ["--empty"]\n' });
  expect(calls()).toEqual([INSTALL, ...BUILDS]);
  expect(await start()).toMatchObject({ code: 0, stdout: 'started with []\n' });
  expect(calls()).toEqual([]);
});

test('[HS1] a changed source is built again, a changed lock file installed again, a lost product built again', async () => {
  await start();
  calls();
  write('client/added.ts', 'export {};');
  await start();
  expect(calls()).toEqual(BUILDS);
  lock('1.0.1');
  await start();
  expect(calls()).toEqual([INSTALL, ...BUILDS]);
  rmSync(join(checkout, 'dist'), { recursive: true });
  await start();
  expect(calls()).toEqual(BUILDS);
});

test('[HS1] a failed install or build is said in a sentence and tried again next time', async () => {
  const install = await start([], { NPM_FAILS: '1' });
  expect(install.code).toBe(1);
  expect(install.stderr).toContain('npm ci failed');
  expect(install.stderr).not.toContain('at ');
  const build = await start([], { VITE_FAILS: '1' });
  expect(build.code).toBe(1);
  expect(build.stderr).toContain('Building the browser part failed');
  calls();
  expect(await start()).toMatchObject({ code: 0 });
  expect(calls()).toEqual(BUILDS);
});

/** The page that a test would be served. */
async function keptPage(extra: Record<string, string> = {}): Promise<string> {
  const code = "import { keptBuild } from './scripts/lib/build.mjs'; process.stdout.write(await keptBuild())";
  return readFileSync(join(await evaluate(code, extra), 'dist/index.html'), 'utf8');
}

test('[HS10] tests are served what is built from the sources as they are, built once, and taken from `npm run build` where that is fresh', async () => {
  await start();
  calls();
  write('client/index.html', 'first');
  expect(await keptPage()).toBe('first');
  expect(calls()).toHaveLength(2);
  expect(await keptPage()).toBe('first');
  expect(calls()).toEqual([]);
  write('client/index.html', 'second');
  expect(await keptPage()).toBe('second');
  expect(calls()).toHaveLength(2);
  write('client/index.html', 'first');
  expect(await keptPage()).toBe('first');
  expect(calls()).toEqual([]);
  // Saved while it was being built: what was built is thrown away.
  write('client/index.html', 'third');
  expect(await keptPage({ SAVED_MEANWHILE: 'fourth' })).toBe('fourth');
  expect(calls()).toHaveLength(4);
  write('client/index.html', 'fifth');
  await start();
  expect(calls()).toEqual(BUILDS);
  expect(await keptPage()).toBe('fifth');
  expect(calls()).toEqual([]);
});

test('[HS1] a signal reaches the server, and its exit code is the command’s', async () => {
  await start();
  const child = spawn(process.execPath, ['scripts/start.mjs', '--wait'], {
    cwd: checkout,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(7);
});

function evaluate(code: string, extra: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', code], { cwd: checkout, env: environment(extra) }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

test('[HS2] a Node that is too old is told so in one sentence, a newer one is not', async () => {
  const check = (version: string) =>
    evaluate(`import { checkNode, runMain } from './scripts/lib/say.mjs'; await runMain(() => checkNode('${version}'))`);
  expect(await check('18.20.8')).toContain('Gongbi needs Node 20.19 or newer; this is 18.20.8.');
  expect(await check('20.18.0')).toContain('needs Node 20.19');
  for (const version of ['20.19.0', '22.12.0', '26.0.0']) expect(await check(version)).toBe('');
});

test('[HS3] the browser is the one that is named, else one on the PATH; a wrong name is said', async () => {
  const find = (extra: Record<string, string>) =>
    evaluate(
      `import { findBrowser } from './scripts/lib/browser.mjs'; import { runMain } from './scripts/lib/say.mjs';
       await runMain(() => console.log(findBrowser()))`,
      extra,
    );
  write('bin/chromium', '');
  const onPath = join(checkout, 'bin/chromium');
  expect(await find({ GONGBI_CHROMIUM: '', PATH: join(checkout, 'bin') })).toBe(`${onPath}\n`);
  expect(await find({ GONGBI_CHROMIUM: onPath, PATH: '' })).toBe(`${onPath}\n`);
  expect(await find({ GONGBI_CHROMIUM: join(checkout, 'nowhere') })).toContain('which is not there');
});
