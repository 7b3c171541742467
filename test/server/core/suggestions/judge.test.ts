import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { admitUpdate, replayUpdate } from '../../../../server/core/admission/admit-update.ts';
import { ChapterTables } from '../../../../server/core/admission/chapter-tables.ts';
import { IdOwners, NEW_IDS_A_DAY, NEW_LANES_A_DAY } from '../../../../server/core/admission/id-owners.ts';
import { ParsedUpdate } from '../../../../server/core/admission/parsed-update.ts';
import { admitWrite, type LaneVerdict, replayWrite } from '../../../../server/core/suggestions/judge.ts';
import { LaneTables } from '../../../../server/core/suggestions/lane-tables.ts';
import type { ChapterId, MemberId } from '../../../../shared/ids.ts';
import { ChapterSuggestions } from '../../../../shared/suggestions/chapter-suggestions.ts';
import { isWhole } from '../../../../shared/suggestions/fork.ts';
import { apart, type IdRanges, idRanges, NO_IDS, NOTHING } from '../../../../shared/suggestions/id-ranges.ts';
import type { LaneWrite } from '../../../../shared/suggestions/suggestion.ts';
import { isMarker, type Marker } from '../../../../shared/text/marker.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import { seedUpdate } from '../../../../shared/text/seed.ts';
import { SuggestionRun } from '../../../support/suggestion-random.ts';
import { Writer } from '../admission/writers.ts';

const EDITOR = 'editor00000000000000' as MemberId;
const ANNA = 'anna0000000000000000' as MemberId;
const BEN = 'ben00000000000000000' as MemberId;
const CHAPTER = 'chapter0000000000000' as ChapterId;
const [PEN, LANE, LOOK, HERS] = [100_001, 200_001, 200_002, 300_001];
const DAY = 86_400_000;

const into = new ParsedUpdate();
let main: ChapterTables;
let owners: IdOwners;
let lanes: LaneTables;
let editor: Writer;

function send(write: LaneWrite, proposer = ANNA, at = 0): LaneVerdict {
  return admitWrite({ main, owners, lanes }, write, proposer, at, into);
}

/** What a refused or inert write must leave as it is. */
function state(): unknown {
  return [Y.decodeStateVector(main.stateVector('admitted')), [LANE, LOOK, HERS, PEN].map((id) => structuredClone(lanes.lane(id)?.end))];
}

/** A proposer's copy: the text, and what is written on it under any id. */
class Fork {
  readonly doc = new Y.Doc({ gc: false });
  readonly text = this.doc.getText(ROOT_NAME);
  private readonly numbers = new Map<number, number>();

  constructor() {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(editor.doc));
  }

  write(lane: number, act: () => void, change: Partial<LaneWrite> = {}): LaneWrite {
    const before = Y.encodeStateVector(this.doc);
    this.doc.clientID = lane;
    let deletes: IdRanges = NO_IDS;
    this.doc.once('update', (update: Uint8Array) => {
      ({ deletes } = apart(update));
    });
    this.doc.transact(act);
    const { structs } = apart(Y.encodeStateAsUpdate(this.doc, before));
    const number = (this.numbers.get(lane) ?? 0) + 1;
    this.numbers.set(lane, number);
    return { lane, kind: 'text', number, merge: [], update: structs, strike: deletes, unstrike: NO_IDS, ...change };
  }

  get marker(): Marker {
    const found = (this.text.toDelta() as { insert: unknown }[]).find(({ insert }) => typeof insert === 'object' && isMarker(insert!));
    return found!.insert as Marker;
  }
}

beforeEach(() => {
  main = new ChapterTables();
  owners = new IdOwners();
  lanes = new LaneTables();
  editor = new Writer(PEN);
  expect(admitUpdate(main, owners, seedUpdate(), 'server', 0, into)).toBe('admit');
  editor.write(() => editor.text.insert(0, '今天我们讨论方案。'));
  expect(admitUpdate(main, owners, editor.outbox.pop()!, EDITOR, 0, into)).toBe('admit');
});

describe('a forged write', () => {
  function forged(write: LaneWrite, verdict: LaneVerdict, proposer = ANNA): void {
    const before = state();
    expect(send(write, proposer)).toBe(verdict);
    expect(state()).toEqual(before);
  }

  it('[SU13] under an editor’s id is refused', () => {
    forged(
      new Fork().write(PEN, () => new Fork().text),
      'foreign-client',
    );
    const fork = new Fork();
    const write = fork.write(PEN, () => fork.text.insert(0, '冒名'));
    forged(write, 'foreign-client');
    forged(write, 'foreign-client', EDITOR);
  });

  it('[SU13] with items under an id that is not its lane’s is refused', () => {
    const fork = new Fork();
    forged({ ...fork.write(777_777, () => fork.text.insert(0, '无主')), lane: LANE }, 'foreign-client');
    const mixed = Y.mergeUpdates([fork.write(LANE, () => fork.text.insert(0, '甲')).update, seedUpdate()]);
    forged({ ...fork.write(LANE, () => undefined), number: 1, update: mixed }, 'foreign-client');
  });

  it('[SU13] to another person’s lane is refused', () => {
    const hers = new Fork();
    expect(
      send(
        hers.write(HERS, () => hers.text.insert(0, '商议')),
        BEN,
      ),
    ).toBe('admit');
    forged(
      hers.write(HERS, () => hers.text.insert(0, '改')),
      'foreign-lane',
    );
  });

  it('[SU13] with another person’s items in an own lane, or standing on them, is refused', () => {
    const hers = new Fork();
    const first = hers.write(HERS, () => hers.text.insert(0, '商议'));
    expect(send(first, BEN)).toBe('admit');
    forged({ ...first, lane: LANE }, 'foreign-client');
    forged(
      hers.write(LANE, () => hers.text.insert(1, '夹')),
      'foreign-lane',
    );
  });

  it('[SU13] of garbage is refused, cut and spoilt anywhere', () => {
    const fork = new Fork();
    const write = fork.write(LANE, () => fork.text.insert(4, '认真'));
    forged({ ...write, update: Uint8Array.of(9, 9, 9) }, 'bad-update');
    for (let end = 0; end < write.update.length; end += 1) forged({ ...write, update: write.update.subarray(0, end) }, 'bad-update');
    const deleting = fork.write(LANE, () => fork.text.delete(0, 1));
    expect(deleting.strike).toHaveLength(1);
    forged({ ...write, update: Uint8Array.of(0, 1, ...idRangeBytes(PEN)) }, 'bad-update');
  });

  it('[SU13] is refused, or builds a fork that waits for nothing, whichever of its bytes are changed', () => {
    const fork = new Fork();
    const line = new Y.Map<unknown>([['kind', 'paragraph']]);
    const writes = [
      fork.write(LANE, () => fork.text.insert(4, '认真', { bold: true })),
      fork.write(LANE, () => fork.text.insertEmbed(6, line)),
      fork.write(LANE, () => fork.text.format(0, 3, { italic: true })),
      fork.write(LOOK, () => fork.marker.set('align', 'center'), { kind: 'look' }),
    ];
    const text = Y.encodeStateAsUpdate(editor.doc);
    const tally = { admit: 0, other: 0 };
    void fc.assert(
      fc.property(fc.nat(writes.length - 1), fc.nat(200), fc.nat(255), (which, place, value) => {
        lanes = new LaneTables();
        owners = new IdOwners();
        owners.bind(PEN, EDITOR, 0);
        for (const write of writes.slice(0, which)) expect(send(write)).toBe('admit');
        const write = writes[which]!;
        const update = Uint8Array.from(write.update, (byte, at) => (at === place % write.update.length ? value : byte));
        const admitted = send({ ...write, update }) === 'admit';
        tally[admitted ? 'admit' : 'other'] += 1;
        if (!admitted) return;
        const built = new Y.Doc({ gc: false });
        for (const each of [text, ...writes.slice(0, which).map(({ update }) => update), update]) Y.applyUpdate(built, each);
        expect(isWhole(built)).toBe(true);
        expect(Y.getState(built.store, write.lane)).toBe(lanes.lane(write.lane)!.end);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(tally.admit, tally.other)).toBeGreaterThan(50);
  });

  it('[SU13] that strikes out what nobody wrote waits for it, and takes nothing', () => {
    for (const strike of [[[555_555, 0, 1]], [[PEN, 8, 2]], [[LANE, 0, 1]]] as IdRanges[]) {
      forged({ lane: LANE, kind: 'text', number: 1, merge: [], update: NOTHING, strike, unstrike: NO_IDS }, 'gap');
    }
    const hers = new Fork();
    expect(
      send(
        hers.write(HERS, () => hers.text.insert(0, '商议')),
        BEN,
      ),
    ).toBe('admit');
    forged({ lane: LANE, kind: 'text', number: 1, merge: [], update: NOTHING, strike: [[HERS, 0, 1]], unstrike: NO_IDS }, 'gap');
  });

  it('[SU13] that sets the look of a line of the text in a lane of words is refused, and so are words in a lane of looks', () => {
    const fork = new Fork();
    const look = fork.write(LANE, () => fork.marker.set('kind', 'heading'));
    forged(look, 'look-in-text');
    expect(send({ ...look, kind: 'look' })).toBe('admit');
    const other = new Fork();
    forged(
      other.write(LOOK, () => other.text.insert(2, '字'), { kind: 'look' }),
      'more-than-look',
    );
  });

  it('[SU13] of what the text may not hold, or of nothing that anybody could see, is refused', () => {
    const fork = new Fork();
    forged(
      fork.write(LANE, () => fork.text.insertEmbed(4, new Y.Text('字'))),
      'schema',
    );
    // Between a word of the text and a value inside a line: Yjs would have to choose.
    const marker = (editor.text.toDelta() as { insert: Marker }[]).at(-1)!.insert;
    editor.write(() => marker.set('align', 'center'));
    expect(admitUpdate(main, owners, editor.outbox.pop()!, EDITOR, 0, into)).toBe('admit');
    expect(main.column(PEN)!.homes.get(9)).toBeGreaterThanOrEqual(0);
    const between = [1, 1, ...varuint(LANE), 0, 0xc4, ...varuint(PEN), 0, ...varuint(PEN), 9, 1, 0x78, 0];
    forged(
      { lane: LANE, kind: 'text', number: 1, merge: [], update: Uint8Array.from(between), strike: NO_IDS, unstrike: NO_IDS },
      'bad-update',
    );
    const collecting = new Y.Doc();
    Y.applyUpdate(collecting, Y.encodeStateAsUpdate(editor.doc));
    const before = Y.encodeStateVector(collecting);
    collecting.clientID = LANE;
    collecting.getText(ROOT_NAME).insert(4, '没了');
    collecting.getText(ROOT_NAME).delete(4, 2);
    const { structs } = apart(Y.encodeStateAsUpdate(collecting, before));
    forged({ lane: LANE, kind: 'text', number: 1, merge: [], update: structs, strike: NO_IDS, unstrike: NO_IDS }, 'bad-update');
  });

  it('[SU13] that strikes out the whole text is a suggestion, and the text is what it was', () => {
    const fork = new Fork();
    const all = fork.write(LANE, () => fork.text.delete(0, fork.text.length));
    const before = main.stateVector('admitted');
    const gone = main.column(PEN)!.gone.size;
    expect(send(all)).toBe('admit');
    expect(main.stateVector('admitted')).toEqual(before);
    expect(main.column(PEN)!.gone.size).toBe(gone);
    expect(all.strike).not.toEqual(NO_IDS);
  });

  it('[SU13] that names another’s lane as part of its suggestion gets nothing by it', () => {
    const hers = new Fork();
    const first = hers.write(HERS, () => hers.text.insert(0, '商议'));
    const fork = new Fork();
    const second = fork.write(LANE, () => fork.text.insert(9, '完'), { merge: [HERS] });
    expect(send(first, BEN)).toBe('admit');
    expect(send(second)).toBe('admit');
    const suggestions = new ChapterSuggestions(CHAPTER);
    suggestions.apply({ op: 'write', ...first }, { seq: 5, at: 5, author: BEN });
    suggestions.apply({ op: 'write', ...second }, { seq: 6, at: 6, author: ANNA });
    expect(suggestions.open().map(({ proposer, lanes }) => [proposer, lanes])).toEqual([
      [BEN, [HERS]],
      [ANNA, [LANE]],
    ]);
  });
});

function varuint(number: number): number[] {
  return number > 127 ? [(number & 127) | 128, ...varuint(number >>> 7)] : [number];
}

function idRangeBytes(client: number): number[] {
  return [...varuint(client), 1, 0, 1];
}

describe('a write', () => {
  it('[SU12] is known when it is sent again; something else under its number is a fork, one after a missing one a gap', () => {
    const fork = new Fork();
    const first = fork.write(LANE, () => fork.text.insert(4, '认'));
    const second = fork.write(LANE, () => fork.text.insert(5, '真'));
    const struck = fork.write(LANE, () => fork.text.delete(0, 1));
    expect(send(second)).toBe('gap');
    expect(send(first)).toBe('admit');
    expect(send({ ...second, number: 3 })).toBe('gap');
    expect(send({ ...first, number: 2 })).toBe('fork');
    for (const write of [second, struck]) expect(send(write)).toBe('admit');
    for (const write of [first, second, struck]) expect(send(write)).toBe('known');
    expect(send({ ...first, update: second.update })).toBe('fork');
    expect(send({ ...struck, strike: idRanges([[PEN, 1, 1]]) })).toBe('fork');
    expect(lanes.lane(LANE)!.end).toBe(2);
  });

  it('[SU12] that stands on what was not admitted waits for it', () => {
    editor.write(() => editor.text.insert(4, '认真'));
    const fork = new Fork();
    const write = fork.write(LANE, () => fork.text.insert(5, '地'));
    expect(send(write)).toBe('gap');
    expect(admitUpdate(main, owners, editor.outbox.pop()!, EDITOR, 0, into)).toBe('admit');
    expect(send(write)).toBe('admit');
    const more = fork.write(LANE, () => fork.text.insert(6, '多'));
    const behind = fork.write(HERS, () => fork.text.insert(7, '些'));
    expect(send(behind)).toBe('gap');
    expect(send(more)).toBe('admit');
    expect(send(behind)).toBe('admit');
  });

  it('[SU12] to a look that was declined is refused, and so is one that stands on it', () => {
    const fork = new Fork();
    const first = fork.write(LOOK, () => fork.marker.set('kind', 'heading'), { kind: 'look' });
    expect(send(first)).toBe('admit');
    lanes.close(LOOK);
    expect(send(fork.write(LANE, () => fork.marker.set('kind', 'list'), { kind: 'look', number: 1 }))).toBe('lane-shut');
    expect(send(fork.write(LOOK, () => fork.marker.set('align', 'center'), { kind: 'look' }))).toBe('lane-shut');
    expect(send(first)).toBe('known');
  });

  it('[SU12] of a look holds keys of one line', () => {
    editor.write(() => editor.text.insertEmbed(4, new Y.Map([['kind', 'paragraph']])));
    expect(admitUpdate(main, owners, editor.outbox.pop()!, EDITOR, 0, into)).toBe('admit');
    const fork = new Fork();
    const first = fork.marker;
    const last = (fork.text.toDelta() as { insert: unknown }[]).at(-1)!.insert as Marker;
    expect(last).not.toBe(first);
    expect(send(fork.write(LOOK, () => first.set('align', 'center'), { kind: 'look' }))).toBe('admit');
    const again = fork.write(LOOK, () => first.set('kind', 'heading'), { kind: 'look' });
    expect(send(again)).toBe('admit');
    expect(send(fork.write(LOOK, () => last.set('align', 'center'), { kind: 'look' }))).toBe('more-than-look');
  });

  it('[SU12] sets keys of a line that it makes itself, until that line is in the text', () => {
    const fork = new Fork();
    const line = new Y.Map<unknown>([['kind', 'paragraph']]);
    const split = fork.write(LANE, () => fork.text.insertEmbed(4, line));
    expect(send(split)).toBe('admit');
    const inWords = fork.write(LANE, () => line.set('kind', 'heading'));
    expect(send(inWords)).toBe('admit');
    const look = fork.write(LOOK, () => line.set('align', 'center'), { kind: 'look' });
    expect(send(look)).toBe('admit');
    for (const { update } of [split, inWords]) expect(admitUpdate(main, owners, update, 'server', 0, into)).toBe('admit');
    expect(send(fork.write(LANE, () => line.set('kind', 'list')))).toBe('look-in-text');
    // The same line under the name that the text has for it.
    expect(send(fork.write(LOOK, () => line.set('align', 'right'), { kind: 'look' }))).toBe('admit');
    expect(send(fork.write(LOOK, () => line.set('level', 1), { kind: 'look' }))).toBe('admit');
    expect(send(fork.write(LOOK, () => fork.marker.set('align', 'right'), { kind: 'look' }))).toBe('admit');
    expect(fork.marker).toBe(line);
  });

  it('[SU14] of a lane and text never go under one id, and new lanes are counted for themselves', () => {
    const fork = new Fork();
    const write = fork.write(LANE, () => fork.text.insert(4, '认真'));
    expect(send(write)).toBe('admit');
    expect(admitUpdate(main, owners, write.update, ANNA, 0, into)).toBe('foreign-client');
    // By accepting, the server puts it there.
    expect(admitUpdate(main, owners, write.update, 'server', 0, into)).toBe('admit');
    expect(owners.ownerOf(LANE)).toBe(ANNA);
    const empty = (lane: number): LaneWrite => ({ ...write, lane, update: NOTHING, number: 1 });
    expect(send(empty(2))).toBe('foreign-client');
    owners.lease(400_000, BEN);
    expect(send(empty(400_000))).toBe('foreign-client');
    for (let count = 1; count < NEW_LANES_A_DAY; count += 1) expect(send(empty(500_000 + count))).toBe('admit');
    expect(send(empty(600_000))).toBe('too-many-ids');
    expect(send(empty(600_000), BEN)).toBe('admit');
    expect(send(empty(600_001), ANNA, DAY)).toBe('admit');
    expect(NEW_LANES_A_DAY).toBeGreaterThan(NEW_IDS_A_DAY);
    expect(owners.judge(900_000, ANNA, DAY, NEW_IDS_A_DAY - 1)).toBe('admit');
  });
});

describe('everything that honest proposers write', () => {
  it('[SU12] is taken in the order of the record, known again, and read back from it', () => {
    const met = { writes: 0, looks: 0, accepted: 0, shut: 0 };
    for (let seed = 1; seed <= (process.env['GONGBI_PROOF'] === '1' ? 400 : 16); seed += 1) {
      const run = new SuggestionRun(seed);
      run.run(120);
      const door = { main: new ChapterTables(), owners: new IdOwners(), lanes: new LaneTables() };
      const read = { main: door.main, owners: new IdOwners(), lanes: new LaneTables() };
      const suggestions = new ChapterSuggestions(CHAPTER);
      for (const entry of run.record) {
        const what = `seed ${seed}, entry ${entry.seq}`;
        if (entry.kind === 'text') {
          expect(replayUpdate(door.main, door.owners, entry.update, 'server', 0, into), what).toBe(true);
          continue;
        }
        const { author, event } = entry;
        if (event.op === 'write') {
          met.writes += 1;
          if (event.kind === 'look') met.looks += 1;
          expect(admitWrite(door, event, author, 0, into), what).toBe('admit');
          expect(admitWrite(door, event, author, 0, into), what).toBe('known');
          expect(replayWrite(read, event, author, 0, into), what).toBe(true);
        }
        suggestions.apply(event, { seq: entry.seq, at: 0, author });
        if (event.op === 'decide' && event.verdict === 'accepted') met.accepted += 1;
        if (event.op === 'decide' && event.verdict !== 'accepted')
          for (const { lane } of event.cuts) for (const { lanes } of [door, read]) lanes.close(lane);
      }
      for (const { id, end, writes, kind, shut, proposer } of suggestions.lanes()) {
        if (shut) met.shut += 1;
        for (const { lanes } of [door, read]) {
          const { prints, ...table } = lanes.lane(id)!;
          expect({ ...table, writes: prints.length }, `seed ${seed}, lane ${id}`).toMatchObject({ end, writes, kind, shut, proposer });
        }
      }
    }
    expect(Math.min(met.writes, met.looks, met.accepted, met.shut)).toBeGreaterThan(10);
  });
});
