import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  apart,
  covers,
  deletionOf,
  has,
  type IdRange,
  idRanges,
  intersect,
  sizeOf,
  subtract,
  union,
  withDeletes,
} from '../../../shared/suggestions/id-ranges.ts';

const range = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 8 }));
const ranges = fc.array(range, { maxLength: 6 });

function names(list: readonly IdRange[]): Set<string> {
  return new Set(list.flatMap(([client, clock, length]) => Array.from({ length }, (_, at) => `${client}.${clock + at}`)));
}

describe('sets of ids', () => {
  it('[SU2] joining, cutting and asking give what they give for the ids one by one', () => {
    fc.assert(
      fc.property(ranges, ranges, (left, right) => {
        const [one, other] = [idRanges(left), idRanges(right)];
        const [a, b] = [names(left), names(right)];
        expect(names(union(one, other))).toEqual(new Set([...a, ...b]));
        expect(names(intersect(one, other))).toEqual(new Set([...a].filter((id) => b.has(id))));
        expect(names(subtract(one, other))).toEqual(new Set([...a].filter((id) => !b.has(id))));
        expect(sizeOf(one)).toBe(a.size);
        expect(covers(one, other)).toBe([...b].every((id) => a.has(id)));
        for (let clock = 0; clock < 40; clock += 1) expect(has(one, 2, clock)).toBe(a.has(`2.${clock}`));
      }),
    );
  });

  it('[SU2] an update taken apart and put together again does the same', () => {
    const doc = new Y.Doc();
    doc.clientID = 7;
    const text = doc.getText('t');
    text.insert(0, '甲乙丙丁');
    let update: Uint8Array = new Uint8Array();
    doc.once('update', (written: Uint8Array) => {
      update = written;
    });
    doc.transact(() => {
      text.insert(4, '戊');
      text.delete(1, 2);
    });
    const { structs, deletes } = apart(update);
    expect(deletes).toEqual([[7, 1, 2]]);
    expect(Y.decodeUpdate(structs).ds.clients.size).toBe(0);
    expect(withDeletes(structs, deletes)).toEqual(update);
    const only = new Y.Doc();
    Y.applyUpdate(only, Y.encodeStateAsUpdate(doc));
    Y.applyUpdate(only, deletionOf([[7, 0, 1]]));
    expect(only.getText('t').toString()).toBe('丁戊');
  });
});
