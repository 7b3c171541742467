import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { CountingSocket } from '../../../client/connection/counting-socket.ts';
import { countingSocketClass, keepPresence } from '../../../client/connection/counting-socket.ts';
import type { SocketClass } from '../../../client/connection/environment.ts';

function openCounting(own: number | null = null) {
  const sent: Uint8Array[] = [];
  class Wire {
    binaryType = '';
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    readonly OPEN = 1;
    readyState = 1;
    send(data: Uint8Array): void {
      sent.push(data);
    }
    close(): void {
      this.readyState = 3;
    }
  }
  let made: CountingSocket | null = null;
  const Counting = countingSocketClass(Wire as unknown as SocketClass, {
    created: (socket) => {
      made = socket;
    },
    ownPresence: () => own,
  });
  const asProvider = new Counting('ws://gongbi.test');
  return { asProvider, socket: made as unknown as CountingSocket, sent };
}

function frame(...parts: (number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

const BODY = new Uint8Array([0, 0]);

describe('what the provider sends', () => {
  test('[OB4] its SyncStep1 passes; its SyncStep2 and updates never do', () => {
    const { asProvider, sent, socket } = openCounting();
    asProvider.send(frame(0, 1, BODY));
    asProvider.send(frame(0, 2, BODY));
    expect(sent).toEqual([]);
    asProvider.send(frame(0, 0, BODY));
    expect(sent).toEqual([frame(0, 0, BODY)]);
    expect(socket.count).toBe(0);
  });

  test('update-bearing frames of ours are numbered from 1, both kinds together', () => {
    const { socket, sent } = openCounting();
    expect([socket.sendUpdate(BODY), socket.sendStep2(BODY), socket.sendUpdate(BODY)]).toEqual([1, 2, 3]);
    expect(sent).toEqual([frame(0, 2, BODY), frame(0, 1, BODY), frame(0, 2, BODY)]);
  });

  test('presence passes for our own client id only, and not before that is settled', () => {
    const doc = new Y.Doc();
    doc.clientID = 70_001;
    const awareness = new Awareness(doc);
    awareness.setLocalState({ cursor: 1 });
    awareness.states.set(70_002, { cursor: 2 });
    awareness.meta.set(70_002, { clock: 4, lastUpdated: 0 });
    const everybody = frame(1, encodeAwarenessUpdate(awareness, [70_001, 70_002]));
    const unsettled = openCounting(null);
    unsettled.asProvider.send(everybody);
    expect(unsettled.sent).toEqual([]);
    const settled = openCounting(70_001);
    settled.asProvider.send(everybody);
    expect(settled.sent).toEqual([frame(1, encodeAwarenessUpdate(awareness, [70_001]))]);
    settled.asProvider.send(frame(1, encodeAwarenessUpdate(awareness, [70_002])));
    expect(settled.sent).toHaveLength(1);
    awareness.destroy();
  });

  test('nothing is written into a socket that is closing', () => {
    const { asProvider, socket, sent } = openCounting();
    asProvider.close();
    asProvider.send(frame(0, 0, BODY));
    socket.sendFrame(BODY);
    expect(sent).toEqual([]);
  });
});

test('presence of some clients is kept as it was', () => {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState({ name: '博' });
  const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
  expect(keepPresence(update, () => true)).toEqual(update);
  expect(keepPresence(update, () => false)).toBeNull();
  expect(decoding.readVarUint(decoding.createDecoder(update))).toBe(1);
  awareness.destroy();
});
