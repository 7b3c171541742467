import { join } from 'node:path';
import { Server } from '@hocuspocus/server';
import sqlite from 'node-sqlite3-wasm';
import * as Y from 'yjs';

/**
 * The peer, with its defaults (store debounced by 2 s, at most 10 s) and a store that is on the disk when it says so: one row for each
 * document in an SQLite file with SQLite's own defaults, written in the server's thread, as its SQLite extension does. That extension's
 * binding is compiled on the machine, which takes more than the registry; this is the same SQLite as WebAssembly.
 * Usage: node hocuspocus.js <folder>; prints "listening <port>".
 */
const database = new sqlite.Database(join(process.argv[2] ?? '.', 'hocuspocus.sqlite'));
database.exec('CREATE TABLE texts (name TEXT PRIMARY KEY, state BLOB NOT NULL)');
const read = database.prepare('SELECT state FROM texts WHERE name = ?');
const store = database.prepare('INSERT INTO texts (name, state) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state');

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  async onLoadDocument({ document, documentName }) {
    const row = read.get([documentName]);
    if (row !== null && row !== undefined) Y.applyUpdate(document, row['state'] as Uint8Array);
    return document;
  },
  async onStoreDocument({ document, documentName }) {
    store.run([documentName, Y.encodeStateAsUpdate(document)]);
  },
});
server.httpServer.listen(0, '127.0.0.1', () => {
  console.log(`listening ${server.address.port}`);
});
