import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNode, runMain } from './lib/say.mjs';

/** `npm run build`: dist/ (browser) and dist-server/ (server), when the sources changed. */
await runMain(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBuilt();
});
