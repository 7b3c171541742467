import type { Editor } from '@tiptap/core';
import { describe, expect, test } from 'vitest';
import { estimatedHeight } from '../../../client/features/paper/heights.ts';
import { Walk } from '../../../client/features/paper/walk.ts';
import type { NodeId } from '../../../shared/ids.ts';

const id = (name: string) => name as NodeId;
const editorOf = (name: string) => ({ name, isDestroyed: false }) as unknown as Editor;

function walkOver(...order: string[]) {
  const said: string[] = [];
  const walk = new Walk(
    (editor, side, x) => said.push(`${(editor as unknown as { name: string }).name} ${side}${x === undefined ? '' : ` ${x}`}`),
    (node) => said.push(`open ${node}`),
  );
  walk.setOrder(order.map(id));
  return { walk, said };
}

describe('the caret from chapter to chapter', () => {
  test('up leads to the end of the chapter before, down to the start of the one after, in the same column', () => {
    const { walk, said } = walkOver('a', 'b', 'c');
    for (const name of ['a', 'b', 'c']) walk.ready(id(name), editorOf(name));
    expect(walk.leave(id('b'), 'up', 140)).toBe(true);
    expect(walk.leave(id('b'), 'down', 140)).toBe(true);
    expect(said).toEqual(['a end 140', 'c start 140']);
  });

  test('before the first and behind the last the key is not used up', () => {
    const { walk, said } = walkOver('a', 'b');
    expect(walk.leave(id('a'), 'up', 0)).toBe(false);
    expect(walk.leave(id('b'), 'down', 0)).toBe(false);
    expect(walk.leave(id('gone'), 'down', 0)).toBe(false);
    expect(said).toEqual([]);
  });

  test('a chapter that is not open is opened, and the caret follows when its editor is there', () => {
    const { walk, said } = walkOver('a', 'b');
    walk.leave(id('a'), 'down', 80);
    walk.ready(id('a'), editorOf('a'));
    walk.ready(id('b'), editorOf('b'));
    walk.ready(id('b'), editorOf('b again'));
    expect(said).toEqual(['open b', 'b start 80']);
  });

  test('a new wish takes the place of one that waits', () => {
    const { walk, said } = walkOver('a', 'b', 'c');
    walk.ready(id('a'), editorOf('a'));
    walk.into(id('c'), 'start');
    walk.into(id('a'), 'start');
    walk.ready(id('c'), editorOf('c'));
    expect(said).toEqual(['open c', 'a start']);
  });

  test('an editor that is gone is opened anew, and a late farewell does not hide its successor', () => {
    const { walk, said } = walkOver('a');
    const [first, second] = [editorOf('first'), editorOf('second')];
    walk.ready(id('a'), first);
    walk.ready(id('a'), second);
    walk.gone(id('a'), first);
    walk.into(id('a'), 'end');
    walk.gone(id('a'), second);
    walk.into(id('a'), 'end');
    expect(said).toEqual(['second end', 'open a']);
  });
});

test('the height kept for a chapter grows with its characters and is never nothing', () => {
  expect(estimatedHeight(0)).toBe(36);
  expect(estimatedHeight(280)).toBeGreaterThanOrEqual(360);
  expect(estimatedHeight(2_800)).toBeGreaterThan(estimatedHeight(280) * 8);
});
