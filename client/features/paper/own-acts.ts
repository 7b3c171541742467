import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { NodeId } from '../../../shared/ids.ts';
import type { OwnActs } from '../../editor/binding/binding.ts';

export interface ActsState {
  readonly undoable: boolean;
  readonly redoable: boolean;
  /** Chapters with something to take back or do again: they stay open, as the record of it ends with their editor. */
  readonly chapters: readonly NodeId[];
}

/** So many chapters are kept open for it; the acts in the one that was left longest ago are let go of. */
export const MOST_CHAPTERS = 24;

/**
 * In what order one's own acts came over all chapters. Each chapter knows its own and how to take them back; here stands only whose turn
 * it is. Another person's act never enters, as no chapter tells it.
 */
export class ReportActs {
  readonly state: StoreApi<ActsState> = createStore<ActsState>(() => ({ undoable: false, redoable: false, chapters: [] }));
  readonly #chapters = new Map<NodeId, OwnActs>();
  /** The chapter of each act, oldest first. */
  readonly #done: NodeId[] = [];
  readonly #undone: NodeId[] = [];

  ready(chapter: NodeId, acts: OwnActs): void {
    this.#chapters.set(chapter, acts);
  }

  /** The chapter's editor has gone, and what could be taken back with it. */
  gone(chapter: NodeId, acts: OwnActs): void {
    if (this.#chapters.get(chapter) !== acts) return;
    this.#chapters.delete(chapter);
    this.#forget(chapter);
  }

  /** Something new was written in a chapter. */
  acted(chapter: NodeId): void {
    for (const [other, acts] of this.#chapters) {
      if (other === chapter) continue;
      acts.part();
      acts.forgetUndone();
    }
    this.#done.push(chapter);
    this.#undone.length = 0;
    const kept = this.#kept();
    const oldest = kept[0];
    if (kept.length > MOST_CHAPTERS && oldest !== undefined) this.#forget(oldest);
    else this.#tell();
  }

  /** Takes back the newest own act (or does the last one again). @returns where it was; null when nothing was done */
  step(direction: 'undo' | 'redo'): NodeId | null {
    const [from, to] = direction === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    for (;;) {
      const chapter = from.at(-1);
      if (chapter === undefined) return null;
      const acts = this.#chapters.get(chapter);
      if (acts?.isReady === false) return null;
      const did = acts?.step(direction) ?? false;
      // An act of which nothing is left (others deleted its words) is passed over, by the chapter too.
      const left = direction === 'undo' ? acts?.undoable : acts?.redoable;
      trim(from, chapter, did ? (left ?? 0) : 0);
      if (did) to.push(chapter);
      this.#tell();
      if (did) return chapter;
    }
  }

  /** In the order in which they were written in last. */
  #kept(): NodeId[] {
    return [...new Set([...this.#done, ...this.#undone].reverse())].reverse();
  }

  #forget(chapter: NodeId): void {
    trim(this.#done, chapter, 0);
    trim(this.#undone, chapter, 0);
    this.#tell();
  }

  #tell(): void {
    const chapters = this.#kept();
    const before = this.state.getState();
    const undoable = this.#done.length > 0;
    const redoable = this.#undone.length > 0;
    const moved = chapters.join() !== before.chapters.join();
    if (!moved && undoable === before.undoable && redoable === before.redoable) return;
    this.state.setState({ undoable, redoable, chapters: moved ? chapters : before.chapters });
  }
}

/** Leaves `count` places of a chapter, the oldest. */
function trim(order: NodeId[], chapter: NodeId, count: number): void {
  let kept = 0;
  for (let at = 0; at < order.length; at += 1) {
    if (order[at] !== chapter) continue;
    kept += 1;
    if (kept > count) {
      order.splice(at, 1);
      at -= 1;
    }
  }
}
