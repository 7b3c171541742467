import { describe, expect, test } from 'vitest';
import { noteLateText, reduceOutline } from '../../../shared/outline/fold.ts';
import type { OutlineCommand } from '../../../shared/outline/outline.ts';
import { MAX_NOTE } from '../../../shared/outline/single-line.ts';
import { ownerOf, trashOf } from '../../../shared/outline/tree.ts';
import { header, id, memberId, node, refusal, run, sample } from './outline-support.ts';

const li = memberId('li');
const wang = memberId('wang');
const owner = (name: string, was: typeof li | null, is: typeof li | null): OutlineCommand => ({
  op: 'owner',
  node: id(name),
  was,
  owner: is,
});
const note = (name: string, was: string, is: string): OutlineCommand => ({ op: 'note', node: id(name), was, note: is });
const charge = (outline: typeof sample, name: string) => outline.charges[id(name)];

describe('owner and note', () => {
  test('[OU9] are set and taken away, each with its author and time, and do not touch each other', () => {
    const set = run(sample, owner('c1', null, li), note('c1', '', ' 数据由综合处提供\r\n周五前\t要 '));
    expect(charge(set, 'c1')).toEqual({
      owner: li,
      note: '数据由综合处提供\n周五前 要',
      set: { by: memberId('member'), at: 1011, seq: 11 },
    });
    const gone = run(set, owner('c1', li, null), note('c1', '数据由综合处提供\n周五前 要', ''));
    expect(charge(gone, 'c1')).toMatchObject({ owner: null, note: '' });
    expect(run(sample, owner('p1', null, li), owner('lead', null, wang)).charges).toMatchObject({
      [id('p1')]: { owner: li },
      [id('lead')]: { owner: wang },
    });
  });

  test('[OU9] a change that expects another value than what stands is refused with what stands', () => {
    const set = run(sample, owner('c1', null, li), note('c1', '', '甲'));
    expect(refusal(set, owner('c1', null, wang))).toEqual({ code: 'outline-clash', is: li });
    expect(refusal(sample, owner('c1', li, wang))).toEqual({ code: 'outline-clash', is: '' });
    expect(refusal(set, note('c1', '', '乙'))).toEqual({ code: 'outline-clash', is: '甲' });
  });

  test('[OU9] an owner belongs to the report; a note is at most 500 characters and holds no control characters', () => {
    expect(refusal(sample, owner('c1', null, memberId('stranger')))).toEqual({ code: 'outline-no-such-owner' });
    expect(refusal(sample, owner('nobody', null, li))).toEqual({ code: 'outline-no-such-node' });
    expect(refusal(sample, note('c1', '', '𠮷'.repeat(MAX_NOTE)))).toMatchObject({ op: 'note' });
    for (const bad of ['字'.repeat(MAX_NOTE + 1), '一\u0000', '\ud800', '行\u2028行', '响\u0007'])
      expect(refusal(sample, note('c1', '', bad)), bad.slice(0, 4)).toEqual({ code: 'outline-bad-note' });
  });

  test('[OU9] stay with their node through the trash', () => {
    const back = run(sample, owner('c1', null, li), { op: 'remove', node: id('p1') }, { op: 'restore', node: id('p1') });
    expect(charge(back, 'c1')?.owner).toBe(li);
    const removed = run(sample, { op: 'remove', node: id('c1') });
    expect(refusal(removed, owner('c1', null, li))).toEqual({ code: 'outline-no-such-node' });
    expect(reduceOutline(sample, { op: 'owner', node: id('never'), was: null, owner: li }, header(20))).toBe(sample);
  });

  test('[OU10] a chapter without an owner of its own is asked of its part’s; who has left is asked no more', () => {
    const outline = run(sample, owner('p1', null, li), owner('c2', null, wang));
    const asked = (name: string, left = memberId('nobody')) =>
      ownerOf(outline, outline.nodes.find((one) => one.id === id(name)) ?? node('x', 'chapter'), (member) => member !== left);
    expect([asked('c1'), asked('c2'), asked('end'), asked('c3')]).toEqual([li, wang, li, null]);
    expect([asked('c1', li), asked('c2', wang)]).toEqual([null, li]);
  });
});

describe('the trash', () => {
  test('[OU11] tells who took a node out, and who wrote into it since', () => {
    const removed = run(sample, { op: 'remove', node: id('c1') });
    const text = (seq: number, by: string, name = 'c1') => ({ ...header(seq, by), kind: 'text' as const, subject: id(name) });
    const late = [text(21, 'li'), text(22, 'wang'), text(23, 'li'), text(24, 'li', 'c2')].reduce(noteLateText, removed);
    expect(late.removed).toMatchObject([
      {
        id: id('c1'),
        removed: { by: memberId('member'), seq: 10 },
        late: [
          { by: li, count: 2, at: 1023, seq: 23 },
          { by: wang, count: 1, at: 1022, seq: 22 },
        ],
      },
    ]);
    expect(noteLateText(removed, text(24, 'li', 'c2'))).toBe(removed);
    expect(run(late, { op: 'restore', node: id('c1') }).nodes).toEqual(sample.nodes);
  });

  test('[OU5] what a part took along is listed under it; what was taken out before stands by itself', () => {
    const outline = run(sample, { op: 'remove', node: id('c2') }, { op: 'remove', node: id('p1') });
    expect(trashOf(outline).map((bundle) => bundle.map((one) => one.id))).toEqual([[id('c2')], [id('p1'), id('c1'), id('end')]]);
  });
});
