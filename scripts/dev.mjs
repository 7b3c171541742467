import { spawn } from 'node:child_process';
import { existsSync, watchFile } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';
import { checkNode, runMain, say } from './lib/say.mjs';

/**
 * `npm run dev`: the page with hot reload (Vite, which passes /api and /sync on), the server rebuilt and restarted when its sources change.
 * Same HOST, PORT and GONGBI_DATA as `npm start`; the page's address is the one that Vite prints.
 */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const main = join(root, 'dist-server/main.js');
  const children = new Set();
  const start = (args) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  start([vite, 'build', '--ssr', '--watch', '--logLevel', 'warn']);
  start([vite]);

  let server = null;
  const restart = () => {
    const begin = () => {
      server = start([main, ...process.argv.slice(2)]);
    };
    if (server === null || server.exitCode !== null) begin();
    else server.once('exit', begin).kill('SIGTERM');
  };
  // The build removes the old file first: only a file that is there again is a new server.
  watchFile(main, { interval: 300 }, () => {
    if (!existsSync(main)) return;
    say('Starting the server …');
    restart();
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      for (const child of children) child.kill('SIGTERM');
      process.exit();
    });
  }
});
