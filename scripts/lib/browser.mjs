import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run, runNpm } from './run.mjs';
import { PlainError, say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/usr/bin/chromium', '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
/** A Chromium that comes inside an npm package, for who may not install software. The newest that still runs on Node 20. */
const PACKAGED = '@sparticuz/chromium@147.0.0';
const PACKAGED_FOLDER = join(root, 'node_modules/.cache/gongbi/browser');

/** @returns {string | null} a Chromium on this machine: the one named by GONGBI_CHROMIUM, else the first on the PATH. */
export function findBrowser(environment = process.env) {
  const named = environment.GONGBI_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new PlainError(`GONGBI_CHROMIUM names ${named}, which is not there.`);
  }
  const onPath = (environment.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((file) => existsSync(file)) ?? null;
}

/** Finds a browser for the tests or installs one, and names it in GONGBI_CHROMIUM. */
export async function ensureBrowser() {
  const browser = findBrowser() ?? (await installWithApt()) ?? (await installPackaged());
  if (browser === null) {
    throw new PlainError(
      'The tests need Chromium, and none could be installed. Install Chromium or Chrome, or name one in GONGBI_CHROMIUM.',
    );
  }
  process.env.GONGBI_CHROMIUM = browser;
}

async function installWithApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  say('Installing Chromium (apt-get) …');
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'update'], options);
  await run('apt-get', ['-qq', '-y', '-o', 'DPkg::Lock::Timeout=300', 'install', '--no-install-recommends', 'chromium'], options);
  return findBrowser();
}

async function installPackaged() {
  if (process.platform !== 'linux') return null;
  say('Fetching a packaged Chromium (npm) …');
  mkdirSync(PACKAGED_FOLDER, { recursive: true });
  writeFileSync(join(PACKAGED_FOLDER, 'package.json'), '{ "private": true }\n');
  const { code } = await runNpm(['install', '--no-audit', '--no-fund', '--no-save', PACKAGED], { cwd: PACKAGED_FOLDER });
  if (code !== 0) return null;
  try {
    const entry = join(PACKAGED_FOLDER, 'node_modules/@sparticuz/chromium/build/esm/index.js');
    const { default: chromium } = await import(pathToFileURL(entry).href);
    const file = await chromium.executablePath();
    // It may lack libraries of the system: see it start before a hundred tests fail over it.
    const { code: started, output } = await run(file, ['--version', '--no-sandbox', '--headless'], { quiet: true });
    if (started === 0) return file;
    say(output);
  } catch (error) {
    say(String(error));
  }
  return null;
}
