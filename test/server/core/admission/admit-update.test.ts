import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { admitUpdate, type Sender } from '../../../../server/core/admission/admit-update.ts';
import { ChapterTables } from '../../../../server/core/admission/chapter-tables.ts';
import { IdOwners, NEW_IDS_A_DAY } from '../../../../server/core/admission/id-owners.ts';
import { ParsedUpdate } from '../../../../server/core/admission/parsed-update.ts';
import type { MemberId } from '../../../../shared/ids.ts';
import { paragraphsUpdate, seedUpdate } from '../../../../shared/text/seed.ts';
import { Writer } from './writers.ts';

const ALICE = 'alice00000000000' as MemberId;
const BOB = 'bob0000000000000' as MemberId;
const DAY = 86_400_000;

let tables: ChapterTables;
let owners: IdOwners;
const into = new ParsedUpdate();

function send(update: Uint8Array, sender: Sender, at = 0) {
  return admitUpdate(tables, owners, update, sender, at, into);
}

function vector(): Map<number, number> {
  return Y.decodeStateVector(tables.stateVector('admitted'));
}

/** Hands over what a writer made; every piece must be admitted. */
function handOver(writer: Writer, member: MemberId): Uint8Array[] {
  const updates = writer.outbox.splice(0);
  for (const update of updates) expect(send(update, member)).toBe('admit');
  return updates;
}

beforeEach(() => {
  tables = new ChapterTables();
  owners = new IdOwners();
  expect(send(seedUpdate(), 'server')).toBe('admit');
});

describe('identity', () => {
  it('[OW1] an id belongs for ever to the first member who wrote under it', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '甲'));
    handOver(alice, ALICE);
    alice.write(() => alice.text.insert(1, '乙'));
    const before = vector();
    expect(send(alice.outbox[0]!, BOB)).toBe('foreign-client');
    expect(vector()).toEqual(before);
    expect(send(alice.outbox[0]!, ALICE)).toBe('admit');
  });

  it('[OW2] new text under another’s id is refused whole, with everything beside it', () => {
    const alice = new Writer(100_001);
    const bob = new Writer(100_002);
    alice.write(() => alice.text.insert(0, '甲'));
    for (const update of handOver(alice, ALICE)) bob.receive(update);
    bob.write(() => bob.text.insert(0, '自己的'));
    alice.write(() => alice.text.insert(1, '冒名'));
    const mixed = Y.mergeUpdates([bob.outbox[0]!, alice.outbox[0]!]);
    expect(send(mixed, BOB)).toBe('foreign-client');
    expect(owners.ownerOf(100_002)).toBeNull();
    expect(vector().has(100_002)).toBe(false);
  });

  it('[OW3] nobody writes under the ids of seeds and the server', () => {
    const low = new Writer(500);
    low.write(() => low.text.insert(0, 'x'));
    expect(send(low.outbox[0]!, ALICE)).toBe('foreign-client');
    tables = new ChapterTables();
    expect(send(seedUpdate(), ALICE)).toBe('foreign-client');
    expect(send(paragraphsUpdate([{ kind: 'paragraph', text: '导入的文字' }], 2), 'server')).toBe('admit');
    expect(send(seedUpdate(), ALICE)).toBe('known');
  });

  it('[OW4] a leased id waits for its holder', () => {
    owners.lease(100_001, ALICE);
    expect(owners.isFree(100_001)).toBe(false);
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, 'x'));
    expect(send(writer.outbox[0]!, BOB)).toBe('foreign-client');
    expect(send(writer.outbox[0]!, ALICE)).toBe('admit');
  });

  it('[OW5] a member claims at most 64 new ids in a day, in one update or in many', () => {
    const many = Array.from({ length: NEW_IDS_A_DAY + 1 }, (_, index) => {
      const writer = new Writer(200_000 + index);
      writer.write(() => writer.text.insert(0, 'x'));
      return writer.outbox[0]!;
    });
    expect(send(Y.mergeUpdates(many), ALICE)).toBe('too-many-ids');
    for (const update of many.slice(0, NEW_IDS_A_DAY)) expect(send(update, ALICE, 5 * DAY + 7)).toBe('admit');
    expect(send(many.at(-1)!, ALICE, 5 * DAY + 9)).toBe('too-many-ids');
    expect(send(many.at(-1)!, BOB, 5 * DAY + 9)).toBe('admit');
    const next = new Writer(300_000);
    next.write(() => next.text.insert(0, 'x'));
    expect(send(next.outbox[0]!, ALICE, 6 * DAY)).toBe('admit');
  });

  it('[OW6] a relay of known text is nobody’s act', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '甲乙丙'));
    alice.write(() => alice.text.delete(1, 1));
    const updates = handOver(alice, ALICE);
    for (const update of updates) expect(send(update, BOB)).toBe('known');
    expect(send(Y.encodeStateAsUpdate(alice.doc), BOB)).toBe('known');
  });
});

describe('forks', () => {
  it('[FK1] the same id and clocks with other words are refused: a cloned or restored tab', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '共同的'));
    handOver(alice, ALICE);
    const clone = new Writer(100_001);
    Y.applyUpdate(clone.doc, Y.encodeStateAsUpdate(alice.doc), 'remote');
    clone.doc.clientID = 100_001;
    alice.write(() => alice.text.insert(3, '原来的一支'));
    handOver(alice, ALICE);
    clone.write(() => clone.text.insert(3, '另外一支'));
    expect(send(clone.outbox[0]!, ALICE)).toBe('fork');
    const longer = new Writer(100_001);
    longer.write(() => longer.text.insert(0, '共同的原来的一支不过更长'));
    expect(send(longer.outbox[0]!, ALICE)).toBe('admit');
    const other = new Writer(100_001);
    other.write(() => other.text.insert(0, '共同的原来的一枝不过更长还长'));
    expect(send(other.outbox[0]!, ALICE)).toBe('fork');
  });

  it('[FK2] the same branch again is no fork, also when its text was deleted and collected, or cut at a pair', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '字😀字'));
    alice.write(() => alice.text.insertEmbed(2, { image: 'x.png' }));
    alice.write(() => alice.text.format(0, 1, { 'bold#a.1': true }));
    alice.write(() => alice.text.insertEmbed(1, new Y.Map([['kind', 'heading']])));
    const updates = handOver(alice, ALICE);
    for (const update of updates) expect(send(update, ALICE)).toBe('known');
    expect(send(Y.mergeUpdates(updates), ALICE)).toBe('known');
    alice.write(() => alice.text.delete(0, 3));
    handOver(alice, ALICE);
    expect(send(Y.encodeStateAsUpdate(alice.doc), ALICE)).toBe('known');
  });

  it('[FK3] takes the new part of an update whose first part is known', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '一二'));
    handOver(alice, ALICE);
    alice.write(() => alice.text.insert(2, '三四'));
    expect(send(Y.encodeStateAsUpdate(alice.doc), ALICE)).toBe('admit');
    expect(vector().get(100_001)).toBe(4);
    expect(send(alice.outbox[0]!, ALICE)).toBe('known');
  });
});

describe('gaps', () => {
  it('[AD5] a skipped update, an unknown neighbour, an unknown deletion are gaps, and nothing is taken', () => {
    const alice = new Writer(100_001);
    const bob = new Writer(100_002);
    alice.write(() => alice.text.insert(0, '甲'));
    alice.write(() => alice.text.insert(1, '乙'));
    const [first, second] = alice.outbox;
    const before = vector();
    expect(send(second!, ALICE)).toBe('gap');
    bob.receive(first!);
    bob.receive(second!);
    bob.write(() => bob.text.insert(1, '丙'));
    bob.write(() => bob.text.delete(0, 1));
    expect(send(bob.outbox[0]!, BOB)).toBe('gap');
    const deletion = Y.encodeStateAsUpdate(bob.doc, Y.encodeStateVector(bob.doc));
    expect(send(deletion, BOB)).toBe('gap');
    expect(vector()).toEqual(before);
    expect(owners.ownerOf(100_001)).toBeNull();
    for (const update of [first!, second!]) expect(send(update, ALICE)).toBe('admit');
    for (const update of bob.outbox) expect(send(update, BOB)).toBe('admit');
  });

  it('[AD5] the answer to a gap is the vector of what was admitted, and the reply to it closes the gap', () => {
    const alice = new Writer(100_001);
    for (const word of ['一', '二', '三', '四']) alice.write(() => alice.text.insert(0, word));
    expect(send(alice.outbox[0]!, ALICE)).toBe('admit');
    expect(send(alice.outbox[3]!, ALICE)).toBe('gap');
    expect(send(Y.encodeStateAsUpdate(alice.doc, tables.stateVector('admitted')), ALICE)).toBe('admit');
    expect(vector()).toEqual(Y.decodeStateVector(Y.encodeStateVector(alice.doc)));
  });

  it('[AD6] a keystroke is no gap while the one before it is being written to disk, and only commits move the durable vector', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, '甲'));
    alice.write(() => alice.text.insert(1, '乙'));
    expect(send(alice.outbox[0]!, ALICE)).toBe('admit');
    expect(send(alice.outbox[1]!, ALICE)).toBe('admit');
    expect(Y.decodeStateVector(tables.stateVector('committed')).has(100_001)).toBe(false);
    expect(send(alice.outbox[1]!, ALICE)).toBe('known');
    tables.commit(into);
    expect(Y.decodeStateVector(tables.stateVector('committed')).get(100_001)).toBe(2);
  });
});

describe('schema', () => {
  const write = (change: (text: Y.Text, doc: Y.Doc) => void): Uint8Array => {
    const writer = new Writer(100_001);
    writer.doc.transact(() => change(writer.text, writer.doc));
    return Y.mergeUpdates(writer.outbox);
  };

  it('[AD7] takes what the flat text is made of, known attribute keys and unknown ones alike', () => {
    const update = write((text) => {
      text.insert(0, '字\u2028');
      text.format(0, 1, { 'underline#2s.1f': true, bold: true });
      text.insertEmbed(
        0,
        new Y.Map<unknown>([
          ['kind', 'callout'],
          ['later', { deep: [1, 2.5, null, 'x', true] }],
        ]),
      );
      text.insertEmbed(
        0,
        new Y.Map<unknown>([
          ['atom', 'table'],
          ['cells', new Y.Map([['r1:c1', new Y.Text('格')]])],
          ['cols', Y.Array.from(['c1'])],
        ]),
      );
      text.insertEmbed(0, { image: 'a.png' });
    });
    expect(send(update, ALICE)).toBe('admit');
  });

  it.each<[string, (text: Y.Text, doc: Y.Doc) => void]>([
    ['another root', (_, doc) => doc.getText('u').insert(0, 'x')],
    ['an attribute of the text itself', (text) => text.setAttribute('x', 1)],
    ['an unknown mark', (text) => text.format(0, 1, { blink: true })],
    ['a mark with a strange id', (text) => text.format(0, 1, { 'bold#<b>': true })],
    ['a text in the text', (text) => text.insertEmbed(0, new Y.Text('x'))],
    ['a list in the text', (text) => text.insertEmbed(0, new Y.Array())],
    ['markup', (text) => text.insertEmbed(0, new Y.XmlElement('p'))],
    ['a document in the document', (text) => text.insertEmbed(0, new Y.Map<unknown>([['d', new Y.Doc()]]))],
    ['bytes', (text) => text.insertEmbed(0, new Y.Map<unknown>([['b', new Uint8Array(3)]]))],
    ['an attribute key that is none', (text) => text.insertEmbed(0, new Y.Map([['a b', 1]]))],
    [
      'types nested beyond reason',
      (text) => {
        let inner: Y.Map<unknown> = new Y.Map();
        for (let depth = 0; depth < 12; depth += 1) inner = new Y.Map<unknown>([['n', inner]]);
        text.insertEmbed(0, inner);
      },
    ],
  ])('[AD7] refuses %s', (_, change) => {
    expect(send(write(change), ALICE)).toBe('schema');
    expect(vector().has(100_001)).toBe(false);
  });

  it('[AD7] cannot be led deep by siblings: each level begun beside a type of the level above', () => {
    const writer = new Writer(100_001);
    let cell: Y.Array<unknown> = new Y.Array();
    writer.write(() => writer.text.insertEmbed(0, new Y.Map<unknown>([['rows', cell]])));
    for (let depth = 0; depth < 20; depth += 1) {
      const next = new Y.Array<unknown>();
      writer.write(() => {
        cell.insert(0, [new Y.Array()]);
        cell.insert(1, [next]);
      });
      cell = next;
    }
    const verdicts = writer.outbox.map((update) => send(update, ALICE));
    expect(verdicts[0]).toBe('admit');
    expect(verdicts).toContain('schema');
  });
});

/** Writes an update by hand. */
function bytes(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** Numbers as Yjs writes them; a list holds bytes as they are. */
function uints(...parts: (number | readonly number[])[]): Uint8Array {
  return bytes((encoder) => {
    for (const part of parts) {
      if (typeof part === 'number') encoding.writeVarUint(encoder, part);
      else encoding.writeUint8Array(encoder, Uint8Array.from(part));
    }
  });
}

/** First byte of a text item that names its left neighbour. */
const BEHIND = [0x84] as const;

describe('hostile bytes', () => {
  const root = [1, 1, 0x74] as const;

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'bad-update'],
    ['2^25 structs in seven bytes', uints(1, 2 ** 25, 100_001, 0), 'bad-update'],
    ['2^32 sections', uints(2 ** 32), 'bad-update'],
    ['a client beyond 2^32', uints(1, 1, 2 ** 33, 0, 4), 'bad-update'],
    ['a clock beyond 2^53', uints(1, 1, 1, [...Array(8).fill(0xff), 0x7f], 0, 1, 0), 'bad-update'],
    ['a length that carries the clock beyond 2^31', uints(1, 1, 100_001, 2 ** 31 - 2, 0, 500_000, 0), 'bad-update'],
    ['collected text without end', uints(1, 1, 100_001, 0, 0, 2_000_000, 0), 'too-big'],
    ['a number that never ends', new Uint8Array(64).fill(0x80), 'bad-update'],
    ['an empty string', uints(1, 1, 100_001, 0, 4, ...root, 0, 0), 'bad-update'],
    ['a section twice', uints(2, 1, 100_001, 0, 4, ...root, 1, 0x61, 1, 100_001, 1, 4, ...root, 1, 0x61, 0), 'bad-update'],
    ['overlong UTF-8', uints(1, 1, 100_001, 0, 4, ...root, 2, [0xc0, 0x80], 0), 'bad-update'],
    ['a surrogate in UTF-8', uints(1, 1, 100_001, 0, 4, ...root, 3, [0xed, 0xa0, 0x80], 0), 'bad-update'],
    ['bytes left over', uints(1, 1, 100_001, 0, 4, ...root, 1, 0x61, 0, 0), 'bad-update'],
    ['a neighbour of its own future', uints(1, 1, 100_001, 0, BEHIND, 100_001, 5, 1, 0x61, 0), 'bad-update'],
    ['300,000 deletions of nothing', uints(0, 1, 100_001, 300_000), 'bad-update'],
  ])('[AD1] %s', (_, update, code) => {
    expect(send(update, ALICE)).toBe(code);
  });

  it('[AD1] a megabyte and one byte is too big; so are 50,001 structs', () => {
    expect(send(new Uint8Array((1 << 20) + 1), ALICE)).toBe('too-big');
    const structs = Array.from({ length: 50_001 }, () => [0, 1]).flat();
    expect(send(uints(1, 50_001, 100_001, 0, ...structs, 0), ALICE)).toBe('too-big');
  });

  it('[AD1] 200,000 client ids in one update are refused before anything is kept of them', () => {
    const update = bytes((encoder) => {
      encoding.writeVarUint(encoder, 100_000);
      for (let client = 300_000; client > 200_000; client -= 1) {
        for (const number of [1, client, 0, 0, 1]) encoding.writeVarUint(encoder, number);
      }
      encoding.writeVarUint(encoder, 0);
    });
    expect(['too-big', 'too-many-ids']).toContain(send(update, ALICE));
    expect(tables.clients).toBe(1);
  });

  it('[AD1] values nested too deep are refused without a stack to exhaust', () => {
    const list = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(1, 1, 100_001, 0, 0x28, 0, 1, 0, 1, 0x6b, 1));
      for (let depth = 0; depth < 100_000; depth += 1) encoding.writeUint8Array(encoder, Uint8Array.from([117, 1]));
      encoding.writeUint8Array(encoder, Uint8Array.from([126, 0]));
    });
    expect(send(list, ALICE)).toBe('bad-update');
    const json = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const embed = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(1, 1, 100_001, 0, 5, ...root));
      encoding.writeVarString(encoder, json);
      encoding.writeVarUint(encoder, 0);
    });
    expect(send(embed, ALICE)).toBe('bad-update');
    const quoted = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(1, 1, 100_001, 0, 5, ...root));
      encoding.writeVarString(encoder, JSON.stringify({ note: '[[[['.repeat(40), quote: '"]\\' }));
      encoding.writeVarUint(encoder, 0);
    });
    expect(send(quoted, ALICE)).toBe('admit');
  });

  it('[AD2] structs of two ids that wait for each other are refused, not left waiting', () => {
    // 100_002:0 stands on 100_001:1, which stands behind 100_001:0, which stands on 100_002:0.
    const circle = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(2, 1, 100_002, 0, BEHIND, 100_001, 1, 1, 0x61));
      encoding.writeUint8Array(encoder, uints(2, 100_001, 0, BEHIND, 100_002, 0, 1, 0x62, BEHIND, 100_001, 0, 1, 0x63, 0));
    });
    expect(Y.decodeUpdate(circle).structs.length).toBe(3);
    expect(send(circle, ALICE)).toBe('bad-update');
    const ladder = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(2, 2, 100_002, 0, BEHIND, 100_001, 0, 1, 0x61, BEHIND, 100_001, 1, 1, 0x61));
      encoding.writeUint8Array(encoder, uints(2, 100_001, 0, 4, ...root, 1, 0x62, BEHIND, 100_002, 0, 1, 0x63, 0));
    });
    expect(send(ladder, ALICE)).toBe('admit');
  });

  it('[AD1] a parent that is no type is refused', () => {
    const alice = new Writer(100_001);
    alice.write(() => alice.text.insert(0, 'abc'));
    handOver(alice, ALICE);
    const child = bytes((encoder) => {
      encoding.writeUint8Array(encoder, uints(1, 1, 100_001, 3, 0x28, 0, 100_001, 1, 1, 0x6b, 1));
      encoding.writeAny(encoder, 'v');
      encoding.writeVarUint(encoder, 0);
    });
    expect(send(child, ALICE)).toBe('bad-update');
  });
});
