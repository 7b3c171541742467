import { TextSelection } from '@tiptap/pm/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { flush } from '../../../../client/editor/binding/binding.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import type { Person } from '../../../support/text-people.ts';
import { merge, people } from '../../../support/text-people.ts';

const TEXT = '今天我们讨论方案。';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pair(...lines: string[]): [Person, Person] {
  const [a, b] = people(2, lines);
  return [a!, b!];
}

function composeAt(person: Person, from: number, to = from): void {
  person.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, from, to)));
  person.compositionStart();
  person.edit((tr) => tr.insertText('g', from, to));
  person.type('o');
  person.type('n');
  person.type('g');
}

function lettersAt(person: Person): { from: number; to: number } {
  const text = person.state.doc.textBetween(0, person.state.doc.content.size, '\n');
  expect(text).toContain('gong');
  let from = 0;
  person.state.doc.descendants((node, at) => {
    const place = node.isText ? node.text!.indexOf('gong') : -1;
    if (place >= 0) from = at + place;
  });
  return { from, to: from + 4 };
}

function commit(person: Person, word = '公文'): void {
  const { from, to } = lettersAt(person);
  person.edit((tr) => tr.insertText(word, from, to));
  person.compositionEnd();
  vi.advanceTimersByTime(30);
}

/** What `from` wrote arrives at `to`. */
function bring(from: Person, to: Person): void {
  to.receive(Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
}

describe('a composition', () => {
  it('[TX2] leaves as one update, shortly after its end, and no half-typed letter is ever in it', () => {
    const [a, b] = pair(TEXT);
    composeAt(a, a.at(0, 6));
    expect(a.sent).toHaveLength(0);
    const { from, to } = lettersAt(a);
    a.edit((tr) => tr.insertText('公文', from, to));
    a.compositionEnd();
    expect(a.sent).toHaveLength(0);
    vi.advanceTimersByTime(30);
    expect(a.sent).toHaveLength(1);
    const alone = new Y.Doc({ gc: false });
    Y.applyUpdate(alone, Y.encodeStateAsUpdate(a.doc));
    expect(JSON.stringify(alone.getText(ROOT_NAME).toDelta())).not.toMatch(/[a-z]*gong/);
    merge(a, b);
    expect(b.lines).toEqual(['今天我们讨论公文方案。']);
  });

  it('[TX3] shows what others write around it and in other lines at once', () => {
    const [a, b] = pair('前', TEXT);
    composeAt(a, a.at(1, 6));
    b.type('乙', b.at(1, 0));
    b.type('乙', b.at(0, 1));
    bring(b, a);
    expect(a.lines).toEqual(['前乙', '乙今天我们讨论gong方案。']);
    expect(a.held).toBe(0);
    commit(a);
    merge(a, b);
    expect(b.lines).toEqual(['前乙', '乙今天我们讨论公文方案。']);
  });

  it('[TX3] holds back only what would take its place away, while other lines go on', () => {
    const [a, b] = pair('前', TEXT, '后');
    composeAt(a, a.at(1, 6));
    b.edit((tr) => tr.join(b.at(1, 0) - 1));
    bring(b, a);
    expect(a.held).toBe(1);
    expect(a.lines).toEqual(['前', '今天我们讨论gong方案。', '后']);
    b.type('乙', b.at(1, 1));
    bring(b, a);
    expect(a.held).toBe(1);
    expect(a.lines).toEqual(['前', '今天我们讨论gong方案。', '后乙']);
    b.type('丙', b.at(0, 10));
    bring(b, a);
    expect(a.lines).toEqual(['前', '今天我们讨论gong方案。丙', '后乙']);
    commit(a);
    expect(a.held).toBe(0);
    merge(a, b);
    expect(a.lines).toEqual(['前今天我们讨论公文方案。丙', '后乙']);
    expect(b.lines).toEqual(a.lines);
  });

  it('keeps its word in a paragraph of its own when its paragraph is deleted', () => {
    const [a, b] = pair('前段。', TEXT, '后段。');
    composeAt(a, a.at(1, 6));
    b.edit((tr) => tr.delete(b.at(1, 0) - 1, b.at(2, 0) - 1));
    bring(b, a);
    expect(a.held).toBe(1);
    commit(a);
    merge(a, b);
    expect(a.lines).toEqual(['前段。', '公文', '后段。']);
    expect(b.lines).toEqual(a.lines);
    expect(a.state.selection.from).toBe(a.at(1, 2));
  });

  it('[TX9] spares what a colleague inserts inside the range that it replaces', () => {
    const [a, b] = pair(TEXT);
    composeAt(a, a.at(0, 2), a.at(0, 6));
    b.type('乙', b.at(0, 4));
    bring(b, a);
    expect(a.lines).toEqual(['今天乙gong方案。']);
    commit(a);
    merge(a, b);
    expect(b.lines).toEqual(['今天乙公文方案。']);
    expect(a.lines).toEqual(b.lines);
  });

  it('[TX9] spares a whole paragraph that a colleague inserts inside the range that it replaces', () => {
    const [a, b] = pair('今天', '讨论');
    composeAt(a, a.at(0, 1), a.at(1, 1));
    b.edit((tr) => tr.insert(b.at(1, 0) - 1, b.state.schema.nodes['paragraph']!.create(null, b.state.schema.text('乙乙'))));
    bring(b, a);
    commit(a);
    merge(a, b);
    expect(a.lines.join('')).toContain('乙乙');
    expect(a.lines.join('|')).toBe('今|乙乙|公文论');
    expect(b.lines).toEqual(a.lines);
  });

  it('rescues only the words that were lost', () => {
    const [a, b] = pair('前段。', TEXT, '后段。');
    a.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, a.at(0, 2))));
    a.compositionStart();
    a.type('子', a.at(0, 2));
    a.type('丑', a.at(1, 6));
    b.edit((tr) => tr.delete(b.at(1, 0) - 1, b.at(2, 0) - 1));
    bring(b, a);
    a.compositionEnd();
    vi.advanceTimersByTime(30);
    merge(a, b);
    expect(a.lines).toEqual(['前段子。', '丑', '后段。']);
    expect(b.lines).toEqual(a.lines);
  });

  it('[TX2] is ended after 30 s without a key: its letters come back and never enter the text', () => {
    const [a, b] = pair(TEXT, '后');
    composeAt(a, a.at(0, 6));
    b.edit((tr) => tr.delete(b.at(0, 0) - 1, b.at(1, 0) - 1));
    bring(b, a);
    expect(a.held).toBe(1);
    vi.advanceTimersByTime(29_999);
    expect(a.returned).toEqual([]);
    vi.advanceTimersByTime(1 + 100);
    expect(a.returned).toEqual(['gong']);
    expect(a.held).toBe(0);
    expect(a.sent).toHaveLength(0);
    expect(a.lines).toEqual(['后']);
    a.type('甲', a.at(0, 0));
    expect(a.sent).toHaveLength(1);
  });

  it('begins its 30 s anew with every key', () => {
    const [a] = pair(TEXT);
    composeAt(a, a.at(0, 6));
    vi.advanceTimersByTime(20_000);
    a.key();
    vi.advanceTimersByTime(20_000);
    expect(a.returned).toEqual([]);
    vi.advanceTimersByTime(10_100);
    expect(a.returned).toEqual(['gong']);
  });

  it('that follows at once upon another loses nothing', () => {
    const [a, b] = pair(TEXT);
    composeAt(a, a.at(0, 6));
    const { from, to } = lettersAt(a);
    a.edit((tr) => tr.insertText('公文', from, to));
    a.compositionEnd();
    vi.advanceTimersByTime(5);
    a.compositionStart();
    a.type('g');
    expect(a.sent).toHaveLength(1);
    a.edit((tr) => tr.insertText('稿', a.state.selection.from - 1, a.state.selection.from));
    a.compositionEnd();
    vi.advanceTimersByTime(30);
    merge(a, b);
    expect(b.lines).toEqual(['今天我们讨论公文稿方案。']);
  });

  it('that is open when the editor closes gives its letters back and writes nothing', () => {
    const [a] = pair(TEXT);
    composeAt(a, a.at(0, 6));
    a.close();
    expect(a.returned).toEqual(['gong']);
    expect(a.sent).toEqual([]);
  });

  it('whose right to write is lost gives its word back', () => {
    const [a] = pair(TEXT);
    composeAt(a, a.at(0, 6));
    const { from, to } = lettersAt(a);
    a.edit((tr) => tr.insertText('公文', from, to));
    a.mayWrite = false;
    a.compositionEnd();
    flush(a.view);
    expect(a.returned).toEqual(['公文']);
    expect(a.lines).toEqual([TEXT]);
    expect(a.sent).toEqual([]);
  });
});
