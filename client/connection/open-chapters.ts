import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ChapterId } from '../../shared/ids.ts';
import type { ChapterConnection, ChapterState } from './chapter-connection.ts';
import { openChapter } from './chapter-connection.ts';
import type { Rescues } from './rescue.ts';
import type { Tab } from './tab.ts';
import type { Unreachable } from './why-unreachable.ts';

export interface OpenChaptersOptions {
  readonly tab: Tab;
  readonly rescues: Rescues;
  readonly query: Readonly<Record<string, string>>;
  readonly heading: (chapter: ChapterId) => string;
  readonly whyUnreachable: () => Promise<Unreachable>;
}

interface Place {
  readonly connection: ChapterConnection;
  /** How many on the page hold it; at 0 it stays only until nothing is unsaved. */
  users: number;
  readonly stop: () => void;
}

/** All open chapters together. */
export interface ChaptersState {
  readonly chapters: ReadonlyMap<ChapterId, ChapterState>;
  /** Own changes written offline and acknowledged since, counted up, chapters closed meanwhile included. */
  readonly offlineSaved: number;
}

/** The chapters of one report that are open in this tab, on the page or in the background until their text is saved. */
export class OpenChapters {
  readonly state: StoreApi<ChaptersState> = createStore<ChaptersState>(() => ({ chapters: new Map(), offlineSaved: 0 }));
  readonly #options: OpenChaptersOptions;
  readonly #places = new Map<ChapterId, Place>();
  readonly #closing = new Set<Promise<void>>();
  #closed = false;

  constructor(options: OpenChaptersOptions) {
    this.#options = options;
  }

  /** Unacknowledged changes of all of them. */
  get unsaved(): number {
    return [...this.state.getState().chapters.values()].reduce((sum, chapter) => sum + chapter.unsaved, 0);
  }

  open(chapter: ChapterId): ChapterConnection {
    const place = this.#places.get(chapter) ?? this.#add(chapter);
    place.users += 1;
    const { connection } = place;
    let held = true;
    return {
      chapter,
      get doc() {
        return connection.doc;
      },
      get text() {
        return connection.text;
      },
      get awareness() {
        return connection.awareness;
      },
      state: connection.state,
      watchAuthors: (tell) => connection.watchAuthors(tell),
      wantToWrite: () => connection.wantToWrite(),
      reconnect: (again) => connection.reconnect(again),
      end: (reason) => connection.end(reason),
      close: async () => {
        if (!held) return;
        held = false;
        place.users -= 1;
        await this.#closeIfDone(chapter, place);
      },
    };
  }

  /** Text that an earlier visit could not send waits in this browser: opens its chapters in the background until it is saved. */
  async sendLeftovers(): Promise<void> {
    const { database, report } = this.#options.tab;
    if (database === null || this.#closed) return;
    const rows = await database.getAllFromIndex('outbox', 'report', report).catch(() => []);
    for (const chapter of new Set(rows.map((row) => row.chapter))) {
      if (!this.#closed && !this.#places.has(chapter)) this.#add(chapter);
    }
  }

  reconnect(): void {
    for (const { connection } of this.#places.values()) connection.reconnect(true);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const [chapter, place] of this.#places) void this.#remove(chapter, place);
    await Promise.all(this.#closing);
  }

  #add(chapter: ChapterId): Place {
    const { tab, rescues, query, heading, whyUnreachable } = this.#options;
    const connection = openChapter({ tab, chapter, rescues, query, heading: () => heading(chapter), whyUnreachable });
    let offlineSaved = 0;
    const follow = (state: ChapterState) => {
      const more = state.offlineSaved - offlineSaved;
      offlineSaved = state.offlineSaved;
      this.state.setState((all) => ({
        chapters: new Map(all.chapters).set(chapter, state),
        offlineSaved: all.offlineSaved + more,
      }));
      void this.#closeIfDone(chapter, place);
    };
    const place: Place = { connection, users: 0, stop: connection.state.subscribe(follow) };
    this.#places.set(chapter, place);
    this.state.setState((all) => ({ chapters: new Map(all.chapters).set(chapter, connection.state.getState()) }));
    return place;
  }

  async #closeIfDone(chapter: ChapterId, place: Place): Promise<void> {
    if (place.users > 0 || this.#places.get(chapter) !== place) return;
    const { phase, unsaved } = place.connection.state.getState();
    // What it has to send is known only once it has read what this browser kept.
    if (unsaved > 0 || phase === 'loading') return;
    await this.#remove(chapter, place);
  }

  #remove(chapter: ChapterId, place: Place): Promise<void> {
    this.#places.delete(chapter);
    place.stop();
    const closing = place.connection.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
    this.state.setState((all) => {
      const chapters = new Map(all.chapters);
      chapters.delete(chapter);
      return { chapters };
    });
    return closing;
  }
}
