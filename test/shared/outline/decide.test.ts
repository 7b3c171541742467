import { describe, expect, test } from 'vitest';
import type { OutlineCommand } from '../../../shared/outline/outline.ts';
import { header, id, numbers, refusal, run, sample, shape } from './outline-support.ts';

describe('title and headings', () => {
  test('[OU1] are trimmed single lines with their author, time and seq', () => {
    const outline = run(
      sample,
      { op: 'title', was: '报告', title: '  年度报告 ' },
      { op: 'heading', node: id('c1'), was: 'c1', heading: '改革' },
    );
    expect(outline.title).toBe('年度报告');
    expect(outline.titleSet).toEqual({ by: header(10).author, at: 1_010, seq: 10 });
    expect(outline.nodes.find((node) => node.id === id('c1'))?.heading).toBe('改革');
    expect(outline.headingSet[id('c1')]?.seq).toBe(11);
    expect(outline.headingSet[id('c2')]?.seq).toBe(1);
  });

  test('[OU1] a value with a line break, a control character, half a pair, or more than 200 characters is refused', () => {
    for (const title of ['甲\n乙', '甲\r乙', '甲\u2028乙', '甲\u0085乙', '甲\u0000乙', '甲\ud83d', '字'.repeat(201), '', '  ']) {
      expect(refusal(sample, { op: 'title', was: '报告', title }), JSON.stringify(title)).toEqual({ code: 'outline-bad-text' });
      expect(refusal(sample, { op: 'heading', node: id('c1'), was: 'c1', heading: title })).toEqual({ code: 'outline-bad-text' });
    }
    expect(refusal(sample, { op: 'title', was: '报告', title: '𠮷'.repeat(200) })).toMatchObject({ op: 'title' });
  });

  test('[OU2] a clash is refused with what stands now', () => {
    expect(refusal(sample, { op: 'title', was: '旧', title: '新' })).toEqual({ code: 'outline-clash', is: '报告' });
    expect(refusal(sample, { op: 'heading', node: id('c1'), was: '旧', heading: '新' })).toEqual({ code: 'outline-clash', is: 'c1' });
  });

  test('[OU3] a passage has no heading to set', () => {
    expect(refusal(sample, { op: 'heading', node: id('lead'), was: '', heading: '导语' })).toEqual({ code: 'outline-bad-text' });
    expect(refusal(sample, { op: 'add', kind: 'passage', heading: '结语', parent: null, before: null })).toEqual({
      code: 'outline-bad-text',
    });
  });

  test('keeps the form of a heading unless another is asked for', () => {
    const outline = run(sample, { op: 'heading', node: id('c1'), was: 'c1', heading: '改革。', form: 'run-in' });
    expect(refusal(outline, { op: 'heading', node: id('c1'), was: '改革。', heading: '深化改革。' })).toMatchObject({ form: 'run-in' });
  });
});

describe('places', () => {
  test('[OU3] a part stands at the top only; chapters and passages at the top or in a part', () => {
    const add = (kind: 'part' | 'chapter' | 'passage', parent: string | null) =>
      refusal(sample, {
        op: 'add',
        kind,
        heading: kind === 'passage' ? '' : '新',
        parent: parent === null ? null : id(parent),
        before: null,
      });
    expect(add('part', null)).toMatchObject({ op: 'add' });
    expect(add('part', 'p1')).toEqual({ code: 'outline-bad-place' });
    expect(add('chapter', 'p1')).toMatchObject({ op: 'add' });
    expect(add('chapter', 'c1')).toEqual({ code: 'outline-bad-place' });
    expect(add('passage', 'lead')).toEqual({ code: 'outline-bad-place' });
    expect(add('passage', null)).toMatchObject({ op: 'add' });
  });

  test('[OU3] no node comes to stand under or before itself, and no part under a part', () => {
    const bad: OutlineCommand[] = [
      { op: 'move', node: id('p1'), parent: id('p1'), before: null },
      { op: 'move', node: id('p1'), parent: id('p2'), before: null },
      { op: 'move', node: id('c1'), parent: id('c1'), before: null },
      { op: 'move', node: id('c1'), parent: id('p1'), before: id('c1') },
      { op: 'move', node: id('c1'), parent: id('p2'), before: id('c2') },
      { op: 'add', kind: 'chapter', heading: '新', parent: null, before: id('c1') },
    ];
    for (const command of bad) expect(refusal(sample, command), JSON.stringify(command)).toEqual({ code: 'outline-bad-place' });
  });

  test('a node that is not there is told so', () => {
    const gone: OutlineCommand[] = [
      { op: 'heading', node: id('x'), was: '', heading: '新' },
      { op: 'remove', node: id('x') },
      { op: 'restore', node: id('c1') },
      { op: 'move', node: id('x'), parent: null, before: null },
      { op: 'move', node: id('c1'), parent: id('x'), before: null },
      { op: 'add', kind: 'chapter', heading: '新', parent: id('x'), before: null },
    ];
    for (const command of gone) expect(refusal(sample, command), JSON.stringify(command)).toEqual({ code: 'outline-no-such-node' });
  });

  test('[OU4] adds and moves before a sibling, or last in its place', () => {
    expect(shape(run(sample, { op: 'add', kind: 'chapter', heading: '新', parent: id('p1'), before: id('c2') }))).toBe(
      'lead p1[c1 new8 c2 end] p2[c3] solo',
    );
    expect(shape(run(sample, { op: 'add', kind: 'chapter', heading: '新', parent: id('p1'), before: null }))).toBe(
      'lead p1[c1 c2 end new8] p2[c3] solo',
    );
    expect(shape(run(sample, { op: 'move', node: id('c1'), parent: id('p2'), before: id('c3') }))).toBe('lead p1[c2 end] p2[c1 c3] solo');
    expect(shape(run(sample, { op: 'move', node: id('p1'), parent: null, before: null }))).toBe('lead p2[c3] solo p1[c1 c2 end]');
    expect(shape(run(sample, { op: 'move', node: id('solo'), parent: id('p1'), before: id('c1') }))).toBe('lead p1[solo c1 c2 end] p2[c3]');
  });
});

describe('removing and restoring', () => {
  test('[OU5] a part takes its children along and brings them back, in its place', () => {
    const without = run(sample, { op: 'remove', node: id('p1') });
    expect(shape(without)).toBe('lead p2[c3] solo');
    expect(without.removed.map((node) => node.id)).toEqual([id('p1'), id('c1'), id('c2'), id('end')]);
    const back = run(without, { op: 'restore', node: id('p1') });
    expect(shape(back)).toBe(shape(sample));
    expect(back.removed).toEqual([]);
  });

  test('[OU5] a chapter goes back to the place it stood in, also when its neighbours went and came', () => {
    const without = run(sample, { op: 'remove', node: id('c1') }, { op: 'remove', node: id('c2') });
    expect(shape(run(without, { op: 'restore', node: id('c1') }))).toBe('lead p1[c1 end] p2[c3] solo');
    expect(shape(run(without, { op: 'restore', node: id('c1') }, { op: 'restore', node: id('c2') }))).toBe(shape(sample));
    expect(shape(run(without, { op: 'restore', node: id('c2') }, { op: 'restore', node: id('c1') }))).toBe(shape(sample));
  });

  test('[OU5] a chapter removed by itself stays out when its part comes back', () => {
    const outline = run(sample, { op: 'remove', node: id('c1') }, { op: 'remove', node: id('p1') }, { op: 'restore', node: id('p1') });
    expect(shape(outline)).toBe('lead p1[c2 end] p2[c3] solo');
    expect(shape(run(outline, { op: 'restore', node: id('c1') }))).toBe(shape(sample));
  });

  test('[OU5] a chapter whose part is gone comes back at the top', () => {
    const outline = run(sample, { op: 'remove', node: id('p1') }, { op: 'restore', node: id('c2') });
    expect(shape(outline)).toBe('lead p2[c3] solo c2');
    expect(shape(run(outline, { op: 'restore', node: id('p1') }))).toBe('lead p1[c1 end] p2[c3] solo c2');
  });
});

describe('numbers', () => {
  test('[OU7] follow from the place; passages have none and do not count', () => {
    expect(numbers(sample)).toBe('· 一、 （一） （二） · 二、 （一） 三、');
    expect(numbers(run(sample, { op: 'move', node: id('solo'), parent: null, before: id('p1') }))).toBe(
      '· 一、 二、 （一） （二） · 三、 （一）',
    );
  });
});
