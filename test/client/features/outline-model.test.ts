import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Direction,
  headingName,
  moveOf,
  passagePlace,
  placeForNew,
  rowsOf,
  totalsOf,
} from '../../../client/features/outline/model.ts';
import { addCounts, countText } from '../../../shared/counting/count.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { decideOutline } from '../../../shared/outline/decide.ts';
import { emptyOutline, reduceOutline } from '../../../shared/outline/fold.ts';
import type { NodeKind, Outline, OutlineNode } from '../../../shared/outline/outline.ts';

const id = (name: string) => name as NodeId;
const belongs = () => true;
const node = (name: string, kind: NodeKind, parent: string | null = null): OutlineNode => ({
  id: id(name),
  kind,
  heading: kind === 'passage' ? '' : name,
  form: 'own-line',
  parent: parent === null ? null : id(parent),
});

/** 导语, 一（甲 乙 结语）, 二（丙） */
const outline: Outline = {
  ...emptyOutline,
  title: '报告',
  nodes: [
    node('intro', 'passage'),
    node('one', 'part'),
    node('a', 'chapter', 'one'),
    node('b', 'chapter', 'one'),
    node('end', 'passage', 'one'),
    node('two', 'part'),
    node('c', 'chapter', 'two'),
  ],
};
const header = { seq: 1, at: 1, author: 'm' as never, kind: 'outline', subject: '' } as const;

/** The names in order after a move, children indented, as the server would have it. */
function placed(from: Outline, name: string, direction: Direction): string {
  const command = moveOf(from, id(name), direction);
  if (command === null) return 'nowhere';
  const decided = decideOutline(from, command, { newId: () => id('new'), belongs });
  if (!decided.ok) return decided.error.code;
  return reduceOutline(from, decided.value, header)
    .nodes.map((other) => (other.parent === null ? other.id : `.${other.id}`))
    .join(' ');
}

describe('moving in the outline', () => {
  test('up and down change places with the neighbour', () => {
    expect(placed(outline, 'b', 'up')).toBe('intro one .b .a .end two .c');
    expect(placed(outline, 'a', 'down')).toBe('intro one .b .a .end two .c');
    expect(placed(outline, 'one', 'down')).toBe('intro two .c one .a .b .end');
    expect(placed(outline, 'two', 'up')).toBe('intro two .c one .a .b .end');
  });

  test('at the edge of a part up and down go into the part beside it', () => {
    expect(placed(outline, 'c', 'up')).toBe('intro one .a .b .end .c two');
    expect(placed(outline, 'end', 'down')).toBe('intro one .a .b two .end .c');
  });

  test('where no part stands beside it the edge leads out of the part', () => {
    expect(placed(outline, 'a', 'up')).toBe('intro a one .b .end two .c');
    expect(placed(outline, 'c', 'down')).toBe('intro one .a .b .end two c');
  });

  test('promote puts behind the own part, demote into the part above', () => {
    expect(placed(outline, 'a', 'promote')).toBe('intro one .b .end a two .c');
    const promoted: Outline = { ...outline, nodes: [...outline.nodes.slice(0, 5), node('x', 'chapter'), ...outline.nodes.slice(5)] };
    expect(placed(promoted, 'x', 'demote')).toBe('intro one .a .b .end .x two .c');
  });

  test('what cannot move stays: the first, the last, parts between levels, unknown nodes', () => {
    expect(placed(outline, 'intro', 'up')).toBe('nowhere');
    expect(placed(outline, 'two', 'down')).toBe('nowhere');
    expect(placed(outline, 'two', 'promote')).toBe('nowhere');
    expect(placed(outline, 'two', 'demote')).toBe('nowhere');
    expect(placed(outline, 'intro', 'demote')).toBe('nowhere');
    expect(placed(outline, 'gone', 'up')).toBe('nowhere');
  });

  test('every move that is offered is one the server takes, and it moves something', () => {
    const direction = fc.constantFrom<Direction>('up', 'down', 'promote', 'demote');
    const step = fc.tuple(fc.nat(), direction);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = outline;
        for (const [pick, where] of steps) {
          const chosen = now.nodes[pick % now.nodes.length];
          const command = chosen === undefined ? null : moveOf(now, chosen.id, where);
          if (command === null) continue;
          const decided = decideOutline(now, command, { newId: () => id('new'), belongs });
          expect(decided.ok).toBe(true);
          if (!decided.ok) continue;
          const next = reduceOutline(now, decided.value, header);
          expect(next.nodes).not.toEqual(now.nodes);
          expect(next.nodes.map((other) => other.id).toSorted()).toEqual(now.nodes.map((other) => other.id).toSorted());
          now = next;
        }
      }),
      { numRuns: process.env['GONGBI_PROOF'] === '1' ? 2_000 : 100 },
    );
  });
});

describe('the outline as it is shown', () => {
  test('passages are called by their place', () => {
    const place = (name: string) => passagePlace(outline, outline.nodes.find((other) => other.id === name) ?? node('', 'passage'));
    expect(place('intro')).toBe('preamble');
    expect(place('end')).toBe('closing');
    const alone: Outline = { ...outline, nodes: [node('p', 'part'), node('only', 'passage', 'p')] };
    expect(passagePlace(alone, node('only', 'passage', 'p'))).toBe('passage');
  });

  test('rows carry numbers by place and figures; totals count chapters, not passages, and every word of title, headings and bodies', () => {
    const rows = rowsOf(outline, {
      [id('a')]: { characters: 120, withoutPunctuation: 100, words: 110, blanks: 3 },
      [id('end')]: { characters: 30, withoutPunctuation: 20, words: 25, blanks: 1 },
    });
    expect(rows.map((row) => row.number)).toEqual(['', '一、', '（一）', '（二）', '', '二、', '（一）']);
    expect(rows.map((row) => row.count?.characters ?? null)).toEqual([0, null, 120, 0, 30, null, 0]);
    expect(totalsOf(outline.title, rows)).toEqual({
      parts: 2,
      chapters: 3,
      count: addCounts(
        { characters: 150, withoutPunctuation: 120, words: 135 },
        countText(['报告', 'one', 'two', 'a', 'b', 'c'].join('\n')),
      ),
      blanks: 4,
    });
  });

  test('a heading that opens its paragraph is named without its closing mark', () => {
    expect(headingName({ heading: '深化改革。', form: 'run-in' })).toBe('深化改革');
    expect(headingName({ heading: '深化改革。', form: 'own-line' })).toBe('深化改革。');
  });

  test('a new chapter goes behind the current one, into the current part; a new part behind the current part', () => {
    expect(placeForNew(outline, 'chapter', id('a'))).toEqual({ parent: 'one', before: 'b' });
    expect(placeForNew(outline, 'chapter', id('end'))).toEqual({ parent: 'one', before: null });
    expect(placeForNew(outline, 'passage', id('two'))).toEqual({ parent: 'two', before: null });
    expect(placeForNew(outline, 'part', id('a'))).toEqual({ parent: null, before: 'two' });
    expect(placeForNew(outline, 'part', null)).toEqual({ parent: null, before: null });
  });
});
