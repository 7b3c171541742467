import type { Transform } from '@tiptap/pm/transform';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { AnchorPlace, TakenAnchor } from '../../../server/core/threads/questions.ts';
import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId } from '../../../shared/ids.ts';
import { markerKey } from '../../../shared/text/marker.ts';
import { layoutOf, ROOT_NAME, render } from '../../../shared/text/render.ts';
import { ALICE, BOB, CHAPTER, Copy, Office, OTHER, REPORT } from './office.ts';

const FIRST = '一要压实主体责任，二要强化督查问效。';
const SECOND = '会议认为，要把规范权力运行摆在更加突出的位置。';
const WORDS = '规范权力运行摆在更加突出';

let office: Office;
let alice: Copy;
let bob: Copy;
let anchor: TakenAnchor;

beforeEach(async () => {
  office = new Office();
  alice = new Copy(office, CHAPTER, ALICE, 100_001);
  bob = new Copy(office, CHAPTER, BOB, 100_002);
  alice.type(1, FIRST);
  alice.edit((tr) => tr.split(1 + FIRST.length));
  alice.type(FIRST.length + 3, SECOND);
  anchor = await hang(WORDS);
});

/** Ids of the first place of these words. */
function idsOf(words: string, chapter: ChapterId = CHAPTER): readonly Ids[] {
  const text = office.document(chapter).getText(ROOT_NAME);
  const units: [number, number][] = [];
  let read = '';
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const letters = item.content instanceof Y.ContentString ? item.content.str : '\n'.repeat(item.length);
    for (let offset = 0; offset < item.length; offset += 1) units.push([item.id.client, item.id.clock + offset]);
    read += letters;
  }
  const at = read.indexOf(words);
  if (at < 0) throw new Error(`"${words}" is not in the text`);
  return units.slice(at, at + words.length).map(([client, clock]) => [client, clock, 1] as const);
}

async function hang(words: string): Promise<TakenAnchor> {
  const taken = await office.engine.history(REPORT, 'anchor', { chapter: CHAPTER, block: null, ids: idsOf(words) });
  if (taken === null) throw new Error('nothing to hang on');
  return taken;
}

async function place(of: TakenAnchor = anchor): Promise<AnchorPlace> {
  return (await office.engine.history(REPORT, 'places', { anchors: [of.ids] }))[0]!;
}

/** The words on which it hangs now, with a bar between pieces; and in which chapter. */
async function hangsOn(of: TakenAnchor = anchor): Promise<string> {
  const found = await place(of);
  if (found.state === 'gone') return 'gone';
  const text = office.document(found.chapter).getText(ROOT_NAME);
  const pieces = found.at.map(([client, clock, length]) => {
    let letters = '';
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || item.id.client !== client || !(item.content instanceof Y.ContentString)) continue;
      const [from, to] = [Math.max(clock, item.id.clock), Math.min(clock + length, item.id.clock + item.length)];
      if (from < to) letters += item.content.str.slice(from - item.id.clock, to - item.id.clock);
    }
    return letters;
  });
  return `${found.chapter === OTHER ? 'other: ' : ''}${pieces.join('')}`;
}

function paragraph(copy: Copy, index: number): { readonly from: number; readonly to: number } {
  const { doc } = render(copy.text);
  let from = 0;
  for (let k = 0; k < index; k += 1) from += doc.child(k).nodeSize;
  return { from, to: from + doc.child(index).nodeSize };
}

function cut(copy: Copy, words: string): void {
  const at = copy.find(words);
  copy.edit((tr) => tr.delete(at, at + words.length));
}

function restyle(copy: Copy, words: string, type: string, attrs: Record<string, unknown>): void {
  const at = copy.find(words);
  copy.edit((tr) => tr.setBlockType(at, at, tr.doc.type.schema.nodes[type]!, attrs));
}

function move(tr: Transform, from: number, to: number): void {
  const { content } = tr.doc.slice(from, to);
  tr.delete(from, to);
  tr.insert(0, content);
}

describe('[TH3] a thread follows its text', () => {
  it('quotes what the server reads itself, with what stands around it', () => {
    expect(anchor.quote).toBe(WORDS);
    expect(anchor.before).toBe('会议认为，要把');
    expect(anchor.after).toBe('的位置。');
  });

  it('1: typing before it and inside it', async () => {
    bob.type(1, '首先，');
    bob.type(bob.find('权力运行'), '（公）');
    expect(await hangsOn()).toBe(WORDS);
    expect((await place()).state).toBe('there');
  });

  it('2: half of it deleted: the other half keeps it', async () => {
    cut(bob, '摆在更加突出');
    expect(await hangsOn()).toBe('规范权力运行');
  });

  it('3: all of it deleted: gone, with the entry that did it', async () => {
    cut(bob, WORDS);
    expect(await place()).toEqual({ state: 'gone', seq: office.log.at(-1)!.seq });
  });

  it('4: deleted by somebody and brought back by their undo', async () => {
    cut(bob, WORDS);
    bob.undo.undo();
    expect(await hangsOn()).toBe(WORDS);
  });

  it('5: split in front of it', async () => {
    bob.edit((tr) => tr.split(bob.find('要把规范')));
    expect(await hangsOn()).toBe(WORDS);
  });

  it('6: split inside it', async () => {
    bob.edit((tr) => tr.split(bob.find('权力运行')));
    expect(await hangsOn()).toBe(WORDS);
  });

  it('7: made a heading, a list line, and both taken back', async () => {
    restyle(bob, '会议认为', 'heading', { level: 3 });
    expect(await hangsOn()).toBe(WORDS);
    restyle(bob, '会议认为', 'listLine', { list: 'ordered' });
    expect(await hangsOn()).toBe(WORDS);
    bob.undo.undo();
    bob.undo.undo();
    expect(await hangsOn()).toBe(WORDS);
  });

  it('8: joined to the paragraph above', async () => {
    bob.edit((tr) => tr.join(paragraph(bob, 1).from));
    expect(await hangsOn()).toBe(WORDS);
  });

  it('9: its paragraph moved', async () => {
    const { from, to } = paragraph(bob, 1);
    bob.edit((tr) => move(tr, from, to));
    expect(await hangsOn()).toBe(WORDS);
    expect(await place()).toMatchObject({ state: 'there', chapter: CHAPTER, order: '会议认为，要把'.length });
  });

  it('10: its paragraph cut and pasted, in the chapter and into another', async () => {
    cut(bob, SECOND);
    expect(await hangsOn()).toBe('gone');
    bob.type(1, SECOND);
    expect(await hangsOn()).toBe(WORDS);
    const elsewhere = new Copy(office, OTHER, BOB, 100_003);
    cut(bob, SECOND);
    elsewhere.type(1, SECOND);
    expect(await hangsOn()).toBe(`other: ${WORDS}`);
  });

  it('11: a part of it made bold', async () => {
    const at = bob.find('权力运行');
    bob.edit((tr) => tr.addMark(at, at + 4, tr.doc.type.schema.marks['bold']!.create()));
    expect(await hangsOn()).toBe(WORDS);
  });

  it('12: its text copied: the copy takes nothing', async () => {
    const before = await place();
    const elsewhere = new Copy(office, OTHER, BOB, 100_003);
    elsewhere.type(1, SECOND);
    bob.type(1, SECOND);
    expect(await hangsOn()).toBe(WORDS);
    expect(await place()).toEqual({ ...before, order: (before as { order: number }).order + SECOND.length });
    const { from, to } = paragraph(alice, 1);
    alice.edit((tr) => tr.delete(from + 1, to - 1));
    expect(await hangsOn()).toBe('gone');
  });

  it('heading, list and split, then all of it undone', async () => {
    restyle(bob, '会议认为', 'heading', { level: 4 });
    restyle(bob, '会议认为', 'listLine', { list: 'bullet' });
    bob.edit((tr) => tr.split(bob.find('权力运行')));
    for (let step = 0; step < 3; step += 1) bob.undo.undo();
    expect(await hangsOn()).toBe(WORDS);
  });

  it('deleted by one, brought back by another who held the words', async () => {
    bob.goOffline();
    cut(alice, WORDS);
    expect(await hangsOn()).toBe('gone');
    bob.comeBack();
    alice.undo.undo();
    bob.type(bob.find('规范权力'), '进一步');
    expect(await hangsOn()).toBe(WORDS);
  });
});

describe('[TH3] a thread on a paragraph', () => {
  const keyOf = (index: number): string => markerKey(layoutOf(office.document(CHAPTER).getText(ROOT_NAME)).markers[index]!);
  const onBlock = async (index: number): Promise<TakenAnchor> => {
    const taken = await office.engine.history(REPORT, 'anchor', { chapter: CHAPTER, block: keyOf(index), ids: [] });
    if (taken === null) throw new Error('no such paragraph');
    return taken;
  };

  it('quotes the paragraph and goes with it', async () => {
    const whole = await onBlock(1);
    expect(whole.quote).toBe(SECOND);
    const { from, to } = paragraph(bob, 1);
    bob.edit((tr) => move(tr, from, to));
    expect(await hangsOn(whole)).toBe(SECOND);
  });

  it('stays while its words are changed, and is gone with the last of it', async () => {
    const whole = await onBlock(0);
    cut(bob, FIRST);
    expect((await place(whole)).state).toBe('there');
    const { from, to } = paragraph(bob, 0);
    bob.edit((tr) => tr.delete(from, to));
    expect((await place(whole)).state).toBe('gone');
  });
});

describe('[TH2] nothing of the past is read by hanging a thread on it', () => {
  it('ids of deleted text, and ids that nobody wrote, are no place', async () => {
    const ids = idsOf(WORDS);
    cut(bob, WORDS);
    expect(await office.engine.history(REPORT, 'anchor', { chapter: CHAPTER, block: null, ids })).toBeNull();
    expect(await office.engine.history(REPORT, 'anchor', { chapter: CHAPTER, block: null, ids: [[4_242, 0, 9]] })).toBeNull();
    expect(await office.engine.history(REPORT, 'anchor', { chapter: CHAPTER, block: '4242.7', ids: [] })).toBeNull();
  });
});

describe('[TH6] an edit that answers a thread', () => {
  const touching = (by: MemberId, after: number) =>
    office.engine.history(REPORT, 'touching', { chapter: CHAPTER, ids: anchor.ids, by, after });
  const changed = async (since: number) => {
    const touched = await touching(BOB, 0);
    const edits = [{ chapter: CHAPTER, by: BOB, from: touched!.from, to: touched!.to, since }];
    return (await office.engine.history(REPORT, 'answers', { edits }))[0];
  };
  const head = () => office.log.at(-1)!.seq;

  it('is what its author changed in the paragraph of the thread, and nothing else', async () => {
    const after = head();
    expect(await touching(BOB, after)).toBeNull();
    bob.type(1, '首先，');
    expect(await touching(BOB, after)).toBeNull();
    alice.type(alice.find('权力运行'), '公');
    expect(await touching(BOB, after)).toBeNull();
    bob.type(bob.find('的位置'), '重要');
    const first = head();
    cut(bob, '突出');
    expect(await touching(BOB, after)).toEqual({ from: first, to: head() });
  });

  it('is told as changed when what it wrote goes, not when it is moved or written beside', async () => {
    bob.type(bob.find('的位置'), '重要重要重要重要');
    const since = head();
    alice.type(alice.find('的位置'), '而长远');
    const { from, to } = paragraph(alice, 1);
    alice.edit((tr) => move(tr, from, to));
    expect(await changed(since)).toBe(false);
    cut(alice, '重要');
    expect(await changed(since)).toBe(true);
  });

  it('is told as changed when what it took out comes back', async () => {
    cut(bob, WORDS);
    const since = head();
    expect(await changed(since)).toBe(false);
    bob.undo.undo();
    expect(await changed(since)).toBe(true);
  });
});
