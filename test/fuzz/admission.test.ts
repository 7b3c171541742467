import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { admitUpdate, judgeUpdate, replayUpdate } from '../../server/core/admission/admit-update.ts';
import { ChapterTables } from '../../server/core/admission/chapter-tables.ts';
import { IdOwners } from '../../server/core/admission/id-owners.ts';
import { parseUpdate } from '../../server/core/admission/parse-update.ts';
import { ParsedUpdate } from '../../server/core/admission/parsed-update.ts';
import type { MemberId } from '../../shared/ids.ts';
import { seedUpdate } from '../../shared/text/seed.ts';
import { isPending, randomFrom, Writer } from '../server/core/admission/writers.ts';

const LONG = process.env['GONGBI_PROOF'] === '1';
const RUNS = LONG ? 400 : 15;
const into = new ParsedUpdate();

/** A server as small as can be: tables, and a document that gets what was admitted and nothing else. */
class Door {
  readonly tables = new ChapterTables();
  readonly owners = new IdOwners();
  readonly doc = new Y.Doc({ gc: false });
  readonly log: { readonly bytes: Uint8Array; readonly sender: MemberId | 'server' }[] = [];

  constructor() {
    expect(this.send(seedUpdate(), 'server')).toBe('admit');
  }

  send(bytes: Uint8Array, sender: MemberId | 'server') {
    const verdict = admitUpdate(this.tables, this.owners, bytes, sender, 0, into);
    if (verdict === 'admit') {
      this.log.push({ bytes, sender });
      Y.applyUpdate(this.doc, bytes);
      expect(isPending(this.doc)).toBe(false);
    }
    return verdict;
  }

  vector(): Map<number, number> {
    return Y.decodeStateVector(this.tables.stateVector('admitted'));
  }
}

const member = (index: number) => `member${'abcdefghijklmnop'[index]}0000000000` as MemberId;

/** Several people write, hear of each other late, and hand over what they made in order. */
function play(seed: number, rounds: number) {
  const random = randomFrom(seed);
  const door = new Door();
  const writers = Array.from(
    { length: 2 + random(3) },
    (_, index) => new Writer(100_000 + random(1_000_000_000) * 4 + index, random(2) === 0),
  );
  const heard = writers.map(() => 0);
  const updates: { bytes: Uint8Array; by: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const by = random(writers.length);
    const writer = writers[by]!;
    if (random(3) > 0) writer.edit(random);
    else {
      for (const { bytes } of door.log.slice(heard[by]!)) writer.receive(bytes);
      heard[by] = door.log.length;
    }
    if (random(2) === 0) {
      for (const bytes of writer.outbox.splice(0)) {
        updates.push({ bytes, by });
        expect(['admit', 'known']).toContain(door.send(bytes, member(by)));
      }
    }
  }
  writers.forEach((writer, by) => {
    for (const bytes of writer.outbox.splice(0)) {
      updates.push({ bytes, by });
      expect(['admit', 'known']).toContain(door.send(bytes, member(by)));
    }
  });
  return { random, door, writers, updates };
}

/** The text with its blocks and formats, as plain data. */
function contentOf(doc: Y.Doc): unknown[] {
  const delta = doc.getText('t').toDelta() as { insert: unknown; attributes?: unknown }[];
  return delta.map(({ insert, attributes }) => [insert instanceof Y.AbstractType ? insert.toJSON() : insert, attributes]);
}

/** Two to four sections of one-letter items; each names a left neighbour among the seed's item and all items of the update. */
function tangle(random: (below: number) => number): Uint8Array {
  const encoder = encoding.createEncoder();
  const sections = 2 + random(3);
  const sizes = Array.from({ length: sections }, () => 1 + random(3));
  const first = 100_000;
  encoding.writeVarUint(encoder, sections);
  for (let s = sections - 1; s >= 0; s -= 1) {
    encoding.writeVarUint(encoder, sizes[s]!);
    encoding.writeVarUint(encoder, first + s);
    encoding.writeVarUint(encoder, 0);
    for (let clock = 0; clock < sizes[s]!; clock += 1) {
      const other = random(sections + 1);
      // Mostly backwards, so that a good part can be integrated.
      const target = other === sections ? [1, 0] : [first + other, random(random(3) === 0 ? sizes[other]! : 1)];
      encoding.writeUint8(encoder, 0x84);
      encoding.writeVarUint(encoder, target[0]!);
      encoding.writeVarUint(encoder, target[1]!);
      encoding.writeVarString(encoder, 'x');
    }
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

describe('admission against Yjs itself', () => {
  it('[AD1] reads every honest update as Yjs reads it', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      for (const { bytes } of play(seed, 120).updates) {
        expect(parseUpdate(bytes, into)).toBeNull();
        const decoded = Y.decodeUpdate(bytes);
        const ids = Array.from({ length: into.structs }, (_, row) => `${into.client[row]}:${into.clock[row]}+${into.length[row]}`);
        expect(ids).toEqual(decoded.structs.map((struct) => `${struct.id.client}:${struct.id.clock}+${struct.length}`));
        const deletes = Array.from({ length: into.deletes }, (_, row) => [
          into.deleteClient[row],
          into.deleteClock[row],
          into.deleteLength[row],
        ]);
        const expected = [...decoded.ds.clients].flatMap(([client, ranges]) => ranges.map((range) => [client, range.clock, range.len]));
        expect(deletes).toEqual(expected);
      }
    }
  });

  it('[AD2] knows at every moment the vector that a document would have, and never leaves one waiting', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { door } = play(seed, 150);
      expect(door.vector()).toEqual(Y.decodeStateVector(Y.encodeStateVector(door.doc)));
    }
  });

  it('[AD3] takes a resend and a full state from anybody as known, and makes no entry of it', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { door, writers, updates } = play(seed, 150);
      for (const { bytes, by } of updates) expect(door.send(bytes, member(by))).toBe('known');
      for (const { bytes } of door.log.slice(1)) expect(door.send(bytes, member(7))).toBe('known');
      // What Yjs deletes by itself (two people set one attribute at once, or one of a block that the other deletes) is in nobody's update;
      // a full state tells of it, and that is no news either.
      writers.forEach((writer, by) => {
        for (const { bytes } of door.log) writer.receive(bytes);
        expect(door.send(Y.encodeStateAsUpdate(writer.doc, Y.encodeStateVector(door.doc)), member(by))).toBe('known');
        expect(door.send(Y.encodeStateAsUpdate(writer.doc), member(by))).toBe('known');
      });
      expect(door.send(Y.encodeStateAsUpdate(door.doc), member(0))).toBe('known');
    }
  });

  it('[AD4] tells the same after a replay of the log', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { door } = play(seed, 120);
      const tables = new ChapterTables();
      const owners = new IdOwners();
      for (const { bytes, sender } of door.log) expect(replayUpdate(tables, owners, bytes, sender, 0, into)).toBe(true);
      expect(Y.decodeStateVector(tables.stateVector('committed'))).toEqual(door.vector());
      for (const [client] of door.vector()) expect(owners.ownerOf(client)).toBe(door.owners.ownerOf(client));
    }
  });

  it('[AD5] answers what came too early with a gap, takes nothing of it, and ends with the same text once everything has come', () => {
    let gaps = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { door, random, updates } = play(seed, 100);
      const late = new Door();
      let left = [...updates];
      while (left.length > 0) {
        const again: typeof left = [];
        while (left.length > 0) {
          const [next] = left.splice(random(left.length), 1);
          const verdict = late.send(next!.bytes, member(next!.by));
          if (verdict === 'gap') {
            gaps += 1;
            again.push(next!);
          } else expect(['admit', 'known']).toContain(verdict);
        }
        left = again;
      }
      expect(late.vector()).toEqual(door.vector());
      expect(contentOf(late.doc)).toEqual(contentOf(door.doc));
    }
    expect(gaps).toBeGreaterThan(RUNS);
  });

  it('[AD2] judges hand-made updates of several ids, standing on each other at random, as Yjs can integrate them', () => {
    let admitted = 0;
    let refused = 0;
    for (let seed = 1; seed <= RUNS * 40; seed += 1) {
      const random = randomFrom(seed);
      const door = new Door();
      const update = tangle(random);
      const verdict = door.send(update, 'server');
      if (verdict === 'admit') {
        admitted += 1;
        expect(door.vector()).toEqual(Y.decodeStateVector(Y.encodeStateVector(door.doc)));
        continue;
      }
      refused += 1;
      const doc = new Y.Doc({ gc: false });
      Y.applyUpdate(doc, seedUpdate());
      // What stands on its own future makes Yjs throw; everything else that is refused is left waiting there.
      let threw = false;
      try {
        Y.applyUpdate(doc, update);
      } catch {
        threw = true;
      }
      expect(threw || isPending(doc)).toBe(true);
    }
    expect(admitted).toBeGreaterThan(RUNS);
    expect(refused).toBeGreaterThan(RUNS);
  });

  it('[AD1] accepts no garbled update that Yjs then fails to read, or that would leave a document waiting', () => {
    let accepted = 0;
    let admitted = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { door, random, updates } = play(seed, 60);
      const full = Y.encodeStateAsUpdate(door.doc);
      for (let round = 0; round < (LONG ? 600 : 120); round += 1) {
        const source = updates[random(updates.length)]!.bytes;
        const garbled = source.slice(0, random(10) === 0 ? random(source.length + 1) : source.length);
        for (let flips = 1 + random(3); flips > 0; flips -= 1) garbled[random(garbled.length)] = random(256);
        if (parseUpdate(garbled, into) !== null) continue;
        accepted += 1;
        expect(() => Y.decodeUpdate(garbled)).not.toThrow();
        const verdict = judgeUpdate(door.tables, door.owners, into, 'server', 0);
        if (verdict !== 'admit') continue;
        admitted += 1;
        const doc = new Y.Doc({ gc: false });
        Y.applyUpdate(doc, full);
        Y.applyUpdate(doc, garbled);
        expect(isPending(doc)).toBe(false);
        expect(() => doc.getText('t').toDelta()).not.toThrow();
        expect(() => Y.encodeStateAsUpdate(doc)).not.toThrow();
      }
    }
    expect(accepted).toBeGreaterThan(RUNS);
    expect(admitted).toBeGreaterThan(0);
  });
});
