/** A small seeded generator (mulberry32), so that a failing run can be had again by its number. */
export function seeded(seed: number): { below: (limit: number) => number } {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return {
    below: (limit) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    },
  };
}
