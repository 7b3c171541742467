// @vitest-environment jsdom
import { Fragment, type Node as LineNode } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { wholeKey } from '../../../../client/features/whole/keys.ts';
import { reportCopy } from '../../../../client/features/whole/report-copy.ts';
import type { NodeId } from '../../../../shared/ids.ts';
import type { Outline, OutlineNode } from '../../../../shared/outline/outline.ts';
import { chapterSchema as schema } from '../../../../shared/text/schema.ts';
import { pasted, shown } from '../../editor/pasted.ts';

const node = (id: string, kind: OutlineNode['kind'], parent: string | null, heading: string, form: OutlineNode['form'] = 'own-line') =>
  ({ id, kind, parent, heading, form }) as unknown as OutlineNode;
const nodes = [
  node('lead', 'passage', null, ''),
  node('p', 'part', null, '主要工作'),
  node('a', 'chapter', 'p', '备足物资'),
  node('b', 'chapter', 'p', '开展演练。', 'run-in'),
  node('c', 'chapter', null, '下步打算'),
];
const outline = { title: '防汛报告', nodes } as unknown as Outline;

const text = (words: string) => schema.text(words);
const doc = (...lines: LineNode[]) => schema.node('doc', null, lines);
const chapters: Record<string, LineNode> = {
  lead: doc(schema.node('paragraph', null, [text('现报告如下。')])),
  a: doc(
    schema.node('heading', { level: 3 }, [text('1.沙石')]),
    schema.node('heading', { level: 4 }, [text('（1）块石')]),
    schema.node('listLine', { list: 'ordered', indent: 0 }, [text('入库**方')]),
    schema.node('listLine', { list: 'bullet', indent: 1 }, [text('登记')]),
  ),
  b: doc(schema.node('paragraph', null, [text('全年  演练')]), schema.node('paragraph', { align: 'right' }, [text('完')])),
  c: doc(schema.node('paragraph')),
};
const copied = () => reportCopy(outline, (id: NodeId) => chapters[id] ?? null, document);

describe('the whole report on the clipboard', () => {
  it('[WH2] as HTML: title, numbered headings by level, run-in headings in their paragraph, lists', () => {
    const box = document.createElement('div');
    box.innerHTML = copied().html;
    expect([...box.children].map((one) => `${one.tagName} ${one.textContent}`)).toEqual([
      'H1 防汛报告',
      'P 现报告如下。',
      'H2 一、主要工作',
      'H3 （一）备足物资',
      'H4 1.沙石',
      'H5 （1）块石',
      'OL 入库**方登记',
      'P （二）开展演练。全年  演练',
      'P 完',
      'H2 二、下步打算',
    ]);
    expect(box.querySelectorAll('[data-gongbi-lines]')).toHaveLength(1);
    expect(box.querySelector('script, style, [class]')).toBeNull();
  });

  it('[WH2] as text: a line for each paragraph', () => {
    expect(copied().text).toBe(
      '防汛报告\n现报告如下。\n一、主要工作\n（一）备足物资\n1.沙石\n（1）块石\n1. 入库**方\n  • 登记\n（二）开展演练。全年  演练\n完\n二、下步打算\n',
    );
  });

  it('[PS7] pasted here, every chapter’s lines are what they were', () => {
    const lines = pasted(copied().html);
    const a = chapters['a'];
    expect(lines).toEqual(expect.arrayContaining(shown(a === undefined ? [] : Fragment.from(a.content).content.slice())));
    expect(lines).toContain('p: [b （二）开展演练。]全年  演练');
    expect(lines).toContain('p right: 完');
  });
});

describe('a key while the whole report is selected', () => {
  const press = (key: string, held: 'ctrl' | 'meta' | 'alt' | null = null) =>
    wholeKey({ key, ctrlKey: held === 'ctrl', metaKey: held === 'meta', altKey: held === 'alt' });

  it('[WH3] that would change the text changes nothing', () => {
    for (const key of ['a', '字', ' ', 'Backspace', 'Delete', 'Enter', 'Process']) expect(press(key)).toBe('kept');
    for (const key of ['x', 'v', 'Backspace']) expect([press(key, 'ctrl'), press(key, 'meta')]).toEqual(['kept', 'kept']);
  });

  it('copies, goes back, or is somebody else’s', () => {
    expect([press('c', 'ctrl'), press('C', 'meta'), press('a', 'ctrl')]).toEqual(['copy', 'copy', 'stay']);
    expect([press('Escape'), press('ArrowDown')]).toEqual(['back', 'back']);
    expect([press('Tab'), press('z', 'ctrl')]).toEqual(['leave', 'leave']);
    expect([press('f', 'ctrl'), press('PageDown'), press('F5'), press('Shift')]).toEqual(['pass', 'pass', 'pass', 'pass']);
  });
});
