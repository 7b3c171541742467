import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { ChapterId, ReportId } from '../../shared/ids.ts';
import type { GongbiMessage, Hello } from '../../shared/wire/protocol.ts';
import { decodeGongbi, encodeGongbi, MESSAGE, SYNC, SYNC_PATH } from '../../shared/wire/protocol.ts';
import type { CountingSocket } from './counting-socket.ts';
import { countingSocketClass, keepPresence } from './counting-socket.ts';
import type { Environment } from './environment.ts';
import { socketOrigin } from './socket-address.ts';

const FIRST_BACKOFF = 200;
const MAX_BACKOFF = 10_000;

export interface ChapterSocketOptions {
  readonly environment: Environment;
  readonly report: ReportId;
  readonly chapter: ChapterId;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** The address's parameters, asked anew for every attempt. */
  readonly query: () => Record<string, string>;
  readonly onMessage: (message: GongbiMessage) => void;
  /** SyncStep1. @param gap false for the first on a socket; else something that we sent depends on what the server has not got */
  readonly onQuestion: (vector: Uint8Array, gap: boolean) => void;
  /** Runs what applies text from the server. */
  readonly applyRemote: (apply: () => void) => void;
  readonly onSynced: () => void;
  /** The socket closed; another attempt follows unless `onFinalClose` comes too. @param code null when we gave it up ourselves */
  readonly onClose: (code: number | null, saidHello: boolean) => void;
  /** 44xx: coming back as we are is pointless. */
  readonly onFinalClose: (code: number) => void;
  readonly onChange: () => void;
}

/** A chapter's way to the server: y-websocket's provider with our counting socket below it and our messages beside its own. */
export class ChapterSocket {
  readonly #options: ChapterSocketOptions;
  #provider: WebsocketProvider | null = null;
  #socket: CountingSocket | null = null;
  #hello: Hello | null = null;
  #asked = false;
  #askedForLease = false;
  #synced = false;

  constructor(options: ChapterSocketOptions) {
    this.#options = options;
  }

  /** Of the present socket; null while there is none, or it has not come yet. */
  get hello(): Hello | null {
    return this.#hello;
  }

  get synced(): boolean {
    return this.#synced;
  }

  connect(): void {
    const { environment, report, chapter, doc, awareness, query } = this.#options;
    const provider = new WebsocketProvider(`${socketOrigin(environment.origin)}${SYNC_PATH}${report}`, chapter, doc, {
      connect: false,
      disableBc: true,
      awareness,
      params: query(),
      WebSocketPolyfill: countingSocketClass(environment.WebSocket, {
        created: (socket) => {
          this.#socket = socket;
        },
        // Held back until the client id is settled, so that others see one of ours and not two.
        ownPresence: () => (this.#synced ? awareness.clientID : null),
      }),
    });
    this.#provider = provider;
    this.#listen(provider);
    provider.connect();
  }

  /** Connects at once instead of waiting for the next attempt. @param again also gives up a socket that may be dead */
  reconnect(again: boolean): void {
    const provider = this.#provider;
    if (provider === null) {
      this.connect();
      return;
    }
    if (again && provider.ws !== null) provider.disconnect();
    provider.connect();
  }

  /** No more attempts, no more messages. */
  stop(): void {
    const provider = this.#provider;
    this.#provider = null;
    provider?.destroy();
    this.#forget();
  }

  /** @returns n of the frame; null when there is no open socket */
  sendUpdate(update: Uint8Array): number | null {
    const socket = this.#openSocket;
    return socket === null ? null : socket.sendUpdate(update);
  }

  /** @returns n of the frame; null when there is no open socket */
  sendStep2(update: Uint8Array): number | null {
    const socket = this.#openSocket;
    return socket === null ? null : socket.sendStep2(update);
  }

  /** Asks to be told who wrote what comes, or no longer to be. */
  askForAttribution(on: boolean): void {
    if (this.#hello !== null) this.#openSocket?.sendFrame(encodeGongbi({ kind: 'ask-attribution', on }));
  }

  /** Once for each socket. */
  askForLease(): void {
    if (this.#hello === null || this.#askedForLease) return;
    this.#askedForLease = true;
    this.#openSocket?.sendFrame(encodeGongbi({ kind: 'ask-lease' }));
  }

  get #openSocket(): CountingSocket | null {
    const socket = this.#socket;
    return socket !== null && socket.readyState === socket.OPEN ? socket : null;
  }

  #forget(): void {
    this.#socket = null;
    this.#hello = null;
    this.#asked = false;
    this.#askedForLease = false;
    this.#synced = false;
  }

  #listen(provider: WebsocketProvider): void {
    const { awareness, applyRemote, onMessage, onQuestion, onSynced, onFinalClose, onChange } = this.#options;
    const readSync = provider.messageHandlers[MESSAGE.sync]!;
    const readPresence = provider.messageHandlers[MESSAGE.awareness]!;
    provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
      if (decoding.peekVarUint(decoder) !== SYNC.step1) {
        applyRemote(() => readSync(encoder, decoder, ...rest));
        return;
      }
      // Ours to answer: the outbox comes first, and the answer is counted.
      decoding.readVarUint(decoder);
      const gap = this.#asked;
      this.#asked = true;
      onQuestion(decoding.readVarUint8Array(decoder), gap);
    };
    provider.messageHandlers[MESSAGE.awareness] = (encoder, decoder, ...rest) => {
      // What the server says of ourselves is old news, and its clocks are not ours.
      const others = keepPresence(decoding.readVarUint8Array(decoder), (client) => client !== awareness.clientID);
      if (others === null) return;
      const body = encoding.createEncoder();
      encoding.writeVarUint8Array(body, others);
      readPresence(encoder, decoding.createDecoder(encoding.toUint8Array(body)), ...rest);
    };
    provider.messageHandlers[MESSAGE.gongbi] = (_encoder, decoder) => {
      const message = decodeGongbi(decoder);
      if (message === null) return;
      if (message.kind === 'hello') this.#hello = message;
      onMessage(message);
    };
    provider.on('sync', (synced) => {
      this.#synced = synced;
      if (!synced) return;
      onSynced();
      awareness.setLocalState(awareness.getLocalState());
    });
    provider.on('status', () => onChange());
    provider.on('connection-close', (event) => this.#onClose(provider, event?.code ?? null));
    provider.on('closed', ({ code }) => onFinalClose(code));
  }

  #onClose(provider: WebsocketProvider, code: number | null): void {
    const saidHello = this.#hello !== null;
    this.#forget();
    if (this.#provider !== provider) return;
    const { environment, query, onClose } = this.#options;
    onClose(code, saidHello);
    if (this.#provider !== provider) return;
    provider.params = query();
    // Jitter: a restarted server is not met by everybody at once.
    const longest = Math.min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** provider.wsUnsuccessfulReconnects);
    provider.maxBackoffTime = longest * (0.5 + environment.random() / 2);
  }
}
