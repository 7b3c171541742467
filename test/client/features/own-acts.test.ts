import { describe, expect, test } from 'vitest';
import type { OwnActs } from '../../../client/editor/binding/binding.ts';
import { MOST_CHAPTERS, ReportActs } from '../../../client/features/paper/own-acts.ts';
import type { NodeId } from '../../../shared/ids.ts';

const id = (name: string) => name as NodeId;

/** A chapter that keeps its acts as letters; `dead` ones have nothing left to take back. */
class Chapter implements OwnActs {
  done: string[] = [];
  undone: string[] = [];
  dead = new Set<string>();
  parted = 0;
  isReady = true;

  get undoable(): number {
    return this.done.length;
  }

  get redoable(): number {
    return this.undone.length;
  }

  step(direction: 'undo' | 'redo'): boolean {
    const [from, to] = direction === 'undo' ? [this.done, this.undone] : [this.undone, this.done];
    for (let act = from.pop(); act !== undefined; act = from.pop()) {
      if (this.dead.has(act)) continue;
      to.push(act);
      return true;
    }
    return false;
  }

  part(): void {
    this.parted += 1;
  }

  forgetUndone(): void {
    this.undone = [];
  }
}

function report(...names: string[]) {
  const acts = new ReportActs();
  const chapters = new Map(names.map((name) => [name, new Chapter()]));
  for (const [name, chapter] of chapters) acts.ready(id(name), chapter);
  const write = (...said: string[]) => {
    for (const one of said) {
      const chapter = chapters.get(one.slice(0, 1));
      chapter?.done.push(one);
      chapter?.forgetUndone();
      acts.acted(id(one.slice(0, 1)));
    }
  };
  const chapter = (name: string): Chapter => chapters.get(name) ?? new Chapter();
  return { acts, chapter, write };
}

describe('one’s own acts over all chapters', () => {
  test('[UN1] are taken back newest first, and done again in the order in which they were', () => {
    const { acts, chapter, write } = report('a', 'b');
    write('a1', 'b1', 'a2');
    expect([acts.step('undo'), acts.step('undo')]).toEqual(['a', 'b']);
    expect([chapter('a').done, chapter('b').done]).toEqual([['a1'], []]);
    expect([acts.step('redo'), acts.step('redo'), acts.step('redo')]).toEqual(['b', 'a', null]);
    expect([chapter('a').done, chapter('b').done]).toEqual([['a1', 'a2'], ['b1']]);
  });

  test('[UN1] a new act ends what could be done again, in every chapter, and is an act of its own', () => {
    const { acts, chapter, write } = report('a', 'b');
    write('a1', 'b1');
    acts.step('undo');
    acts.step('undo');
    write('a2');
    expect(acts.state.getState()).toMatchObject({ undoable: true, redoable: false });
    expect(chapter('b').undone).toEqual([]);
    expect(chapter('b').parted).toBeGreaterThan(0);
    expect(acts.step('redo')).toBeNull();
  });

  test('[UN2] an act of which nothing is left is passed over, here and in its chapter', () => {
    const { acts, chapter, write } = report('a', 'b');
    write('a1', 'b1', 'b2');
    for (const gone of ['b1', 'b2']) chapter('b').dead.add(gone);
    expect(acts.step('undo')).toBe('a');
    expect(acts.step('undo')).toBeNull();
    expect(acts.state.getState()).toMatchObject({ undoable: false, redoable: true, chapters: ['a'] });
  });

  test('[UN2] while composing, and where nothing may be written, no step is taken and none is lost', () => {
    const { acts, chapter, write } = report('a', 'b');
    write('a1', 'b1');
    chapter('b').isReady = false;
    expect(acts.step('undo')).toBeNull();
    expect(acts.state.getState().undoable).toBe(true);
    chapter('b').isReady = true;
    expect(acts.step('undo')).toBe('b');
  });

  test('[UN3] chapters with something to take back are named, to be kept open; what has gone is forgotten', () => {
    const { acts, chapter, write } = report('a', 'b');
    write('a1', 'b1', 'a2');
    expect(acts.state.getState().chapters).toEqual(['b', 'a']);
    acts.gone(id('a'), new Chapter());
    expect(acts.state.getState().chapters).toEqual(['b', 'a']);
    acts.gone(id('a'), chapter('a'));
    expect(acts.state.getState().chapters).toEqual(['b']);
    expect(acts.step('undo')).toBe('b');
    expect(acts.step('undo')).toBeNull();
  });

  test('[UN3] of many chapters the one left longest ago is let go of', () => {
    const acts = new ReportActs();
    for (let index = 0; index <= MOST_CHAPTERS; index += 1) {
      acts.ready(id(`c${index}`), new Chapter());
      acts.acted(id(`c${index}`));
    }
    const { chapters } = acts.state.getState();
    expect(chapters).toHaveLength(MOST_CHAPTERS);
    expect(chapters).not.toContain('c0');
  });
});
