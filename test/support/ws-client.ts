import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
  decodeGongbi,
  encodeGongbi,
  type GongbiMessage,
  MESSAGE,
  PROTOCOL_VERSION,
  SCHEMA_VERSION,
  SYNC,
} from '../../shared/wire/protocol.ts';

/** A message as the server sent it. */
export type Heard =
  | { readonly kind: 'step1'; readonly bytes: Uint8Array }
  | { readonly kind: 'step2'; readonly bytes: Uint8Array }
  | { readonly kind: 'update'; readonly bytes: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: readonly { client: number; clock: number; state: unknown }[] }
  | GongbiMessage;

export interface DialOptions {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Applied to, and answered from, this document, as a browser would; null = nothing is answered by itself. */
  readonly doc?: Y.Doc | null;
}

/** What became of an upgrade that was refused. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number) {
    super(`The upgrade was refused with ${status}`);
    this.status = status;
  }
}

/** A client over a real socket, which keeps everything it hears and lets a test wait for it. */
export class WsClient {
  readonly heard: Heard[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly doc: Y.Doc | null;
  /** Update-bearing frames sent. */
  sent = 0;
  readonly ws: WebSocket;
  private waiting: (() => void)[] = [];

  private constructor(ws: WebSocket, doc: Y.Doc | null) {
    this.ws = ws;
    this.doc = doc;
    ws.on('message', (data: Buffer) => {
      this.receive(new Uint8Array(data));
      this.wake();
    });
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.wake();
    });
    ws.on('error', () => undefined);
    doc?.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.sendUpdate(update);
    });
  }

  /** @throws Refused when the server answers without upgrading. */
  static dial(url: string, options: DialOptions = {}): Promise<WsClient> {
    const query = new URLSearchParams({ protocol: String(PROTOCOL_VERSION), schema: String(SCHEMA_VERSION) });
    for (const [key, value] of Object.entries(options.query ?? {})) query.set(key, String(value));
    const ws = new WebSocket(`${url}?${query}`, { headers: { ...options.headers }, perMessageDeflate: false });
    const client = new WsClient(ws, options.doc ?? null);
    return new Promise((resolve, reject) => {
      ws.on('unexpected-response', (_request, response) => {
        response.resume();
        ws.terminate();
        reject(new Refused(response.statusCode ?? 0));
      });
      ws.on('error', reject);
      ws.on('open', () => {
        if (client.doc !== null) client.sendStep1(Y.encodeStateVector(client.doc));
        resolve(client);
      });
    });
  }

  sendRaw(bytes: Uint8Array | string): void {
    this.ws.send(bytes);
  }

  sendStep1(vector: Uint8Array): void {
    this.sendSync(SYNC.step1, vector);
  }

  sendStep2(update: Uint8Array): void {
    this.sent += 1;
    this.sendSync(SYNC.step2, update);
  }

  sendUpdate(update: Uint8Array): void {
    this.sent += 1;
    this.sendSync(SYNC.update, update);
  }

  sendGongbi(message: GongbiMessage): void {
    this.ws.send(encodeGongbi(message));
  }

  sendAwareness(states: readonly { client: number; clock: number; state: unknown }[]): void {
    this.sendRaw(encodeAwareness(states.map((one) => ({ ...one, json: JSON.stringify(one.state) }))));
  }

  /** Waits for something heard from `from` on that fits. */
  async hear<Kind extends Heard['kind']>(
    kind: Kind,
    fits: (message: Extract<Heard, { kind: Kind }>) => boolean = () => true,
    from = 0,
  ): Promise<Extract<Heard, { kind: Kind }>> {
    let found: Heard | undefined;
    await this.until(() => {
      found = this.heard.slice(from).find((message) => message.kind === kind && fits(message as Extract<Heard, { kind: Kind }>));
      return found !== undefined;
    }, `a ${kind}`);
    return found as Extract<Heard, { kind: Kind }>;
  }

  all<Kind extends Heard['kind']>(kind: Kind): Extract<Heard, { kind: Kind }>[] {
    return this.heard.filter((message): message is Extract<Heard, { kind: Kind }> => message.kind === kind);
  }

  /** The highest n acknowledged. */
  get acked(): number {
    return this.all('ack').at(-1)?.n ?? 0;
  }

  async untilAcked(n = this.sent): Promise<void> {
    await this.until(() => this.acked >= n, `ack ${n}`);
  }

  async synced(): Promise<void> {
    await this.hear('step2');
  }

  async untilClosed(): Promise<{ readonly code: number; readonly reason: string }> {
    await this.until(() => this.closed !== null, 'the close');
    return this.closed!;
  }

  /** Waits for a condition, looked at after every message. @throws Error when the socket has ended without it. */
  async until(condition: () => boolean, what: string): Promise<void> {
    while (!condition()) {
      if (this.closed !== null) throw new Error(`Waited for ${what}; the socket was closed with ${this.closed.code} ${this.closed.reason}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Everything the server was sent before this call has been looked at when this resolves: it answers in order. */
  async roundTrip(): Promise<void> {
    const from = this.heard.length;
    this.sendStep1(Uint8Array.of(0));
    await this.hear('step2', () => true, from);
  }

  async hangUp(): Promise<void> {
    if (this.closed !== null) return;
    this.ws.close();
    await this.untilClosed();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private sendSync(kind: number, body: Uint8Array): void {
    if (this.ws.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
    this.ws.send(encoding.toUint8Array(encoder));
  }

  private receive(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.awareness) this.heard.push({ kind: 'awareness', states: decodeAwareness(decoding.readVarUint8Array(decoder)) });
    else if (type === MESSAGE.gongbi) this.heard.push(known(decodeGongbi(decoder)));
    else if (type === MESSAGE.sync) this.receiveSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
    else throw new Error(`The server sent a message of type ${type}`);
  }

  private receiveSync(kind: number, bytes: Uint8Array): void {
    const name = (['step1', 'step2', 'update'] as const)[kind];
    this.heard.push({ kind: known(name), bytes });
    if (this.doc === null) return;
    if (kind === SYNC.step1) this.sendStep2(Y.encodeStateAsUpdate(this.doc, bytes));
    else Y.applyUpdate(this.doc, bytes, this);
  }
}

function known<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The server sent something that docs/PROTOCOL.md does not describe');
  return value;
}

export function encodeAwareness(states: readonly { client: number; clock: number; json: string }[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, states.length);
  for (const { client, clock, json } of states) {
    encoding.writeVarUint(body, client);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, json);
  }
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, MESSAGE.awareness);
  encoding.writeVarUint8Array(message, encoding.toUint8Array(body));
  return encoding.toUint8Array(message);
}

function decodeAwareness(bytes: Uint8Array): { client: number; clock: number; state: unknown }[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  return Array.from({ length: count }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as unknown,
  }));
}
