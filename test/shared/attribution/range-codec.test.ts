import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { RangeMap } from '../../../shared/attribution/range-map.ts';
import { randomOf } from '../../support/text-random.ts';

function stored(map: RangeMap): Uint8Array {
  const encoder = encoding.createEncoder();
  map.write(encoder);
  return encoding.toUint8Array(encoder);
}

function told(map: RangeMap): string[] {
  const lines: string[] = [];
  map.each((client, from, to, value) => lines.push(`${client} ${from}-${to} ${value}`));
  return lines;
}

describe('stored ranges', () => {
  it('[HI15] read back as they were, and can be added to as before', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = randomOf(seed);
      const pick = (below: number) => Math.floor(random() * below);
      const map = new RangeMap();
      const fill = (into: RangeMap[], count: number) => {
        for (let index = 0; index < count; index += 1) {
          const client = 1 + pick(3);
          const from = random() < 0.5 ? index * 2 : pick(4_000);
          const length = 1 + pick(4);
          for (const one of into) one.add(client, from, from + length, index);
        }
      };
      fill([map], pick(3_000));
      const back = RangeMap.read(decoding.createDecoder(stored(map)));
      expect(told(back)).toEqual(told(map));
      expect(back.size).toBe(map.size);
      fill([map, back], 200);
      expect(told(back)).toEqual(told(map));
    }
  });

  it('[HI15] take a few bytes for a row of keystrokes', () => {
    const map = new RangeMap();
    for (let clock = 0; clock < 10_000; clock += 1) map.add(7, clock, clock + 1, 5_000 + clock);
    for (let clock = 9_999; clock >= 0; clock -= 1) map.add(8, clock, clock + 1, 30_000 - clock);
    expect(stored(map).length).toBeLessThan(800);
  });
});
