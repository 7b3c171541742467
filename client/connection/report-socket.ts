import * as decoding from 'lib0/decoding';
import type { ReportId } from '../../shared/ids.ts';
import type { GongbiMessage, SocketParams } from '../../shared/wire/protocol.ts';
import { decodeGongbi, MESSAGE, SYNC_PATH } from '../../shared/wire/protocol.ts';
import type { Environment, SocketLike } from './environment.ts';
import { queryOf, socketOrigin } from './socket-address.ts';

const FIRST_BACKOFF = 200;
const MAX_BACKOFF = 10_000;
/** The server says something at least every 15 s. */
const SILENCE = 35_000;

export interface ReportSocketOptions {
  readonly environment: Environment;
  readonly report: ReportId;
  /** Asked anew for every attempt. */
  readonly params: () => SocketParams;
  readonly query: Readonly<Record<string, string>>;
  readonly onMessage: (message: GongbiMessage) => void;
  /** Closed; it comes back by itself unless `final`. */
  readonly onClose: (close: { readonly code: number; readonly saidHello: boolean; readonly final: boolean }) => void;
}

/** The report's own socket: reconnects with jittered back-off, and gives up on close codes 4400–4499. */
export class ReportSocket {
  readonly #options: ReportSocketOptions;
  #socket: SocketLike | null = null;
  #attempt = 0;
  #saidHello = false;
  #cancelRetry: (() => void) | null = null;
  #cancelSilence: (() => void) | null = null;
  #stopped = true;

  constructor(options: ReportSocketOptions) {
    this.#options = options;
  }

  /** Connects now; also after a final close. @param again gives up a socket that may be dead */
  connect(again = false): void {
    this.#stopped = false;
    if (again) this.#giveUp(1006);
    if (this.#socket === null) this.#open();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#cancelSilence?.();
    if (socket !== null) detach(socket);
  }

  #open(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const { environment, report, params, query } = this.#options;
    const search = new URLSearchParams(queryOf(params(), query));
    const socket = new environment.WebSocket(`${socketOrigin(environment.origin)}${SYNC_PATH}${report}?${search}`);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#saidHello = false;
    socket.onmessage = (event: { readonly data: ArrayBuffer }) => {
      if (this.#socket === socket) this.#receive(new Uint8Array(event.data));
    };
    socket.onclose = (event: { readonly code: number }) => {
      if (this.#socket === socket) this.#closed(event.code);
    };
    // A close follows; without a listener Node would take the error for an uncaught one.
    socket.onerror = () => {};
    this.#listenForSilence();
  }

  #receive(frame: Uint8Array): void {
    this.#listenForSilence();
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== MESSAGE.gongbi) return;
    const message = decodeGongbi(decoder);
    if (message === null) return;
    if (message.kind === 'hello') {
      this.#saidHello = true;
      this.#attempt = 0;
    }
    this.#options.onMessage(message);
  }

  #listenForSilence(): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#options.environment.after(SILENCE, () => this.#giveUp(1006));
  }

  #giveUp(code: number): void {
    const socket = this.#socket;
    if (socket === null) return;
    detach(socket);
    this.#closed(code);
  }

  #closed(code: number): void {
    this.#socket = null;
    this.#cancelSilence?.();
    const final = code >= 4400 && code < 4500;
    if (final) this.#stopped = true;
    this.#options.onClose({ code, saidHello: this.#saidHello, final });
    if (this.#stopped || this.#socket !== null) return;
    this.#attempt += 1;
    const { environment } = this.#options;
    const wait = Math.min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** (this.#attempt - 1)) * (0.5 + environment.random() / 2);
    this.#cancelRetry = environment.after(wait, () => this.#open());
  }
}

function detach(socket: SocketLike): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.onerror = () => {};
  socket.close();
}
