import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Role } from '../../shared/access/can.ts';
import type { ChapterId, Seq } from '../../shared/ids.ts';
import type { AttributionMessage } from '../../shared/wire/protocol.ts';
import type { CopyEnd } from './chapter-copy.ts';
import { ChapterCopy } from './chapter-copy.ts';
import type { OutboxItem } from './outbox.ts';
import type { Rescue, RescueReason, Rescues } from './rescue.ts';
import type { Tab } from './tab.ts';
import type { Unreachable } from './why-unreachable.ts';

/**
 * loading: nothing to show yet · connecting: there is text or will be soon · live: the server hears us · offline: it does not, typing is kept ·
 * refused: it will not hear us (see `refusal`) · closed.
 */
export type ChapterPhase = 'loading' | 'connecting' | 'live' | 'offline' | 'refused' | 'closed';

export interface Refusal {
  readonly reason: RescueReason | 'signed-out';
  /** The rescue copy that holds the words, where there were any. */
  readonly rescue: string | null;
  /** Counts refusals, so that a second one of the same kind is told too. */
  readonly number: number;
}

export interface ChapterState {
  readonly phase: ChapterPhase;
  /** The text is what this browser kept or what the server has: it may be shown and written in. */
  readonly ready: boolean;
  readonly synced: boolean;
  /** Own changes that the server has not acknowledged (笔). */
  readonly unsaved: number;
  /** The newest entry that holds own text. */
  readonly savedSeq: Seq;
  readonly role: Role | null;
  readonly mayWrite: boolean;
  /** False: this browser keeps nothing; what is unsaved is lost with the page. */
  readonly durable: boolean;
  /** The page is older than the server's chapter schema: read-only until it is loaded again. */
  readonly outdated: boolean;
  readonly refusal: Refusal | null;
  /** Changes when `doc`, `text` and `awareness` are other objects than before: the editor must be mounted on the new ones. */
  readonly generation: number;
  /** Own changes written offline and acknowledged since, counted up. */
  readonly offlineSaved: number;
}

export interface ChapterOptions {
  readonly tab: Tab;
  readonly chapter: ChapterId;
  readonly rescues: Rescues;
  /** The chapter's heading, asked when a rescue copy is made. */
  readonly heading: () => string;
  /** Asks why no socket can be opened (a browser is not told). */
  readonly whyUnreachable: () => Promise<Unreachable>;
  /** Further parameters of the socket's address, such as a script's token. */
  readonly query?: Readonly<Record<string, string>>;
}

/** So many refusals without a saved change between them: then no further attempt. */
const MAX_REFUSALS = 3;
/** Refusals that say that the client id itself cannot be used. */
const SPENT_IDS: ReadonlySet<RescueReason> = new Set<RescueReason>(['foreign-client', 'fork', 'too-many-ids']);
/** How long closing waits for acknowledgements, ms. */
const CLOSING_PATIENCE = 3000;

/** One chapter's live text. `doc`, `text` and `awareness` are those of the present generation. */
export interface ChapterConnection {
  readonly chapter: ChapterId;
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly awareness: Awareness;
  readonly state: StoreApi<ChapterState>;
  /** To be called when the caret enters the chapter: asks for a client id if this tab has none. */
  wantToWrite(): void;
  /** Tells who wrote what comes from now on, own text too. @returns a function that ends it */
  watchAuthors(tell: (message: AttributionMessage) => void): () => void;
  /** Tries at once instead of waiting. @param again also gives up a socket that may be dead */
  reconnect(again?: boolean): void;
  /** The chapter was taken out of the outline, or the member left: ends it, with a rescue copy of what was unsaved. */
  end(reason: RescueReason): void;
  /** Lets go of the chapter; waits a little for what is on its way. What is unsaved stays in this browser and is sent at the next opening. */
  close(): Promise<void>;
}

/** Opens a chapter. Returns at once; the state tells how far it is. */
export function openChapter(options: ChapterOptions): ChapterConnection {
  return new Connection(options);
}

class Connection implements ChapterConnection {
  readonly chapter: ChapterId;
  readonly state: StoreApi<ChapterState>;
  readonly #options: ChapterOptions;
  readonly #stopNetwork: () => void;
  /** On the screen; may have ended, then `#next` takes its place as soon as it has text. */
  #shown: ChapterCopy;
  #next: ChapterCopy | null = null;
  readonly #ended: ChapterCopy[] = [];
  readonly #authorWatchers = new Set<(message: AttributionMessage) => void>();
  /** Rescue copy of each ended copy. */
  readonly #rescued = new Map<ChapterCopy, Rescue | null>();
  #refusals = 0;
  #refusal: Refusal | null = null;
  #refusedForGood = false;
  #generation = 0;
  #offlineSaved = 0;
  #savedSeq: Seq = 0;
  #unreachable = false;
  #asking = false;
  #closed = false;
  readonly #entered: Promise<() => void>;

  constructor(options: ChapterOptions) {
    this.#options = options;
    this.chapter = options.chapter;
    this.#shown = this.#makeCopy();
    this.state = createStore<ChapterState>(() => this.#describe());
    this.#entered = options.tab.enter(options.chapter);
    void this.#entered.then(() => this.#shown.open());
    this.#stopNetwork = options.tab.environment.onNetworkChange((online) => this.reconnect(!online));
  }

  get doc(): Y.Doc {
    return this.#shown.doc;
  }

  get text(): Y.Text {
    return this.#shown.doc.getText('t');
  }

  get awareness(): Awareness {
    return this.#shown.awareness;
  }

  watchAuthors(tell: (message: AttributionMessage) => void): () => void {
    this.#authorWatchers.add(tell);
    if (this.#authorWatchers.size === 1) this.#current.askForAttribution(true);
    return () => {
      this.#authorWatchers.delete(tell);
      if (this.#authorWatchers.size === 0 && !this.#closed) this.#current.askForAttribution(false);
    };
  }

  wantToWrite(): void {
    this.#current.wantToWrite();
  }

  reconnect(again = false): void {
    if (this.#refusedForGood || this.#closed) return;
    if (this.#refusal?.reason === 'signed-out') this.#refusal = null;
    this.#current.reconnect(again);
  }

  end(reason: RescueReason): void {
    this.#current.end({ kind: 'refused', reason, reopen: false });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#drained();
    this.#closed = true;
    this.#stopNetwork();
    const leave = await this.#entered;
    await Promise.all(this.#copies.map((copy) => copy.close()));
    leave();
    this.#publish();
  }

  /** The copy that talks to the server, or would. */
  get #current(): ChapterCopy {
    return this.#next ?? this.#shown;
  }

  get #copies(): ChapterCopy[] {
    return [...new Set([this.#shown, ...this.#ended, ...(this.#next === null ? [] : [this.#next])])];
  }

  #drained(): Promise<void> {
    const isDone = (state: ChapterState) => state.unsaved === 0 || state.phase !== 'live';
    if (isDone(this.state.getState())) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        stop();
        resolve();
      };
      const cancel = this.#options.tab.environment.after(CLOSING_PATIENCE, finish);
      const stop = this.state.subscribe((state) => {
        if (isDone(state)) finish();
      });
    });
  }

  #makeCopy(): ChapterCopy {
    const { tab, chapter, query } = this.#options;
    const copy: ChapterCopy = new ChapterCopy({
      tab,
      chapter,
      query: query ?? {},
      onChange: () => this.#onChange(),
      onSaved: (items, seq) => this.#onSaved(items, seq),
      onEnd: (end) => this.#onEnd(copy, end),
      onLateText: () => this.#onLateText(copy),
      wantsAttribution: () => this.#authorWatchers.size > 0,
      onAttribution: (message) => {
        for (const tell of this.#authorWatchers) tell(message);
      },
      onUnreachable: () => void this.#askWhy(),
    });
    return copy;
  }

  #onChange(): void {
    if (this.#next?.status.synced) this.#show(this.#next);
    if (this.#current.status.connected) this.#unreachable = false;
    this.#publish();
  }

  /** The new document has its text: it takes the place of the ended one on the screen. */
  #show(copy: ChapterCopy): void {
    this.#shown = copy;
    this.#next = null;
    this.#generation += 1;
  }

  #onSaved(items: readonly OutboxItem[], seq: Seq): void {
    this.#refusals = 0;
    this.#savedSeq = Math.max(this.#savedSeq, seq);
    this.#offlineSaved += items.filter((item) => item.offline).length;
  }

  #onEnd(copy: ChapterCopy, end: CopyEnd): void {
    const number = (this.#refusal?.number ?? 0) + 1;
    if (end.kind === 'signed-out') {
      this.#refusal = { reason: 'signed-out', rescue: null, number };
      this.#publish();
      return;
    }
    this.#refusals += 1;
    // Of documents ended earlier nothing is on the screen any more.
    for (const old of this.#ended.splice(0)) if (old !== this.#shown) void old.close();
    this.#ended.push(copy);
    // Its clocks were used for text that never came to be: nothing else may be written under them.
    if (copy.hasUnsaved || SPENT_IDS.has(end.reason)) this.#options.tab.identity.retire(copy.doc.clientID);
    const rescue = this.#rescue(copy, end.reason);
    this.#rescued.set(copy, rescue);
    this.#refusal = { reason: end.reason, rescue: rescue?.id ?? null, number };
    if (rescue !== null) this.#options.rescues.show(rescue);
    this.#refusedForGood = !end.reopen || this.#refusals >= MAX_REFUSALS;
    if (this.#next === copy) this.#next = null;
    void this.#replace(copy, rescue);
    this.#publish();
  }

  /** The rescue copy is stored in the transaction that drops the document; only then is it opened afresh. */
  async #replace(copy: ChapterCopy, rescue: Rescue | null): Promise<void> {
    const stored = await copy.local.drop(rescue);
    const later = this.#rescued.get(copy) ?? null;
    if (later !== null && (!stored || later !== rescue)) await this.#options.rescues.put(later);
    if (this.#closed || this.#refusedForGood || this.#next !== null) return;
    this.#next = this.#makeCopy();
    void this.#next.open();
    this.#publish();
  }

  #rescue(copy: ChapterCopy, reason: RescueReason): Rescue | null {
    const refused = copy.refused();
    if (refused.text.trim() === '') return null;
    const { environment, report } = this.#options.tab;
    const before = this.#rescued.get(copy) ?? null;
    return {
      id: before?.id ?? environment.newName(),
      report,
      chapter: this.chapter,
      heading: before?.heading ?? this.#options.heading(),
      reason,
      text: refused.text,
      pieces: refused.pieces,
      removed: refused.removed,
      at: before?.at ?? environment.now(),
    };
  }

  /** Typing under way did not stop with the refusal: those words belong to the same rescue copy. */
  #onLateText(copy: ChapterCopy): void {
    if (this.#closed || this.#refusal === null || this.#refusal.reason === 'signed-out') return;
    const rescue = this.#rescue(copy, this.#rescued.get(copy)?.reason ?? this.#refusal.reason);
    if (rescue === null) return;
    this.#rescued.set(copy, rescue);
    if (this.#refusal.rescue === null) this.#refusal = { ...this.#refusal, rescue: rescue.id };
    void this.#options.rescues.put(rescue);
    this.#publish();
  }

  async #askWhy(): Promise<void> {
    this.#unreachable = true;
    this.#publish();
    if (this.#asking || this.#closed) return;
    this.#asking = true;
    const why = await this.#options.whyUnreachable();
    this.#asking = false;
    if (this.#closed || this.#current.status.connected) return;
    if (why === 'signed-out') this.#current.end({ kind: 'signed-out' });
    else if (why === 'forbidden') this.#current.end({ kind: 'refused', reason: 'forbidden', reopen: false });
  }

  #publish(): void {
    this.state.setState(this.#describe(), true);
  }

  #describe(): ChapterState {
    const shown = this.#shown.status;
    const current = this.#current.status;
    return {
      phase: this.#phase(),
      ready: shown.ready,
      synced: current.synced,
      unsaved: this.#rescued.has(this.#current) ? 0 : current.unsaved,
      savedSeq: Math.max(this.#savedSeq, current.savedSeq),
      role: current.role ?? shown.role,
      mayWrite: !this.#refusedForGood && shown.mayWrite && (current.mayWrite || this.#next !== null),
      durable: current.durable,
      outdated: current.outdated,
      refusal: this.#refusal,
      generation: this.#generation,
      offlineSaved: this.#offlineSaved,
    };
  }

  #phase(): ChapterPhase {
    if (this.#closed) return 'closed';
    if (this.#refusedForGood || this.#refusal?.reason === 'signed-out') return 'refused';
    const { connected, ready, synced } = this.#current.status;
    if (connected && synced) return 'live';
    if (this.#unreachable) return 'offline';
    return ready || connected ? 'connecting' : 'loading';
  }
}
