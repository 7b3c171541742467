import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';
import { checkNode, runMain } from './lib/say.mjs';

/**
 * `npm start [-- --empty]`: installs what is missing, builds what changed, and becomes the server. HOST, PORT and GONGBI_DATA set the rest
 * (docs: README). The server runs in this very process: signals, arguments and exit code are its own.
 */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBuilt();
  if (process.env.NODE_ENV === undefined) process.env.NODE_ENV = 'production';
  await import(pathToFileURL(join(root, 'dist-server/main.js')).href);
});
