import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { MESSAGE, SYNC } from '../../shared/wire/protocol.ts';
import type { Room } from './servers.ts';

/** What one window of typing showed. Latencies run from `send` to arrival at each other person, ms. */
export interface Window {
  readonly sent: number;
  readonly delivered: number;
  readonly expected: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Server CPU per delivered keystroke, µs. */
  readonly cpuUs: number;
}

const HOCUSPOCUS_AUTH = 2;
/** While a process warms up: keystrokes a second of all together, and deliveries a second that these may make. */
const WARM_UP = { keys: 800, deliveries: 9_000 };

/** One person's socket. A typist keeps a small Yjs document to make real keystroke updates; a reader only listens. */
class Person {
  readonly socket: WebSocket;
  private readonly room: Room;
  /** Where in the chapter this person sits: 0 at its start, towards 1 at its end. */
  private readonly share: number;
  /** Where the next character goes; others' typing is not followed, so it stays one's own place. */
  private place: number | null = null;
  private readonly doc = new Y.Doc();
  private readonly text = this.doc.getText('t');
  private made: Uint8Array | null = null;
  private writable: Promise<void>;

  constructor(room: Room, index: number, onUpdate: (update: Uint8Array) => void, share = 0) {
    this.room = room;
    this.share = share;
    this.socket = new WebSocket(room.url, { headers: room.headers(index), perMessageDeflate: false });
    this.socket.binaryType = 'nodebuffer';
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.made = update;
    });
    this.writable = new Promise((resolve, reject) => {
      this.socket.once('error', reject);
      this.socket.once('open', () => {
        if (room.prefix !== null)
          this.send((encoder) => {
            encoding.writeVarUint(encoder, HOCUSPOCUS_AUTH);
            encoding.writeVarUint(encoder, 0);
            encoding.writeVarString(encoder, '');
          });
        this.send((encoder) => {
          encoding.writeVarUint(encoder, MESSAGE.sync);
          encoding.writeVarUint(encoder, SYNC.step1);
          encoding.writeVarUint8Array(encoder, Y.encodeStateVector(this.doc));
        });
        // The floor answers nothing: being open is all it has to say.
        if (room.url.includes('/room-')) resolve();
      });
      this.socket.on('message', (data: Buffer) => {
        const decoder = decoding.createDecoder(data);
        if (room.prefix !== null) decoding.readVarString(decoder);
        const type = decoding.readVarUint(decoder);
        if (type !== MESSAGE.sync && !(room.prefix !== null && type === 4)) return;
        const sub = decoding.readVarUint(decoder);
        if (sub === SYNC.step1) return;
        const update = decoding.readVarUint8Array(decoder);
        if (sub === SYNC.update) onUpdate(update);
        if (sub === SYNC.step2) {
          Y.applyUpdate(this.doc, update, 'remote');
          resolve();
        } else if (room.prefix === null && !this.ready) Y.applyUpdate(this.doc, update, 'remote');
      });
    });
    void this.writable.then(
      () => {
        this.ready = true;
      },
      () => undefined,
    );
  }
  private ready = false;

  /** Yjs client id under which this person types. */
  get writer(): number {
    return this.doc.clientID;
  }

  joined(): Promise<void> {
    return this.writable;
  }

  /** Types one character behind what this person wrote, at a place of their own, and sends it. @returns the update's bytes. */
  type(character: string): Uint8Array {
    this.place ??= Math.floor(this.text.length * this.share);
    this.text.insert(this.place, character);
    this.place += 1;
    const update = this.made!;
    this.made = null;
    this.send((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE.sync);
      encoding.writeVarUint(encoder, SYNC.update);
      encoding.writeVarUint8Array(encoder, update);
    });
    return update;
  }

  /** Leaves at once. */
  left(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.once('close', () => resolve());
      this.socket.terminate();
    });
  }

  private send(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    if (this.room.prefix !== null) encoding.writeVarString(encoder, this.room.prefix);
    write(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }
}

export interface Scene {
  /** People in each room and how many of them type. */
  readonly people: number;
  readonly typing: number;
  /** Keystrokes a second of each typist. */
  readonly rate: number;
  /** Typing before and while it is measured, seconds. */
  readonly warmUp: number;
  readonly seconds: number;
}

function keyOf(update: Uint8Array): string {
  return Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1');
}

/** When each keystroke left. Servers may relay its bytes as they were, or merge several keystrokes of one turn into one update. */
class Departures {
  private readonly byBytes = new Map<string, { readonly at: number; readonly by: number }>();
  private readonly byId = new Map<string, number>();

  left(update: Uint8Array, by: number, at: number): void {
    this.byBytes.set(keyOf(update), { at, by });
    for (const struct of Y.decodeUpdate(update).structs) this.byId.set(`${struct.id.client}:${struct.id.clock}`, at);
  }

  /** Departure times of the keystrokes inside an update that arrived; an echo to its own author is no delivery. */
  inside(update: Uint8Array, reader: number): readonly number[] {
    const whole = this.byBytes.get(keyOf(update));
    if (whole !== undefined) return whole.by === reader ? [] : [whole.at];
    const times: number[] = [];
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct.id.client === reader) continue;
      for (let clock = struct.id.clock; clock < struct.id.clock + struct.length; clock++) {
        const at = this.byId.get(`${struct.id.client}:${clock}`);
        if (at !== undefined) times.push(at);
      }
    }
    return times;
  }
}

/** Lets people type into the rooms and listens at everybody else. */
export async function play(rooms: readonly Room[], scene: Scene, cpuMs: () => number): Promise<Window> {
  const departures = new Departures();
  const latencies: number[] = [];
  const people: Person[] = [];
  const typists: Person[] = [];
  for (const room of rooms) {
    for (let index = 0; index < scene.people; index++) {
      const person: Person = new Person(room, people.length, (update) => {
        const now = performance.now();
        for (const at of departures.inside(update, person.writer)) latencies.push(now - at);
      });
      people.push(person);
      if (index < scene.typing) typists.push(person);
      if (people.length % 50 === 0) await person.joined();
    }
  }
  await Promise.all(people.map((person) => person.joined()));

  /** Everybody types in turn at an even pace. @returns when each keystroke has arrived everywhere, or has had long enough to. */
  async function type(seconds: number, rate: number): Promise<number> {
    latencies.length = 0;
    const total = Math.round(typists.length * rate * seconds);
    const gap = 1000 / (typists.length * rate);
    const start = performance.now();
    let sent = 0;
    await new Promise<void>((resolve) => {
      const step = () => {
        const due = Math.min(total, Math.floor((performance.now() - start) / gap));
        while (sent < due) {
          const typist = typists[sent % typists.length]!;
          const at = performance.now();
          departures.left(typist.type('字'), typist.writer, at);
          sent++;
        }
        if (sent >= total) resolve();
        else setTimeout(step, 1);
      };
      step();
    });
    const expected = total * (scene.people - 1);
    const deadline = performance.now() + 15_000;
    while (latencies.length < expected && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    return total;
  }

  // The first ten thousand keystrokes of a process go into compiling it, for every server alike; servers live for months.
  const warmUpRate = Math.min(WARM_UP.keys, WARM_UP.deliveries / (scene.people - 1)) / typists.length;
  await type(scene.warmUp, Math.max(scene.rate, warmUpRate));
  const cpuBefore = cpuMs();
  const total = await type(scene.seconds, scene.rate);
  const expected = total * (scene.people - 1);
  const cpu = cpuMs() - cpuBefore;
  await Promise.all(people.map((person) => person.left()));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return {
    sent: total,
    delivered: latencies.length,
    expected,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    cpuUs: (cpu * 1000) / Math.max(1, latencies.length),
  };
}

/** Lets `count` people type into one room, each at a place of their own, until stopped. */
export async function typeInto(room: Room, count: number, rate: number): Promise<{ stop(): Promise<void> }> {
  const people = Array.from({ length: count }, (_, index) => new Person(room, index, () => undefined, index / count));
  await Promise.all(people.map((person) => person.joined()));
  let turn = 0;
  const timer = setInterval(
    () => {
      people[turn % count]!.type('众');
      turn++;
    },
    1000 / (count * rate),
  );
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(people.map((person) => person.left()));
    },
  };
}
