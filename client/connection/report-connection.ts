import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ReportState } from '../../shared/api.ts';
import type { ChapterId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import type { EntryHeader } from '../../shared/log/entry.ts';
import { noteLateText, reduceOutline } from '../../shared/outline/fold.ts';
import type { OutlineEvent } from '../../shared/outline/outline.ts';
import { type RevisionEvent, reduceRevisions } from '../../shared/revisions/revision.ts';
import { CLOSE } from '../../shared/wire/codes.ts';
import type { EntryMessage, GongbiMessage, Hello } from '../../shared/wire/protocol.ts';
import { PROTOCOL_VERSION, SCHEMA_VERSION } from '../../shared/wire/protocol.ts';
import type { Api } from '../api/http.ts';
import { ApiFailure } from '../api/http.ts';
import type { ChapterConnection } from './chapter-connection.ts';
import type { Environment } from './environment.ts';
import { type HeardThreads, heardEntry, NOTHING_HEARD } from './heard-threads.ts';
import { OpenChapters } from './open-chapters.ts';
import { ReportSocket } from './report-socket.ts';
import type { Rescues } from './rescue.ts';
import { createRescues } from './rescue.ts';
import type { SaveView } from './save-state.ts';
import { createSaveView } from './save-state.ts';
import type { Tab } from './tab.ts';
import { openTab } from './tab.ts';
import type { Unreachable } from './why-unreachable.ts';
import { whyUnreachable } from './why-unreachable.ts';

export type ReportPhase = 'loading' | 'connecting' | 'live' | 'offline' | 'refused' | 'closed';

/** What the page knows of the report. */
export interface ReportView {
  readonly phase: ReportPhase;
  /** The fold at `report.seq`, kept up with the log; null until it has come. */
  readonly report: ReportState | null;
  /** Who is in which chapter; members with the report open and no chapter are under ''. */
  readonly places: Readonly<Record<string, readonly MemberId[]>>;
  /** Chapter → whose caret is in it, whether it is open here or not. */
  readonly carets: Readonly<Record<string, readonly MemberId[]>>;
  /** Why the report cannot be followed. */
  readonly refusal: 'signed-out' | 'forbidden' | 'outdated' | null;
  /** The page is older than the server's chapter schema: read-only until it is loaded again. */
  readonly outdated: boolean;
  /** The log's head when the socket opened: below it, the page is still catching up. */
  readonly headAtHello: Seq;
  /** The newest entry about a blank that came since the report was opened here; 0 before the first. */
  readonly blankSeq: Seq;
  /** What was heard about threads since. */
  readonly heardThreads: HeardThreads;
  /** The newest entry about a proofreading finding that came since; 0 before the first. */
  readonly proofSeq: Seq;
  /** Text entries seen since the report was opened here, by author, counted up. */
  readonly textEntries: Readonly<Record<MemberId, number>>;
  /** How often this member was heard to have read something, here or on another device. */
  readonly looked: number;
}

export interface ReportConnection {
  readonly tab: Tab;
  readonly state: StoreApi<ReportView>;
  /** What the title bar says of saving. */
  readonly saving: StoreApi<SaveView>;
  readonly rescues: Rescues;
  /**
   * Opens a chapter's room, or gives the one that is open. Closing it with something unsaved keeps it in the background until that is saved.
   */
  openChapter(chapter: ChapterId): ChapterConnection;
  /** Does an open chapter show what the server has? Without the server: what this browser kept is all there is. */
  isCurrent(chapter: ChapterId): boolean;
  /** Something is not acknowledged: ask before the page is left. */
  hasUnsaved(): boolean;
  /** Tries at once instead of waiting. */
  reconnect(): void;
  /** Fetches the state anew. */
  refresh(): Promise<void>;
  dismissMerged(): void;
  close(): Promise<void>;
}

export interface ReportOptions {
  readonly environment: Environment;
  readonly api: Api;
  readonly member: MemberId;
  readonly report: ReportId;
  /** Further parameters of the sockets' addresses, such as a script's token. */
  readonly query?: Readonly<Record<string, string>>;
}

/** Text moves the counts of characters; they are fetched when it has been quiet, or at least this often (ms). */
const FIGURES_DELAY = 2000;
const RETRY_DELAY = 2000;

/** Opens a report: its state, its socket, its chapters' shared parts. Rejects never; the state tells what is wrong. */
export async function openReport(options: ReportOptions): Promise<ReportConnection> {
  const tab = await openTab(options.environment, options.member, options.report);
  const rescues = createRescues(tab.database);
  await rescues.refresh();
  return new Connection(options, tab, rescues);
}

class Connection implements ReportConnection {
  readonly tab: Tab;
  readonly rescues: Rescues;
  readonly state: StoreApi<ReportView>;
  readonly saving: StoreApi<SaveView>;
  readonly #options: ReportOptions;
  readonly #socket: ReportSocket;
  readonly #chapters: OpenChapters;
  readonly #stopNetwork: () => void;
  readonly #save: ReturnType<typeof createSaveView>;
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  /** The newest entry that the socket told. */
  #heard: Seq = 0;
  #cancelFigures: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #asking: Promise<Unreachable> | null = null;
  #closed = false;

  constructor(options: ReportOptions, tab: Tab, rescues: Rescues) {
    this.#options = options;
    this.tab = tab;
    this.rescues = rescues;
    this.state = createStore<ReportView>(() => ({
      phase: 'loading',
      report: null,
      places: {},
      carets: {},
      refusal: null,
      outdated: false,
      headAtHello: 0,
      blankSeq: 0,
      heardThreads: NOTHING_HEARD,
      proofSeq: 0,
      textEntries: {},
      looked: 0,
    }));
    const query = options.query ?? {};
    this.#chapters = new OpenChapters({
      tab,
      rescues,
      query,
      heading: (chapter) => this.#headingOf(chapter),
      whyUnreachable: () => this.#why(),
    });
    this.#save = createSaveView({ member: options.member, report: this.state, chapters: this.#chapters });
    this.saving = this.#save.view;
    this.#socket = new ReportSocket({
      environment: options.environment,
      report: options.report,
      query,
      params: () => ({ protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, since: this.#seq }),
      onMessage: (message) => this.#onMessage(message),
      onClose: (close) => this.#onClose(close),
    });
    this.#stopNetwork = options.environment.onNetworkChange((online) => this.#socket.connect(!online));
    void this.#start();
  }

  openChapter(chapter: ChapterId): ChapterConnection {
    return this.#chapters.open(chapter);
  }

  isCurrent(chapter: ChapterId): boolean {
    const state = this.#chapters.state.getState().chapters.get(chapter);
    return state?.ready === true && (state.synced || this.state.getState().phase !== 'live');
  }

  hasUnsaved(): boolean {
    return this.#chapters.unsaved > 0;
  }

  reconnect(): void {
    if (this.#closed) return;
    this.state.setState({ refusal: null });
    if (this.state.getState().report === null) void this.#start();
    else this.#socket.connect(true);
    this.#chapters.reconnect();
  }

  dismissMerged(): void {
    this.#save.dismissMerged();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopNetwork();
    this.#socket.stop();
    this.#cancelFigures?.();
    this.#cancelRetry?.();
    await this.#chapters.close();
    this.#save.stop();
    this.state.setState({ phase: 'closed' });
    await this.tab.close();
  }

  get #seq(): Seq {
    return this.state.getState().report?.seq ?? 0;
  }

  #headingOf(chapter: ChapterId): string {
    return this.state.getState().report?.outline.nodes.find((node) => node.id === chapter)?.heading ?? '';
  }

  // ------------------------------------------------------------------ the state over HTTP

  async #start(): Promise<void> {
    await this.refresh();
    if (this.#closed || this.state.getState().refusal !== null) return;
    if (this.state.getState().report === null) {
      this.#cancelRetry?.();
      this.#cancelRetry = this.#options.environment.after(RETRY_DELAY, () => void this.#start());
      return;
    }
    this.#socket.connect();
    await this.#chapters.sendLeftovers();
  }

  refresh(): Promise<void> {
    if (this.#fetching !== null) {
      this.#fetchAgain = true;
      return this.#fetching;
    }
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    do {
      this.#fetchAgain = false;
      try {
        const fetched = await this.#options.api.report(this.#options.report);
        if (this.#closed) return;
        this.#take(fetched);
      } catch (failure) {
        if (!(failure instanceof ApiFailure)) throw failure;
        this.#onFailure(failure);
        return;
      }
    } while (this.#fetchAgain);
  }

  /** Of a state older than the entries that have come since, only the figures are news. */
  #take(fetched: ReportState): void {
    const { report } = this.state.getState();
    const isOlder = report !== null && report.epoch === fetched.epoch && fetched.seq < report.seq;
    this.state.setState({ report: isOlder ? { ...report, figures: fetched.figures } : fetched });
  }

  #onFailure(failure: ApiFailure): void {
    switch (failure.code) {
      case 'signed-out':
        this.#refuse('signed-out');
        return;
      case 'forbidden':
      case 'not-found':
        this.#refuse('forbidden');
        return;
      default:
        if (this.state.getState().phase !== 'live') this.state.setState({ phase: 'offline' });
    }
  }

  #refuse(refusal: NonNullable<ReportView['refusal']>): void {
    this.#socket.stop();
    this.state.setState({ phase: 'refused', refusal });
  }

  #why(): Promise<Unreachable> {
    this.#asking ??= whyUnreachable(this.#options.api, this.#options.report).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  // ------------------------------------------------------------------ the socket

  #onMessage(message: GongbiMessage): void {
    switch (message.kind) {
      case 'hello':
        this.#onHello(message);
        return;
      case 'presence':
        this.state.setState({ places: message.places, carets: message.carets });
        return;
      case 'looked':
        this.state.setState({ looked: this.state.getState().looked + 1 });
        return;
      case 'entry':
        this.#onEntry(message);
        return;
      default:
        return;
    }
  }

  #onHello(hello: Hello): void {
    const { report } = this.state.getState();
    this.state.setState({ phase: 'live', headAtHello: hello.seq, outdated: hello.schema !== SCHEMA_VERSION });
    const isOther = report !== null && (report.epoch !== hello.epoch || hello.seq < report.seq);
    if (isOther) this.state.setState({ report: null });
    // The socket tells what came after the state that the page has: what lies between was never heard.
    const begin = isOther || report === null ? hello.seq : report.seq;
    if (isOther || begin > this.#heard) {
      this.#heard = begin;
      this.state.setState({ heardThreads: { from: begin, entries: [] } });
    }
    if (isOther || report?.role !== hello.role) void this.refresh();
    void this.#chapters.sendLeftovers();
  }

  #onEntry(message: EntryMessage): void {
    const { seq, entry } = message;
    const heardThreads = heardEntry(this.state.getState().heardThreads, this.#heard, message);
    this.#heard = Math.max(this.#heard, seq);
    if (heardThreads !== this.state.getState().heardThreads) this.state.setState({ heardThreads });
    const { report, textEntries } = this.state.getState();
    if (report === null || seq <= report.seq) return;
    if (seq > report.seq + 1) {
      void this.refresh();
      return;
    }
    if (entry === null) {
      this.state.setState({ report: { ...report, seq } });
      return;
    }
    const header: EntryHeader = {
      seq,
      at: entry.at,
      author: entry.author,
      kind: entry.kind,
      subject: entry.subject as EntryHeader['subject'],
    };
    switch (entry.kind) {
      case 'text': {
        const count = (textEntries[entry.author] ?? 0) + 1;
        const outline = noteLateText(report.outline, header);
        this.state.setState({ report: { ...report, seq, outline }, textEntries: { ...textEntries, [entry.author]: count } });
        this.#refreshSoon(FIGURES_DELAY);
        return;
      }
      case 'outline':
        this.state.setState({ report: { ...report, seq, outline: reduceOutline(report.outline, entry.event as OutlineEvent, header) } });
        this.#refreshSoon(FIGURES_DELAY);
        return;
      case 'blank':
        this.state.setState({ report: { ...report, seq }, blankSeq: seq });
        this.#refreshSoon(FIGURES_DELAY);
        return;
      case 'thread':
        this.state.setState({ report: { ...report, seq } });
        return;
      case 'proofreading':
        this.state.setState({ report: { ...report, seq }, proofSeq: seq });
        return;
      case 'revision': {
        const revisions = reduceRevisions(report.revisions, entry.event as RevisionEvent, header);
        this.state.setState({ report: { ...report, seq, revisions } });
        return;
      }
      default:
        // Members, and kinds that this page does not know: their fold is the server's.
        this.state.setState({ report: { ...report, seq } });
        void this.refresh();
    }
  }

  #refreshSoon(delay: number): void {
    this.#cancelFigures ??= this.#options.environment.after(delay, () => {
      this.#cancelFigures = null;
      void this.refresh();
    });
  }

  #onClose({ code, saidHello, final }: { readonly code: number; readonly saidHello: boolean; readonly final: boolean }): void {
    if (this.#closed) return;
    this.state.setState({ places: {}, carets: {} });
    if (final) {
      this.#onFinalClose(code);
      return;
    }
    this.state.setState({ phase: saidHello ? 'connecting' : 'offline' });
    if (!saidHello) void this.#askWhy();
  }

  #onFinalClose(code: number): void {
    switch (code) {
      case CLOSE.signedOut.code:
        this.#refuse('signed-out');
        return;
      case CLOSE.forbidden.code:
      case CLOSE.gone.code:
        this.#refuse('forbidden');
        return;
      case CLOSE.otherEpoch.code:
        this.state.setState({ report: null, phase: 'connecting' });
        void this.#start();
        return;
      default:
        this.#refuse('outdated');
        return;
    }
  }

  async #askWhy(): Promise<void> {
    const why = await this.#why();
    if (this.#closed || this.state.getState().phase === 'live') return;
    if (why === 'signed-out' || why === 'forbidden') this.#refuse(why);
  }
}
