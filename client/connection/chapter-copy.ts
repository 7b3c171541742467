import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Role } from '../../shared/access/can.ts';
import type { ChapterId, ClientId, Seq } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/wire/codes.ts';
import type { GongbiMessage, Hello } from '../../shared/wire/protocol.ts';
import { decodeGongbi, encodeGongbi, MESSAGE, PROTOCOL_VERSION, SCHEMA_VERSION, SYNC, SYNC_PATH } from '../../shared/wire/protocol.ts';
import type { CountingSocket } from './counting-socket.ts';
import { countingSocketClass, keepPresence } from './counting-socket.ts';
import { LocalCopy } from './local-copy.ts';
import type { OutboxItem } from './outbox.ts';
import { Outbox } from './outbox.ts';
import type { RefusedText } from './refused-text.ts';
import { refusedText } from './refused-text.ts';
import type { RescueReason } from './rescue.ts';
import { queryOf, socketOrigin } from './socket-address.ts';
import type { Tab } from './tab.ts';
import { coversEverything, onlyDeletes } from './update-ranges.ts';

/** Origin of the transaction that brings in what this browser kept. */
const FROM_LOCAL_COPY = Symbol('local copy');
const MAX_BACKOFF = 10_000;
/** Longest wait for the local copy before the server's question is answered. */
const ANSWER_GRACE = 300;

export interface CopyStatus {
  /** There is text to show: what this browser kept, or what the server sent. */
  readonly ready: boolean;
  /** Said hello and not closed since. */
  readonly connected: boolean;
  readonly synced: boolean;
  readonly unsaved: number;
  readonly savedSeq: Seq;
  readonly role: Role | null;
  readonly mayWrite: boolean;
  readonly durable: boolean;
  /** The server speaks another version of the chapter schema: this page must be loaded again. */
  readonly outdated: boolean;
}

/** Why a copy came to its end. */
export type CopyEnd =
  /** Its text cannot go on; what was not acknowledged must be rescued. */
  | { readonly kind: 'refused'; readonly reason: RescueReason; readonly reopen: boolean }
  /** Nothing is wrong with it: it goes on after signing in again, and keeps what is typed until then. */
  | { readonly kind: 'signed-out' };

export interface ChapterCopyOptions {
  readonly tab: Tab;
  readonly chapter: ChapterId;
  /** Further parameters of the address, such as a script's token. */
  readonly query: Readonly<Record<string, string>>;
  readonly onChange: () => void;
  /** Items were acknowledged. */
  readonly onSaved: (items: readonly OutboxItem[], seq: Seq) => void;
  readonly onEnd: (end: CopyEnd) => void;
  /** Typed into a document that has ended and is still on the screen. */
  readonly onLateText: () => void;
  /** A socket closed before the server said anything: a browser cannot see why. */
  readonly onUnreachable: () => void;
}

/**
 * One Y.Doc of a chapter from opening to its end: what the browser kept of it, its outbox, its socket. A reject ends it; the connection
 * then opens another one (design §3).
 */
export class ChapterCopy {
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly #options: ChapterCopyOptions;
  readonly #local: LocalCopy;
  readonly #outbox = new Outbox();
  readonly #stopClaims: () => void;
  #provider: WebsocketProvider | null = null;
  #socket: CountingSocket | null = null;
  #hello: Hello | null = null;
  /** The server's vector, once it has asked on this socket. */
  #asked: Uint8Array | null = null;
  /** Its first question on this socket has been answered: text flows. */
  #answered = false;
  /** What the server has sent since it asked: it has that too. */
  readonly #heard: Uint8Array[] = [];
  #askedForLease = false;
  #step2: { readonly n: number; readonly update: Uint8Array } | null = null;
  #ready = false;
  #synced = false;
  #everAsked = false;
  #since: Seq | null = null;
  #savedSeq: Seq = 0;
  #role: Role | null = null;
  #mayWrite = true;
  #outdated = false;
  #opened = false;
  #ended = false;
  #closed = false;
  /** The browser stopped keeping text while this copy was open. */
  #forgetful = false;
  #applying = false;
  /** Our client id's clock when the local copy had been read: the server cannot know more than this before we send. */
  #clockAtLoad = 0;
  #tidying: Uint8Array | null = null;
  readonly #late: Uint8Array[] = [];

  constructor(options: ChapterCopyOptions) {
    this.#options = options;
    const { tab, chapter } = options;
    this.doc.clientID = tab.environment.newClientId();
    this.awareness = new Awareness(this.doc);
    this.#local = new LocalCopy({
      environment: tab.environment,
      database: tab.database,
      report: tab.report,
      chapter,
      owner: tab.token,
      wholeState: () => Y.encodeStateAsUpdate(this.doc),
      onChange: () => this.#onLocalChange(),
    });
    this.#stopClaims = tab.identity.onClaim(() => this.#adoptIfSafe());
    this.doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
      this.#onUpdate(update, origin, transaction),
    );
  }

  get status(): CopyStatus {
    return {
      ready: this.#ready,
      connected: this.#hello !== null,
      synced: this.#synced,
      unsaved: this.#outbox.size,
      savedSeq: this.#savedSeq,
      role: this.#role,
      mayWrite: this.#mayWrite,
      durable: this.#local.durable,
      outdated: this.#outdated,
    };
  }

  /** Reads what the browser kept, then connects. */
  async open(): Promise<void> {
    const { tab } = this.#options;
    const loaded = await this.#local.load((name) => tab.hold(name));
    if (this.#ended || this.#closed) return;
    this.#applyQuietly(() =>
      Y.transact(
        this.doc,
        () => {
          for (const update of loaded.updates) Y.applyUpdate(this.doc, update, FROM_LOCAL_COPY);
        },
        FROM_LOCAL_COPY,
        false,
      ),
    );
    for (const item of loaded.unsent) this.#outbox.add(item);
    this.#savedSeq = loaded.record.savedSeq;
    this.#mayWrite = loaded.record.mayWrite;
    this.#ready = loaded.updates.length > 0;
    // The id's lock was taken before this copy was read and text leaves only once it is stored: the copy holds all that was ever sent under it.
    if (loaded.existed) this.#adopt();
    else this.#adoptIfSafe();
    this.#clockAtLoad = this.#clockOf(this.doc.clientID);
    this.#opened = true;
    this.#connect();
    this.#options.onChange();
  }

  /** The person is about to write: asks for a client id of their own, if this tab has none. */
  wantToWrite(): void {
    const { identity } = this.#options.tab;
    if (identity.current !== null || this.#askedForLease || !this.#mayWrite || this.#hello === null) return;
    this.#askedForLease = true;
    this.#socket?.sendFrame(encodeGongbi({ kind: 'ask-lease' }));
  }

  /** Connects at once instead of waiting for the next attempt. @param again also gives up a socket that may be dead */
  reconnect(again: boolean): void {
    const provider = this.#provider;
    if (this.#ended || this.#closed || !this.#opened) return;
    // Signed out, and in again.
    if (provider === null) {
      this.#connect();
      return;
    }
    if (again && provider.ws !== null) provider.disconnect();
    provider.connect();
  }

  /** Own changes that were not acknowledged, and what was typed after the end, as text. */
  refused(): RefusedText {
    const own = [...this.#outbox.items.map((item) => item.update), ...this.#late];
    return refusedText(this.doc, own, this.#step2 === null ? [] : [this.#step2.update]);
  }

  get unsentText(): boolean {
    return this.#outbox.size > 0 || this.#late.length > 0;
  }

  /** Ends it from outside: the chapter was taken out of the outline, the right was lost. */
  end(end: CopyEnd): void {
    this.#end(end);
  }

  get local(): LocalCopy {
    return this.#local;
  }

  /** Gives the document up. What is stored stays. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#disconnect();
    await this.#local.close();
    this.#ended = true;
    this.#stopClaims();
    this.doc.destroy();
  }

  // ------------------------------------------------------------------ the socket

  #connect(): void {
    const { tab, chapter } = this.#options;
    const { environment } = tab;
    const provider = new WebsocketProvider(`${socketOrigin(environment.origin)}${SYNC_PATH}${tab.report}`, chapter, this.doc, {
      connect: false,
      disableBc: true,
      awareness: this.awareness,
      params: this.#query(),
      WebSocketPolyfill: countingSocketClass(environment.WebSocket, {
        created: (socket) => {
          this.#socket = socket;
        },
        ownPresence: () => (this.#synced ? this.awareness.clientID : null),
      }),
    });
    this.#provider = provider;
    this.#listen(provider);
    provider.connect();
  }

  #listen(provider: WebsocketProvider): void {
    const sync = provider.messageHandlers[MESSAGE.sync]!;
    const awareness = provider.messageHandlers[MESSAGE.awareness]!;
    provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
      if (decoding.peekVarUint(decoder) === SYNC.step1) {
        decoding.readVarUint(decoder);
        this.#onQuestion(decoding.readVarUint8Array(decoder));
        return;
      }
      this.#applyQuietly(() => sync(encoder, decoder, ...rest));
      // The provider's handler begins a reply that neither a SyncStep2 nor an Update has: leave nothing to be sent.
    };
    provider.messageHandlers[MESSAGE.awareness] = (encoder, decoder, ...rest) => {
      // What the server says of ourselves is old news, and its clocks are not ours.
      const others = keepPresence(decoding.readVarUint8Array(decoder), (client) => client !== this.awareness.clientID);
      if (others === null) return;
      const framed = encoding.createEncoder();
      encoding.writeVarUint8Array(framed, others);
      awareness(encoder, decoding.createDecoder(encoding.toUint8Array(framed)), ...rest);
    };
    provider.messageHandlers[MESSAGE.gongbi] = (_encoder, decoder) => {
      const message = decodeGongbi(decoder);
      if (message !== null) this.#onMessage(message);
    };
    provider.on('sync', (synced) => {
      if (synced) this.#onSynced();
    });
    provider.on('status', () => this.#options.onChange());
    provider.on('connection-close', (event) => this.#onClose(event?.code ?? null));
    provider.on('closed', ({ code }) => this.#onFinalClose(code));
  }

  #query(): Record<string, string> {
    const { epoch, seen } = this.#local.record;
    return queryOf(
      {
        protocol: PROTOCOL_VERSION,
        schema: SCHEMA_VERSION,
        ...(this.#since === null ? {} : { since: this.#since }),
        ...(seen === null ? {} : { seen }),
        ...(epoch === null ? {} : { epoch }),
      },
      this.#options.query,
    );
  }

  #onMessage(message: GongbiMessage): void {
    switch (message.kind) {
      case 'hello':
        this.#onHello(message);
        return;
      case 'ack':
        this.#onAck(message.seq, message.n);
        return;
      case 'reject':
        this.#end({ kind: 'refused', reason: message.code, reopen: message.code !== 'gone' });
        return;
      case 'rights':
        this.#onRights(message.role, message.mayWrite);
        return;
      case 'lease':
        // Typing was faster: then the tab has an id, and the lease lapses unused.
        this.#options.tab.identity.claim(message.clientId, this.#local.durable);
        return;
      default:
        return;
    }
  }

  #onHello(hello: Hello): void {
    const { epoch } = this.#local.record;
    if (hello.protocol !== PROTOCOL_VERSION) return;
    if (epoch !== null && epoch !== hello.epoch) {
      this.#end({ kind: 'refused', reason: 'other-epoch', reopen: true });
      return;
    }
    this.#hello = hello;
    this.#outdated = hello.schema !== SCHEMA_VERSION;
    this.#local.remember({ epoch: hello.epoch, seen: `${hello.seq}.${hello.chainHead}` });
    this.#onRights(hello.role, hello.mayWrite);
  }

  #onRights(role: Role, mayWrite: boolean): void {
    this.#role = role;
    this.#mayWrite = mayWrite && !this.#outdated;
    this.#local.remember({ mayWrite: this.#mayWrite });
    if (!this.#mayWrite && this.#outbox.size > 0) {
      this.#end({ kind: 'refused', reason: this.#whyReadOnly(), reopen: true });
      return;
    }
    if (this.#mayWrite && this.#asked !== null && !this.#answered) this.#onQuestion(this.#asked);
    this.#options.onChange();
  }

  #whyReadOnly(): RescueReason {
    if (this.#outdated) return 'schema';
    return this.#role === 'owner' || this.#role === 'editor' ? 'frozen' : 'read-only';
  }

  /** SyncStep1: at first, and whenever something that we sent depends on what the server has not got. */
  #onQuestion(vector: Uint8Array): void {
    this.#asked = vector;
    if (!this.#mayWrite || this.#ended) return;
    if (!this.#everAsked) {
      this.#everAsked = true;
      if (this.#isForked(vector)) {
        this.#end({ kind: 'refused', reason: 'fork', reopen: true });
        return;
      }
    }
    const socket = this.#socket;
    if (socket === null) return;
    if (this.#outbox.items.every((item) => item.ready)) {
      this.#answer(socket, vector);
      return;
    }
    void this.#stored().then(() => {
      if (this.#socket === socket && !this.#ended && this.#hello !== null) this.#answer(socket, vector);
    });
  }

  /** Waits for the local copy, but not for ever. */
  async #stored(): Promise<void> {
    let cancel = () => {};
    const grace = new Promise<void>((resolve) => {
      cancel = this.#options.tab.environment.after(ANSWER_GRACE, resolve);
    });
    await Promise.race([this.#local.settled(), grace]);
    cancel();
  }

  #answer(socket: CountingSocket, vector: Uint8Array): void {
    const isGap = this.#answered;
    this.#answered = true;
    const heard = this.#heard.splice(0);
    this.#pump();
    const updates = this.#outbox.items.map((item) => item.update);
    // A SyncStep2 would repeat the outbox as one entry. It is needed where the server lacks something else, and always after a gap.
    if (!isGap && coversEverything(this.doc, Y.decodeStateVector(vector), [...updates, ...heard])) return;
    const update = Y.encodeStateAsUpdate(this.doc, vector);
    this.#step2 = { n: socket.sendStep2(update), update };
  }

  /**
   * The server knows more of our client id than the local copy did when it was read, and we have sent nothing since: this copy is older than
   * another one under the same id. What was written since under it would be taken for something known.
   */
  #isForked(vector: Uint8Array): boolean {
    const id = this.doc.clientID;
    const known = Y.decodeStateVector(vector).get(id) ?? 0;
    if (known <= this.#clockAtLoad) return false;
    if (this.#clockOf(id) > this.#clockAtLoad) return true;
    // Nothing written yet: until the missing part has come, write under another id.
    this.#setClientId(this.#options.tab.environment.newClientId());
    return false;
  }

  #pump(): void {
    const socket = this.#socket;
    if (socket === null || !this.#answered || !this.#mayWrite || this.#ended || socket.readyState !== socket.OPEN) return;
    for (const item of this.#outbox.takeReady()) item.sentAs = socket.sendUpdate(item.update);
  }

  #onAck(seq: Seq, n: number): void {
    const items = this.#outbox.acknowledge(n);
    if (this.#step2 !== null && this.#step2.n <= n) this.#step2 = null;
    if (this.#synced) this.#since = Math.max(this.#since ?? 0, seq);
    if (items.length > 0) {
      this.#savedSeq = Math.max(this.#savedSeq, seq);
      this.#local.acknowledged(items, seq);
      this.#options.onSaved(items, seq);
    }
    this.#options.onChange();
  }

  #onSynced(): void {
    this.#synced = true;
    this.#ready = true;
    this.#since = Math.max(this.#since ?? 0, this.#hello?.seq ?? 0);
    this.#adopt();
    // Held back until now, so that others see one client id of ours and not two.
    this.awareness.setLocalState(this.awareness.getLocalState());
    this.#options.onChange();
  }

  #onClose(code: number | null): void {
    const provider = this.#provider;
    const saidHello = this.#hello !== null;
    this.#hello = null;
    this.#asked = null;
    this.#answered = false;
    this.#heard.length = 0;
    this.#askedForLease = false;
    this.#synced = false;
    this.#socket = null;
    this.#outbox.forgetSocket();
    if (provider === null || this.#ended || this.#closed) return;
    if (code === 1009 && this.unsentText) {
      this.#end({ kind: 'refused', reason: 'too-big', reopen: true });
      return;
    }
    provider.params = this.#query();
    // Jitter: a restarted server is not met by everybody at once.
    provider.maxBackoffTime =
      Math.min(MAX_BACKOFF, 200 * 2 ** provider.wsUnsuccessfulReconnects) * (0.5 + this.#options.tab.environment.random() / 2);
    if (!saidHello) this.#options.onUnreachable();
    this.#options.onChange();
  }

  /** 44xx: coming back as we are is pointless. */
  #onFinalClose(code: number): void {
    switch (code) {
      case CLOSE.signedOut.code:
        this.#end({ kind: 'signed-out' });
        return;
      case CLOSE.forbidden.code:
        this.#end({ kind: 'refused', reason: 'forbidden', reopen: false });
        return;
      case CLOSE.gone.code:
        this.#end({ kind: 'refused', reason: 'gone', reopen: false });
        return;
      case CLOSE.oldSchema.code:
        this.#outdated = true;
        this.#end({ kind: 'refused', reason: 'schema', reopen: false });
        return;
      case CLOSE.otherEpoch.code:
        this.#end({ kind: 'refused', reason: 'other-epoch', reopen: true });
        return;
      default:
        this.#end({ kind: 'refused', reason: 'bad-update', reopen: true });
        return;
    }
  }

  #disconnect(): void {
    this.#provider?.destroy();
    this.#provider = null;
    this.#socket = null;
    this.#hello = null;
    this.#synced = false;
  }

  #end(end: CopyEnd): void {
    if (this.#ended) return;
    if (end.kind === 'refused') {
      this.#ended = true;
      this.#mayWrite = this.#mayWrite && end.reopen;
      this.#stopClaims();
    }
    this.#disconnect();
    this.#options.onEnd(end);
  }

  // ------------------------------------------------------------------ the document

  #onUpdate(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
    if (this.doc.clientID !== this.awareness.clientID) {
      // Yjs takes another id when it is sent text under its own: somebody else writes under it.
      this.#options.tab.identity.retire(this.awareness.clientID);
      this.#followClientId();
    }
    if (!transaction.local) {
      if (origin === FROM_LOCAL_COPY) return;
      this.#local.append(update, null);
      if (this.#asked !== null && !this.#answered) this.#heard.push(update);
      return;
    }
    // Yjs takes redundant formatting out after a remote change. That is nobody's act: it is kept, and rides with this person's next own change.
    if (this.#applying && origin === null && onlyDeletes(update)) {
      this.#tidying = this.#tidying === null ? update : Y.mergeUpdates([this.#tidying, update]);
      this.#local.append(update, null);
      return;
    }
    this.#onLocal(update);
  }

  #onLocal(update: Uint8Array): void {
    if (this.#ended) {
      this.#late.push(update);
      this.#options.onLateText();
      return;
    }
    const { environment, identity } = this.#options.tab;
    const whole = this.#tidying === null ? update : Y.mergeUpdates([this.#tidying, update]);
    this.#tidying = null;
    if (identity.current === null && this.#clockOf(this.doc.clientID) > 0) identity.claim(this.doc.clientID, this.#local.durable);
    const item: OutboxItem = { update: whole, at: environment.now(), offline: !this.#answered, key: null, ready: false, sentAs: null };
    this.#outbox.add(item);
    this.#local.append(whole, item);
    if (!this.#mayWrite) {
      this.#end({ kind: 'refused', reason: this.#whyReadOnly(), reopen: true });
      return;
    }
    this.#options.onChange();
  }

  #onLocalChange(): void {
    const { identity } = this.#options.tab;
    if (this.#local.failed && !this.#forgetful) {
      this.#forgetful = true;
      // From here on a reload would not know what was sent under this id.
      if (identity.current === this.doc.clientID && !this.#ended) {
        identity.retire(this.doc.clientID);
        this.#setClientId(this.#options.tab.environment.newClientId());
      }
    }
    this.#pump();
    this.#options.onChange();
  }

  #applyQuietly(apply: () => void): void {
    this.#applying = true;
    try {
      apply();
    } finally {
      this.#applying = false;
    }
  }

  #clockOf(id: ClientId): number {
    return Y.getState(this.doc.store, id);
  }

  /** A brand-new id has been used nowhere: it can be taken at once. Otherwise the text must have come from the server first. */
  #adoptIfSafe(): void {
    if (this.#options.tab.identity.fresh || this.#synced) this.#adopt();
  }

  #adopt(): void {
    const id = this.#options.tab.identity.current;
    if (id !== null && !this.#ended) this.#setClientId(id);
  }

  #setClientId(id: ClientId): void {
    if (this.awareness.clientID === id && this.doc.clientID === id) return;
    this.doc.clientID = id;
    this.#followClientId();
  }

  /** Presence is told under the id we write under: the provider expects them to be the same. */
  #followClientId(): void {
    const state = this.awareness.getLocalState();
    this.awareness.setLocalState(null);
    this.awareness.clientID = this.doc.clientID;
    this.awareness.setLocalState(state);
  }
}
