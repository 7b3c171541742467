import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../../shared/ids.ts';
import { decideOutline } from '../../../shared/outline/decide.ts';
import { emptyOutline, reduceOutline } from '../../../shared/outline/fold.ts';
import { chineseNumeral } from '../../../shared/outline/numbering.ts';
import type { Outline, OutlineCommand, OutlineEvent, OutlineNode } from '../../../shared/outline/outline.ts';
import { childrenOf, mayStandIn } from '../../../shared/outline/tree.ts';
import { belongs, header, id, node, sample, shape } from './outline-support.ts';

const apply = (...events: readonly OutlineEvent[]) =>
  events.reduce((state, event, index) => reduceOutline(state, event, header(20 + index)), sample);

describe('events that no longer fit', () => {
  test('[OU8] about a node that is not there, a second create, or a used id: change nothing', () => {
    const events: OutlineEvent[] = [
      { op: 'create', epoch: 'e2', beginning: 'empty', title: '别的', nodes: [] },
      { op: 'add', node: node('c1', 'chapter', 'p2'), before: null },
      { op: 'heading', node: id('x'), was: '', heading: '新', form: 'own-line' },
      { op: 'heading', node: id('lead'), was: '', heading: '新', form: 'own-line' },
      { op: 'remove', node: id('x') },
      { op: 'restore', node: id('c1'), parent: null, before: null },
      { op: 'move', node: id('x'), parent: null, before: null },
      { op: 'move', node: id('c1'), parent: id('x'), before: null },
      { op: 'move', node: id('p1'), parent: id('p2'), before: null },
    ];
    for (const event of events) expect(apply(event), JSON.stringify(event)).toBe(sample);
  });

  test('[OU8] a place that is gone becomes the nearest: last, or the top', () => {
    expect(shape(apply({ op: 'add', node: node('n', 'chapter', 'x'), before: id('y') }))).toBe('lead p1[c1 c2 end] p2[c3] solo n');
    expect(shape(apply({ op: 'move', node: id('c1'), parent: id('p1'), before: id('y') }))).toBe('lead p1[c2 end c1] p2[c3] solo');
    expect(shape(apply({ op: 'remove', node: id('c1') }, { op: 'restore', node: id('c1'), parent: id('x'), before: null }))).toBe(
      'lead p1[c2 end] p2[c3] solo c1',
    );
  });

  test('[OU8] a title set on another machine at the same moment: the last in log order stands', () => {
    expect(apply({ op: 'title', was: '报告', title: '甲' }, { op: 'title', was: '报告', title: '乙' }).title).toBe('乙');
  });
});

const names = ['lead', 'p1', 'c1', 'c2', 'end', 'p2', 'c3', 'solo', 'n1', 'n2', 'n3', 'x'];
const anyId = fc.constantFrom(...names).map(id);
const anyParent = fc.option(anyId, { nil: null });
const anyKind = fc.constantFrom('part' as const, 'chapter' as const, 'passage' as const);
const anyForm = fc.constantFrom('own-line' as const, 'run-in' as const);
const anyEvent: fc.Arbitrary<OutlineEvent> = fc.oneof(
  fc.record({ op: fc.constant('title' as const), was: fc.string(), title: fc.string() }),
  fc.record({ op: fc.constant('heading' as const), node: anyId, was: fc.string(), heading: fc.string(), form: anyForm }),
  fc.record({
    op: fc.constant('add' as const),
    node: fc.record({ id: anyId, kind: anyKind, heading: fc.constant('新'), form: anyForm, parent: anyParent }),
    before: anyParent,
  }),
  fc.record({ op: fc.constant('remove' as const), node: anyId }),
  fc.record({ op: fc.constant('restore' as const), node: anyId, parent: anyParent, before: anyParent }),
  fc.record({ op: fc.constant('move' as const), node: anyId, parent: anyParent, before: anyParent }),
);
const anyCommand: fc.Arbitrary<OutlineCommand> = fc.oneof(
  fc.record({ op: fc.constant('add' as const), kind: anyKind, heading: fc.constantFrom('', '新'), parent: anyParent, before: anyParent }),
  fc.record({ op: fc.constant('remove' as const), node: anyId }),
  fc.record({ op: fc.constant('restore' as const), node: anyId }),
  fc.record({ op: fc.constant('move' as const), node: anyId, parent: anyParent, before: anyParent }),
);

function expectSound(outline: Outline): void {
  const ids = [...outline.nodes, ...outline.removed].map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of outline.nodes) {
    const parent = outline.nodes.find((other) => other.id === one.parent) ?? null;
    expect(one.parent === null || parent !== null).toBe(true);
    expect(mayStandIn(one.kind, parent)).toBe(true);
  }
  const inOrder = childrenOf(outline, null).flatMap((top): readonly OutlineNode[] => [top, ...childrenOf(outline, top.id)]);
  expect(inOrder).toEqual(outline.nodes);
}

const runs = process.env['GONGBI_PROOF'] === '1' ? 5_000 : 300;

describe('any log', () => {
  test('[OU8] folds into a sound tree that never loses a node, without throwing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let outline = sample;
        for (const [index, event] of events.entries()) {
          const before = new Set<NodeId>([...outline.nodes, ...outline.removed].map((one) => one.id));
          outline = reduceOutline(outline, event, header(2 + index));
          const after = new Set<NodeId>([...outline.nodes, ...outline.removed].map((one) => one.id));
          expect([...before].every((known) => after.has(known))).toBe(true);
          expectSound(outline);
        }
      }),
      { numRuns: runs },
    );
  });

  test('[OU4] whatever is decided is carried out: the node stands where it was asked for', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 20 }), (commands) => {
        let outline = sample;
        let made = 0;
        for (const command of commands) {
          const decided = decideOutline(outline, command, { newId: () => `made${made++}`.padEnd(16, '0') as NodeId, belongs });
          if (!decided.ok) continue;
          const event = decided.value;
          outline = reduceOutline(outline, event, header(2));
          expectSound(outline);
          if (event.op === 'remove') expect(outline.nodes.some((one) => one.id === event.node)).toBe(false);
          if (event.op !== 'add' && event.op !== 'restore' && event.op !== 'move') continue;
          const placed = event.op === 'add' ? event.node.id : event.node;
          const parent = event.op === 'add' ? event.node.parent : event.parent;
          const siblings = childrenOf(outline, parent).map((one) => one.id);
          expect(siblings[siblings.indexOf(placed) + 1] ?? null).toBe(event.before);
          expect(siblings).toContain(placed);
        }
      }),
      { numRuns: runs },
    );
  });

  test('[OU5] what a part took along is exactly what it brings back, whatever happened in between', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
        const inside = childrenOf(sample, id('p1'));
        let outline = reduceOutline(sample, { op: 'remove', node: id('p1') }, header(2));
        for (const command of commands) {
          if ('node' in command && (command.node === id('p1') || inside.some((one) => one.id === command.node))) continue;
          const newId = () => `made${outline.nodes.length}${outline.removed.length}`.padEnd(16, '0') as NodeId;
          const decided = decideOutline(outline, command, { newId, belongs });
          if (decided.ok) outline = reduceOutline(outline, decided.value, header(3));
        }
        const restored = decideOutline(outline, { op: 'restore', node: id('p1') }, { newId: () => id('never'), belongs });
        expect(restored.ok).toBe(true);
        if (restored.ok) outline = reduceOutline(outline, restored.value, header(4));
        expect(childrenOf(outline, id('p1'))).toEqual(inside);
      }),
      { numRuns: runs },
    );
  });
});

describe('create', () => {
  test('[OU8] of an outline that does not fit keeps every node within reach', () => {
    const outline = reduceOutline(
      emptyOutline,
      {
        op: 'create',
        epoch: 'e',
        beginning: 'import',
        title: '报告',
        nodes: [node('c', 'chapter', 'later'), node('later', 'part'), node('q', 'part', 'later'), node('c', 'passage')],
      },
      header(1),
    );
    expect(shape(outline)).toBe('c later[] q[]');
    expectSound(outline);
  });
});

describe('Chinese numerals', () => {
  test('[OU7] are written as headings write them', () => {
    expect([1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111, 120, 200, 305, 999].map(chineseNumeral)).toEqual([
      '一',
      '九',
      '十',
      '十一',
      '十九',
      '二十',
      '二十一',
      '九十九',
      '一百',
      '一百零一',
      '一百一十',
      '一百一十一',
      '一百二十',
      '二百',
      '三百零五',
      '九百九十九',
    ]);
    expect(new Set(Array.from({ length: 999 }, (_, index) => chineseNumeral(index + 1))).size).toBe(999);
    expect(chineseNumeral(1_000)).toBe('1000');
  });
});
