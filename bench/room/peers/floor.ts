import { fdatasync, openSync, write } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';

/**
 * The floor: what any durable server on `ws` must pay. A bare broadcaster that knows no CRDT, no rights and no history,
 * writes each batch to one file, syncs it, and only then relays. Rooms are the request path.
 * Usage: node floor.js <folder>; prints "listening <port>".
 */
const folder = process.argv[2] ?? '.';
const file = openSync(join(folder, 'floor.log'), 'a');
const rooms = new Map<string, Set<WebSocket>>();

interface Item {
  readonly room: Set<WebSocket>;
  readonly from: WebSocket;
  readonly data: Buffer;
}
let collecting: Item[] = [];
let writing = false;

function commit(): void {
  if (writing || collecting.length === 0) return;
  writing = true;
  const batch = collecting;
  collecting = [];
  write(file, Buffer.concat(batch.map((item) => item.data)), (writeError) => {
    if (writeError) throw writeError;
    fdatasync(file, (syncError) => {
      if (syncError) throw syncError;
      for (const { room, from, data } of batch) {
        for (const peer of room) if (peer !== from && peer.readyState === WebSocket.OPEN) peer.send(data);
      }
      writing = false;
      commit();
    });
  });
}

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', (socket, request) => {
  const name = request.url ?? '/';
  const room = rooms.get(name) ?? new Set<WebSocket>();
  rooms.set(name, room);
  room.add(socket);
  socket.on('message', (data: Buffer) => {
    collecting.push({ room, from: socket, data });
    commit();
  });
  socket.on('close', () => room.delete(socket));
  socket.on('error', () => socket.terminate());
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
});
