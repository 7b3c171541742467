import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { checkNode, PlainError, runMain } from './lib/say.mjs';

/**
 * `npm run bench -- room [--quick]`: builds the product and bench/<name>/main.ts, with each of its peers (bench/<name>/peers/*.ts) as a program
 * beside it, and runs it with the arguments that follow.
 */
await runMain(async () => {
  checkNode();
  const [name = 'room', ...args] = process.argv.slice(2);
  const folder = join(root, 'bench', name);
  if (!/^[a-z-]+$/.test(name) || !existsSync(join(folder, 'main.ts'))) {
    const names = readdirSync(join(root, 'bench')).join(', ');
    throw new PlainError(`There is no bench named ${name}; there are: ${names}.`);
  }
  await ensureInstalled();
  await ensureBrowser();
  await ensureBuilt();
  const peers = join(folder, 'peers');
  const entries = [join(folder, 'main.ts'), ...(existsSync(peers) ? readdirSync(peers).map((file) => join(peers, file)) : [])];
  // Inside node_modules/.cache, so that packages are found from there.
  const outDir = join(root, 'node_modules/.cache/gongbi/bench', name);
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(entries.map((file) => [basename(file, '.ts'), file])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const { code } = await run(process.execPath, [join(outDir, 'main.js'), ...args]);
  return code;
});
