import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterMove, dropAt } from '../../../client/features/outline/drop.ts';
import { keepRow, rowsOf } from '../../../client/features/outline/model.ts';
import { decideOutline } from '../../../shared/outline/decide.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { belongs, id, run, sample, shape } from '../../shared/outline/outline-support.ts';

/** lead · p1 [c1 c2 end] · p2 [c3] · solo; the shape after letting go before row `gap` on the level that was wanted. */
function dropped(name: string, gap: number, wanted: number, outline: Outline = sample): string {
  const place = dropAt(outline, id(name), gap, wanted);
  if (place === null) return 'gone';
  return place.move === null ? 'same' : shape(afterMove(outline, place.move));
}

describe('letting a dragged line go', () => {
  test('[OU12] it stands before the row, on the level that is wanted where two are possible', () => {
    expect(dropped('c1', 4, 1)).toBe('lead p1[c2 c1 end] p2[c3] solo');
    // Between two chapters of a part there is one level only.
    expect(dropped('c1', 4, 0)).toBe('lead p1[c2 c1 end] p2[c3] solo');
    expect(dropped('c1', 5, 1)).toBe('lead p1[c2 end c1] p2[c3] solo');
    expect(dropped('c1', 5, 0)).toBe('lead p1[c2 end] c1 p2[c3] solo');
    expect(dropped('solo', 7, 1)).toBe('lead p1[c1 c2 end] p2[c3 solo]');
    expect(dropped('solo', 8, 1)).toBe('lead p1[c1 c2 end] p2[c3 solo]');
    expect(dropped('c3', 7, 0)).toBe('lead p1[c1 c2 end] p2[] c3 solo');
    expect(dropped('c3', 0, 1)).toBe('c3 lead p1[c1 c2 end] p2[] solo');
    expect(dropped('lead', 2, 0)).toBe('p1[lead c1 c2 end] p2[c3] solo');
  });

  test('[OU12] a part goes with all that is in it, to the nearest place between parts', () => {
    expect(dropped('p1', 8, 0)).toBe('lead p2[c3] solo p1[c1 c2 end]');
    expect(dropped('p1', 6, 1)).toBe('same');
    expect(dropped('p1', 7, 0)).toBe('lead p2[c3] p1[c1 c2 end] solo');
    expect(dropped('p2', 3, 0)).toBe('lead p2[c3] p1[c1 c2 end] solo');
    expect(dropped('p2', 0, 0)).toBe('p2[c3] lead p1[c1 c2 end] solo');
  });

  test('[OU12] where it stands already nothing is sent, and a line that is gone has no place', () => {
    for (const gap of [2, 3]) expect(dropped('c1', gap, 1)).toBe('same');
    for (const gap of [1, 2, 3, 4, 5]) expect(dropped('p1', gap, 0)).toBe('same');
    expect(dropped('never', 2, 1)).toBe('gone');
  });

  test('[OU12] whatever is let go wherever: the server takes it, and it stands at the line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sample.nodes.map((node) => node.id)),
        fc.integer({ min: 0, max: sample.nodes.length }),
        fc.integer({ min: -1, max: 2 }),
        (node, gap, wanted) => {
          const place = dropAt(sample, node, gap, wanted);
          expect(place).not.toBeNull();
          if (place === null || place.move === null) return;
          expect(decideOutline(sample, place.move, { newId: () => id('new'), belongs }).ok).toBe(true);
          const after = afterMove(sample, place.move).nodes;
          const moved = after.find((other) => other.id === node);
          expect(moved?.parent === null ? 0 : 1).toBe(place.depth);
          // The row above the line is the row above the node, whatever went along left out.
          const stays = (other: { id: string; parent: string | null }) => other.id !== node && other.parent !== node;
          const above = sample.nodes.slice(0, place.gap).filter(stays).at(-1)?.id;
          expect(after[after.findIndex((other) => other.id === node) - 1]?.id).toBe(above);
        },
      ),
    );
  });
});

describe('a chapter that was taken from under the caret', () => {
  test('[OU14] stays among the rows behind what stood before it, without a number', () => {
    const rows = rowsOf(sample, {});
    const now = rowsOf(run(sample, { op: 'remove', node: id('c1') }, { op: 'remove', node: id('c2') }), {});
    const kept = keepRow(now, rows, id('c2'));
    expect(kept.map((row) => row.node.id)).toEqual(['lead', 'p1', 'c2', 'end', 'p2', 'c3', 'solo'].map(id));
    expect(kept[2]).toMatchObject({ number: '', depth: 1 });
    expect(keepRow(rows, rows, id('c2'))).toBe(rows);
    expect(keepRow(now, now, id('c2'))).toBe(now);
  });
});
