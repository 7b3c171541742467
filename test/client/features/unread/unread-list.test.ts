import { describe, expect, test } from 'vitest';
import { nameOf, stepFrom, type UnreadBlock, unreadBlocks } from '../../../../client/features/unread/unread-list.ts';
import type { MemberId, NodeId } from '../../../../shared/ids.ts';

const [A, B, C] = ['chapter00000000a', 'chapter00000000b', 'chapter00000000c'] as [NodeId, NodeId, NodeId];
const ORDER = [A, B, C];
const block = (chapter: NodeId, key: string): UnreadBlock => ({ chapter, key, hash: `h${key}`, seq: 9 });
const BLOCKS = [block(A, '1.1'), block(A, '1.2'), block(C, '3.1')];
const step = (from: { chapter: NodeId; key: string } | null, direction: 1 | -1): string | undefined =>
  stepFrom(BLOCKS, from, ORDER, direction)?.key;

describe('walking unread paragraphs', () => {
  test('[UR5] goes on from where one is, and round at both ends', () => {
    expect([step(null, 1), step(null, -1)]).toEqual(['1.1', '3.1']);
    expect([step(BLOCKS[0]!, 1), step(BLOCKS[1]!, 1), step(BLOCKS[2]!, 1)]).toEqual(['1.2', '3.1', '1.1']);
    expect([step(BLOCKS[0]!, -1), step(BLOCKS[2]!, -1)]).toEqual(['3.1', '1.2']);
  });

  test('[UR5] from a paragraph that is read already, by the place of its chapter', () => {
    expect([step({ chapter: B, key: '2.1' }, 1), step({ chapter: B, key: '2.1' }, -1)]).toEqual(['3.1', '1.2']);
    expect(stepFrom([], null, ORDER, 1)).toBeNull();
  });

  test('[UR2] what was read in one wording is left out in that wording only', () => {
    const by = ['member00000000000001' as MemberId];
    const told = { since: 1, seq: 9, chapters: [{ chapter: A, removed: 0, blocks: [{ key: '1.1', hash: 'new', by, at: 0, seq: 8 }] }] };
    expect(unreadBlocks(told, new Set([nameOf({ chapter: A, key: '1.1', hash: 'new' })]))).toEqual([]);
    expect(unreadBlocks(told, new Set([nameOf({ chapter: A, key: '1.1', hash: 'old' })]))).toHaveLength(1);
    expect(unreadBlocks(null, new Set())).toEqual([]);
  });
});
