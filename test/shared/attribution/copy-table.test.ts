import { describe, expect, it } from 'vitest';
import { CopyTable } from '../../../shared/attribution/copy-table.ts';
import type { ChapterId } from '../../../shared/ids.ts';

const HERE = 'chapter000000001' as ChapterId;
const THERE = 'chapter000000002' as ChapterId;

describe('CopyTable', () => {
  it('traces a copy of a copy to where it was written first', () => {
    const table = new CopyTable();
    table.add({ chapter: HERE, to: { client: 2, clock: 10, length: 5 }, fromChapter: HERE, fromClient: 1, fromClock: 100, seq: 3 });
    table.add({ chapter: THERE, to: { client: 3, clock: 0, length: 4 }, fromChapter: HERE, fromClient: 2, fromClock: 11, seq: 4 });
    expect(table.source(HERE, 2, 12)).toEqual({ chapter: HERE, client: 1, clock: 102 });
    expect(table.source(THERE, 3, 3)).toEqual({ chapter: HERE, client: 1, clock: 104 });
    expect(table.source(THERE, 3, 4)).toBeNull();
    expect(table.source(HERE, 1, 100)).toBeNull();
  });

  it('traces each part of a stretch that is half copied and half written', () => {
    const table = new CopyTable();
    table.add({ chapter: HERE, to: { client: 2, clock: 10, length: 3 }, fromChapter: HERE, fromClient: 1, fromClock: 100, seq: 3 });
    table.add({ chapter: HERE, to: { client: 2, clock: 50, length: 8 }, fromChapter: HERE, fromClient: 2, fromClock: 8, seq: 4 });
    const told: string[] = [];
    table.overlapping(HERE, 2, 50, 58, (from, to, source) => told.push(`${from}-${to} ${source.client}:${source.clock}`));
    expect(told).toEqual(['50-52 2:8', '52-55 1:100', '55-58 2:13']);
  });

  it('keeps what was said first of an id', () => {
    const table = new CopyTable();
    table.add({ chapter: HERE, to: { client: 2, clock: 0, length: 2 }, fromChapter: HERE, fromClient: 1, fromClock: 5, seq: 3 });
    table.add({ chapter: HERE, to: { client: 2, clock: 0, length: 4 }, fromChapter: THERE, fromClient: 9, fromClock: 0, seq: 4 });
    expect(table.source(HERE, 2, 1)).toEqual({ chapter: HERE, client: 1, clock: 6 });
    expect(table.source(HERE, 2, 3)).toEqual({ chapter: THERE, client: 9, clock: 3 });
  });
});
