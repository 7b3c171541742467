import { describe, expect, it } from 'vitest';
import { RangeList } from '../../../shared/attribution/range-list.ts';
import { randomFrom } from '../../server/core/admission/writers.ts';

const RUNS = process.env['GONGBI_PROOF'] === '1' ? 300 : 8;

/** The same by a plain array: one value a clock. */
class Plain {
  readonly values: number[] = [];

  add(from: number, to: number, value: number): number {
    let added = 0;
    for (let clock = from; clock < to; clock += 1) {
      if (this.values[clock] !== undefined) continue;
      this.values[clock] = value;
      added += 1;
    }
    return added;
  }
}

describe('RangeList', () => {
  it('[AT4] keeps the first value of each clock, as an array would, whatever the order of the ranges', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = randomFrom(seed);
      const list = new RangeList();
      const plain = new Plain();
      const space = 50 + random(20_000);
      for (let step = 0; step < 1_000; step += 1) {
        const from = random(4) === 0 ? list.end : random(space);
        const to = from + 1 + random(12);
        const value = random(4);
        const fresh: number[] = [];
        expect(list.add(from, to, value, fresh)).toBe(plain.add(from, to, value));
        for (let pair = 0; pair < fresh.length; pair += 2) {
          expect(plain.values.slice(fresh[pair], fresh[pair + 1]).every((other) => other === value)).toBe(true);
        }
      }
      const got = Array.from({ length: plain.values.length }, (_, clock) => list.get(clock));
      expect(got).toEqual(Array.from({ length: plain.values.length }, (_, clock) => plain.values[clock] ?? -1));
      const told: (number | undefined)[] = [];
      let last = { to: -1, value: -1 };
      list.each((from, to, value) => {
        expect(from).toBeGreaterThanOrEqual(last.to);
        for (let clock = from; clock < to; clock += 1) told[clock] = value;
        last = { to, value };
      });
      expect(told).toEqual(plain.values);
      for (let round = 0; round < 200; round += 1) {
        const from = random(space);
        const to = from + 1 + random(30);
        const clocks = Array.from({ length: to - from }, (_, index) => plain.values[from + index]);
        expect(list.covers(from, to)).toBe(clocks.every((value) => value !== undefined));
        let met = 0;
        list.overlapping(from, to, (start, end, value) => {
          expect(start >= from && end <= to && plain.values[start] === value).toBe(true);
          met += end - start;
        });
        expect(met).toBe(clocks.filter((value) => value !== undefined).length);
      }
    }
  });

  it('joins neighbours of one value and holds a long history in few ranges', () => {
    const list = new RangeList();
    for (let clock = 0; clock < 5_000; clock += 1) list.add(clock, clock + 1, 7);
    expect(list.size).toBe(1);
    for (let clock = 9_999; clock >= 5_000; clock -= 1) list.add(clock, clock + 1, 8);
    expect(list.size).toBeLessThan(20);
    expect(list.get(4_999)).toBe(7);
    expect(list.get(5_000)).toBe(8);
    expect(list.get(10_000)).toBe(-1);
  });
});
