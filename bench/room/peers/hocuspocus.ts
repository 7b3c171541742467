import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Server } from '@hocuspocus/server';
import * as Y from 'yjs';

/**
 * The peer, with its defaults (store debounced by 2 s, at most 10 s) and the simplest file store.
 * Usage: node hocuspocus.js <folder>; prints "listening <port>".
 */
const folder = join(process.argv[2] ?? '.', 'hocuspocus');
mkdirSync(folder, { recursive: true });
const fileOf = (name: string) => join(folder, `${name.replaceAll('/', '_')}.bin`);

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  async onLoadDocument({ document, documentName }) {
    const stored = await readFile(fileOf(documentName)).catch(() => null);
    if (stored !== null) Y.applyUpdate(document, stored);
    return document;
  },
  async onStoreDocument({ document, documentName }) {
    await writeFile(fileOf(documentName), Y.encodeStateAsUpdate(document));
  },
});
server.httpServer.listen(0, '127.0.0.1', () => {
  console.log(`listening ${server.address.port}`);
});
