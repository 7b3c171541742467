import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Role } from '../../shared/access/can.ts';
import type { ChapterId, Seq } from '../../shared/ids.ts';
import type { RejectCode } from '../../shared/wire/codes.ts';
import { CLOSE } from '../../shared/wire/codes.ts';
import type { AttributionMessage, GongbiMessage, Hello } from '../../shared/wire/protocol.ts';
import { PROTOCOL_VERSION, SCHEMA_VERSION } from '../../shared/wire/protocol.ts';
import { ChapterSocket } from './chapter-socket.ts';
import { LocalCopy } from './local-copy.ts';
import type { OutboxItem } from './outbox.ts';
import { Outbox } from './outbox.ts';
import type { RefusedText } from './refused-text.ts';
import { refusedText } from './refused-text.ts';
import type { RescueReason } from './rescue.ts';
import { queryOf } from './socket-address.ts';
import type { Tab } from './tab.ts';
import { coversEverything, onlyDeletes } from './update-ranges.ts';
import { WriterId } from './writer-id.ts';

/** Origin of the transaction that brings in what this browser kept. */
const FROM_LOCAL_COPY = Symbol('local copy');
/** An update that holds nothing: no structs, no deletions. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);
/** Longest wait for the local copy before the server's question is answered, ms. */
const ANSWER_GRACE = 300;
/** Longest wait, after a reject, for acknowledgements of what was sent before it, ms. */
const REJECT_PATIENCE = 1000;
/** WebSocket's close code for a message beyond the server's limit. */
const TOO_BIG = 1009;
const MAX_RESYNCS = 3;

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

/** Close codes 44xx; any other of them means that the server did not understand us. */
const FINAL_CLOSES: Readonly<Record<number, CopyEnd>> = {
  [CLOSE.signedOut.code]: { kind: 'signed-out' },
  [CLOSE.forbidden.code]: { kind: 'refused', reason: 'forbidden', reopen: false },
  [CLOSE.gone.code]: { kind: 'refused', reason: 'gone', reopen: false },
  [CLOSE.oldSchema.code]: { kind: 'refused', reason: 'schema', reopen: false },
  [CLOSE.otherEpoch.code]: { kind: 'refused', reason: 'other-epoch', reopen: true },
};

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
  /** Is somebody to be told who wrote what comes? Asked at each opening of a socket. */
  readonly wantsAttribution: () => boolean;
  readonly onAttribution: (message: AttributionMessage) => void;
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
  readonly local: LocalCopy;
  readonly #options: ChapterCopyOptions;
  readonly #outbox = new Outbox();
  readonly #socket: ChapterSocket;
  readonly #writer: WriterId;
  /** The server's question on this socket that is not answered yet: its vector, and what it has sent since, which it has too. */
  #question: { readonly vector: Uint8Array; readonly heard: Uint8Array[] } | null = null;
  /** Its first question on this socket has been answered: text flows. */
  #flowing = false;
  /** On its way and not acknowledged. */
  #step2: { readonly n: number; readonly update: Uint8Array } | null = null;
  /** Refused; what was sent before is still being acknowledged. */
  #rejected: { readonly n: number; readonly code: RejectCode } | null = null;
  #cancelReject: (() => void) | null = null;
  /** Closed for gaps that nothing could fill, without a saved change between. */
  #resyncs = 0;
  #ready = false;
  #since: Seq | null = null;
  #savedSeq: Seq = 0;
  #role: Role | null = null;
  #mayWrite = true;
  #outdated = false;
  #phase: 'loading' | 'open' | 'ended' | 'closed' = 'loading';
  #applying = false;
  #tidying: Uint8Array | null = null;
  readonly #late: Uint8Array[] = [];

  constructor(options: ChapterCopyOptions) {
    this.#options = options;
    const { tab, chapter } = options;
    const { environment, database, report } = tab;
    this.doc.clientID = environment.newClientId();
    // Known as text from the first update on: Yjs treats a root that nobody has named otherwise.
    this.doc.getText('t');
    this.awareness = new Awareness(this.doc);
    this.#writer = new WriterId(tab, this.doc, this.awareness);
    const wholeState = () => Y.encodeStateAsUpdate(this.doc);
    this.local = new LocalCopy({ environment, database, report, chapter, owner: tab.token, wholeState, onChange: () => this.#onStored() });
    this.#socket = new ChapterSocket({
      environment,
      report,
      chapter,
      doc: this.doc,
      awareness: this.awareness,
      query: () => this.#query(),
      onMessage: (message) => this.#onMessage(message),
      onQuestion: (vector, gap) => this.#onQuestion(vector, gap),
      applyRemote: (apply) => this.#apply(apply),
      onSynced: () => this.#onSynced(),
      onClose: (code, saidHello) => this.#onClose(code, saidHello),
      onFinalClose: (code) => this.#onFinalClose(code),
      onChange: options.onChange,
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
      this.#onUpdate(update, origin, transaction),
    );
  }

  get status(): CopyStatus {
    return {
      ready: this.#ready,
      connected: this.#socket.hello !== null,
      synced: this.#socket.synced,
      unsaved: this.#outbox.size,
      savedSeq: this.#savedSeq,
      role: this.#role,
      mayWrite: this.#mayWrite,
      durable: this.local.durable,
      outdated: this.#outdated,
    };
  }

  /** Own text that the server has not acknowledged, or that was typed after the end. */
  get hasUnsaved(): boolean {
    return this.#outbox.size > 0 || this.#late.length > 0;
  }

  /** Reads what the browser kept, then connects. */
  async open(): Promise<void> {
    const { tab, onChange } = this.#options;
    const loaded = await this.local.load((name) => tab.hold(name));
    if (this.#phase !== 'loading') return;
    this.#phase = 'open';
    const bringIn = () => {
      for (const update of loaded.updates) Y.applyUpdate(this.doc, update, FROM_LOCAL_COPY);
    };
    this.#apply(() => Y.transact(this.doc, bringIn, FROM_LOCAL_COPY, false));
    for (const item of loaded.unsent) this.#outbox.add(item);
    this.#savedSeq = loaded.record.savedSeq;
    this.#mayWrite = loaded.record.mayWrite;
    this.#ready = loaded.updates.length > 0;
    this.#writer.loaded(loaded.existed);
    this.#socket.connect();
    onChange();
  }

  /** The person is about to write: asks for a client id of their own, if this tab has none. */
  wantToWrite(): void {
    if (this.#mayWrite && this.#options.tab.identity.current === null) this.#socket.askForLease();
  }

  askForAttribution(on: boolean): void {
    this.#socket.askForAttribution(on);
  }

  /** Connects at once instead of waiting for the next attempt. @param again also gives up a socket that may be dead */
  reconnect(again: boolean): void {
    if (this.#phase === 'open') this.#socket.reconnect(again);
  }

  /** Own changes that were not acknowledged, and what was typed after the end, as text. */
  refused(): RefusedText {
    const own = [...this.#outbox.items.map((item) => item.update), ...this.#late];
    return refusedText(this.doc, own, this.#step2 === null ? [] : [this.#step2.update]);
  }

  /** Ends it. What is unsaved is still in it, to be rescued. */
  end(end: CopyEnd): void {
    if (this.#phase === 'ended' || this.#phase === 'closed') return;
    this.#cancelReject?.();
    if (end.kind === 'refused') {
      this.#phase = 'ended';
      this.#mayWrite = this.#mayWrite && end.reopen;
      this.#writer.stop();
    }
    this.#socket.stop();
    this.#question = null;
    this.#flowing = false;
    this.#outbox.forgetSocket();
    this.#options.onEnd(end);
  }

  /** Gives the document up. What is stored stays. */
  async close(): Promise<void> {
    this.#cancelReject?.();
    this.#socket.stop();
    await this.local.close();
    this.#phase = 'closed';
    this.#writer.stop();
    this.doc.destroy();
  }

  // ------------------------------------------------------------------ what the server says

  #query(): Record<string, string> {
    const { epoch, seen } = this.local.record;
    const params = {
      protocol: PROTOCOL_VERSION,
      schema: SCHEMA_VERSION,
      ...(this.#since === null ? {} : { since: this.#since }),
      ...(seen === null ? {} : { seen }),
      ...(epoch === null ? {} : { epoch }),
    };
    return queryOf(params, this.#options.query);
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
        this.#onReject(message.n, message.code);
        return;
      case 'rights':
        this.#onRights(message.role, message.mayWrite);
        return;
      case 'lease':
        // Where typing was faster, the tab has an id, and the lease lapses unused.
        this.#options.tab.identity.claim(message.clientId, this.local.durable);
        return;
      case 'attribution':
        this.#options.onAttribution(message);
        return;
      default:
        return;
    }
  }

  #onHello(hello: Hello): void {
    const { epoch } = this.local.record;
    if (hello.protocol !== PROTOCOL_VERSION) return;
    if (epoch !== null && epoch !== hello.epoch) {
      this.end({ kind: 'refused', reason: 'other-epoch', reopen: true });
      return;
    }
    this.#outdated = hello.schema !== SCHEMA_VERSION;
    this.local.remember({ epoch: hello.epoch, seen: `${hello.seq}.${hello.chainHead}` });
    this.#onRights(hello.role, hello.mayWrite);
    if (this.#options.wantsAttribution()) this.askForAttribution(true);
    void this.#takeOverOrphans();
  }

  /** Another tab may have been closed with text unsent while this one was open. */
  async #takeOverOrphans(): Promise<void> {
    const items = await this.local.takeOverOrphans((name) => this.#options.tab.hold(name));
    if (items.length === 0 || this.#phase !== 'open') return;
    for (const item of items) {
      this.#apply(() => Y.applyUpdate(this.doc, item.update, FROM_LOCAL_COPY));
      this.#outbox.add(item);
    }
    this.#pump();
    this.#options.onChange();
  }

  #onRights(role: Role, mayWrite: boolean): void {
    this.#role = role;
    this.#mayWrite = mayWrite && !this.#outdated;
    this.local.remember({ mayWrite: this.#mayWrite });
    if (!this.#mayWrite && this.#outbox.size > 0) {
      this.end({ kind: 'refused', reason: this.#whyReadOnly(), reopen: true });
      return;
    }
    this.#answerSoon();
    this.#options.onChange();
  }

  #whyReadOnly(): RescueReason {
    if (this.#outdated) return 'schema';
    return this.#role === 'owner' || this.#role === 'editor' ? 'frozen' : 'read-only';
  }

  #onQuestion(vector: Uint8Array, gap: boolean): void {
    this.#question = { vector, heard: [] };
    if (gap) this.#answer();
    else this.#answerSoon();
  }

  /** Text leaves once this browser keeps it; but a slow disk does not keep it from the server for ever. */
  #answerSoon(): void {
    const question = this.#question;
    if (question === null || !this.#mayWrite || this.#phase !== 'open') return;
    if (this.#writer.isForked(Y.decodeStateVector(question.vector))) {
      this.end({ kind: 'refused', reason: 'fork', reopen: true });
      return;
    }
    if (this.#outbox.items.every((item) => item.ready)) {
      this.#answer();
      return;
    }
    void this.#stored().then(() => {
      if (this.#question === question) this.#answer();
    });
  }

  async #stored(): Promise<void> {
    let cancel = () => {};
    const grace = new Promise<void>((resolve) => {
      cancel = this.#options.tab.environment.after(ANSWER_GRACE, resolve);
    });
    await Promise.race([this.local.settled(), grace]);
    cancel();
  }

  /** The outbox first, change by change; then what else the server lacks. */
  #answer(): void {
    const question = this.#question;
    if (question === null || !this.#mayWrite || this.#phase !== 'open') return;
    const isGap = this.#flowing;
    this.#question = null;
    this.#flowing = true;
    this.#pump();
    // A SyncStep2 would repeat the outbox as one entry: it says something where the server lacks something else, and always after a gap.
    // Else it is empty: it ends what was kept, and from here on text was written while the server heard.
    const sent = [...this.#outbox.items.map((item) => item.update), ...question.heard];
    const isAllSent = !isGap && coversEverything(this.doc, Y.decodeStateVector(question.vector), sent);
    const update = isAllSent ? EMPTY_UPDATE : Y.encodeStateAsUpdate(this.doc, question.vector);
    const n = this.#socket.sendStep2(update);
    if (n !== null) this.#step2 = { n, update };
  }

  #pump(): void {
    if (!this.#flowing || !this.#mayWrite || this.#rejected !== null || this.#phase !== 'open') return;
    for (const item of this.#outbox.takeReady()) item.sentAs = this.#socket.sendUpdate(item.update);
  }

  #onAck(seq: Seq, n: number): void {
    const items = this.#outbox.acknowledge(n);
    if (this.#step2 !== null && this.#step2.n <= n) this.#step2 = null;
    if (this.#socket.synced) this.#since = Math.max(this.#since ?? 0, seq);
    if (items.length > 0) {
      this.#resyncs = 0;
      this.#savedSeq = Math.max(this.#savedSeq, seq);
      this.local.acknowledged(items, seq);
      this.#options.onSaved(items, seq);
    }
    if (this.#rejected !== null && n >= this.#rejected.n - 1) this.#endRejected(this.#rejected.code);
    else this.#options.onChange();
  }

  /** A reject overtakes the acknowledgements of what was taken before it: wait for those, so that only refused words are rescued. */
  #onReject(n: number, code: RejectCode): void {
    if (this.#rejected !== null || this.#phase !== 'open') return;
    this.#rejected = { n, code };
    const isTaken = (sentAs: number | null) => sentAs !== null && sentAs < n;
    if (this.#outbox.items.some((item) => isTaken(item.sentAs)) || isTaken(this.#step2?.n ?? null)) {
      this.#cancelReject = this.#options.tab.environment.after(REJECT_PATIENCE, () => this.#endRejected(code));
    } else {
      this.#endRejected(code);
    }
  }

  #endRejected(code: RejectCode): void {
    this.end({ kind: 'refused', reason: code, reopen: code !== 'gone' });
  }

  #onSynced(): void {
    this.#ready = true;
    this.#since = Math.max(this.#since ?? 0, this.#socket.hello?.seq ?? 0);
    this.#writer.synced();
    this.#options.onChange();
  }

  #onClose(code: number | null, saidHello: boolean): void {
    const hadStep2 = this.#step2 !== null;
    this.#question = null;
    this.#flowing = false;
    if (this.#phase !== 'open') return;
    if (this.#rejected !== null) {
      this.#endRejected(this.#rejected.code);
      return;
    }
    if (code === TOO_BIG && (this.#outbox.size > 0 || hadStep2)) {
      this.end({ kind: 'refused', reason: 'too-big', reopen: true });
      return;
    }
    if (code === CLOSE.resync.code) {
      this.#resyncs += 1;
      if (this.#resyncs >= MAX_RESYNCS) {
        this.end({ kind: 'refused', reason: 'bad-update', reopen: true });
        return;
      }
    }
    this.#step2 = null;
    this.#outbox.forgetSocket();
    if (!saidHello) this.#options.onUnreachable();
    this.#options.onChange();
  }

  #onFinalClose(code: number): void {
    if (code === CLOSE.oldSchema.code) this.#outdated = true;
    this.end(FINAL_CLOSES[code] ?? { kind: 'refused', reason: 'bad-update', reopen: true });
  }

  // ------------------------------------------------------------------ what happens in the document

  #onUpdate(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
    this.#writer.follow();
    if (!transaction.local) {
      if (origin === FROM_LOCAL_COPY) return;
      this.local.append(update, null);
      this.#question?.heard.push(update);
      return;
    }
    // Yjs takes redundant formatting out after a remote change. That is nobody's act: it is kept, and rides with this person's next own change.
    if (this.#applying && origin === null && onlyDeletes(update)) {
      this.#tidying = this.#tidying === null ? update : Y.mergeUpdates([this.#tidying, update]);
      this.local.append(update, null);
      return;
    }
    this.#onWritten(update);
  }

  #onWritten(update: Uint8Array): void {
    if (this.#phase === 'ended') {
      this.#late.push(update);
      this.#options.onLateText();
      return;
    }
    const whole = this.#tidying === null ? update : Y.mergeUpdates([this.#tidying, update]);
    this.#tidying = null;
    this.#writer.wrote(this.local.durable);
    const at = this.#options.tab.environment.now();
    const item: OutboxItem = { update: whole, at, offline: !this.#flowing, key: null, ready: false, sentAs: null };
    this.#outbox.add(item);
    this.local.append(whole, item);
    if (this.#mayWrite) this.#options.onChange();
    else this.end({ kind: 'refused', reason: this.#whyReadOnly(), reopen: true });
  }

  /** Something is stored, or storing has failed. */
  #onStored(): void {
    if (this.local.failed) this.#writer.leave();
    this.#pump();
    this.#options.onChange();
  }

  #apply(apply: () => void): void {
    this.#applying = true;
    try {
      apply();
    } finally {
      this.#applying = false;
    }
  }
}
