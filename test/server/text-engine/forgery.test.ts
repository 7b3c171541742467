import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeFigures } from '../../support/figures.ts';
import { randomFrom } from '../core/admission/writers.ts';
import { ALICE, CHAPTER, Copy, MALLORY, Office } from './office.ts';

const WORDS = 'a deal was made before the leader read it';
const ROUNDS = process.env['GONGBI_PROOF'] === '1' ? 300 : 30;

let office: Office;
/** Mallory's copy keeps what was deleted, so that he can put items beside it. */
let forger: Y.Doc;

beforeEach(() => {
  office = new Office();
  const alice = new Copy(office, CHAPTER, ALICE, 100_001);
  alice.type(1, WORDS);
  forger = new Y.Doc({ gc: false });
  forger.clientID = 100_666;
  for (const update of office.updatesOf(CHAPTER)) Y.applyUpdate(forger, update, 'remote');
  forger.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') expect(office.receive(CHAPTER, MALLORY, update)).toBe('admit');
  });
});

let refused = 0;
afterEach(({ task }) => {
  if (task.result?.state !== 'fail') refused += 1;
});
afterAll(() => writeFigures('history-forgery', { cases: refused, randomRounds: ROUNDS }));

const text = () => forger.getText('t');

/** Puts text between two items of his choice, as no editor would. */
function put(letters: string, left: Y.Item | null, right: Y.Item | null): void {
  forger.transact((transaction) => {
    const id = Y.createID(forger.clientID, Y.getState(forger.store, forger.clientID));
    new Y.Item(id, left, left?.lastId ?? null, right, right?.id ?? null, text(), null, new Y.ContentString(letters)).integrate(
      transaction,
      0,
    );
  });
}

function items(): Y.Item[] {
  const found: Y.Item[] = [];
  for (let item = text()._start; item !== null; item = item.right) found.push(item);
  return found;
}

describe("[AT3] nobody's name is put under words of another's making", () => {
  it('letters of alice taken from here and there, in one update', async () => {
    forger.transact(() => {
      text().delete(0, WORDS.length);
      text().insert(0, 'lead');
    });
    expect(await office.wordsOf(ALICE)).toBe('');
    expect(await office.wordsOf(MALLORY)).toBe('lead');
  });

  it('letters of alice, one update each', async () => {
    text().delete(0, WORDS.length);
    for (const [index, letter] of [...'lead'].entries()) text().insert(index, letter);
    expect(await office.wordsOf(ALICE)).toBe('');
  });

  it('each letter deleted and written again elsewhere in the same update', async () => {
    for (const letter of 'lead') {
      const from = text().toString().lastIndexOf(letter);
      forger.transact(() => {
        text().delete(from, 1);
        text().insert(0, letter);
      });
    }
    expect(text().toString().startsWith('dael')).toBe(true);
    expect(await office.wordsOf(MALLORY)).toBe('dael');
  });

  it('letters put in front of her dead ones one by one, and doubled', async () => {
    for (let index = WORDS.length - 1; index >= 0; index -= 1) text().delete(index, 1);
    const dead = items().find((item) => item.deleted && item.content instanceof Y.ContentString)!;
    put('a', dead.left, dead);
    put('a', dead.left, dead);
    put('a', dead.left, dead);
    expect(text().toString()).toBe('aaa');
    expect(await office.wordsOf(ALICE)).toBe('a');
  });

  it('whatever he does with pieces shorter than a run, what stays hers is hers in her order, each letter once', async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const random = randomFrom(round);
      office = new Office();
      new Copy(office, CHAPTER, ALICE, 100_001).type(1, WORDS);
      forger = new Y.Doc({ gc: false });
      forger.clientID = 100_666;
      for (const update of office.updatesOf(CHAPTER)) Y.applyUpdate(forger, update, 'remote');
      forger.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'remote') office.receive(CHAPTER, MALLORY, update);
      });
      for (let step = 0; step < 60; step += 1) {
        const length = text().toString().length;
        const all = items();
        const right = all[random(all.length)]!;
        if (random(3) === 0 && length > 0) text().delete(random(length), 1);
        else {
          const source = right.content instanceof Y.ContentString ? right.content.str : WORDS;
          const from = random(source.length);
          put(random(2) === 0 ? source.slice(0, 7) : source.slice(from, from + 1 + random(3)), right.left, right);
        }
      }
      const blame = await office.blame();
      const hers = blame.filter(({ by }) => by.author === ALICE);
      const sources = await sourcesOf(office);
      expect(hers.length).toBe(sources.length);
      expect(sources).toEqual([...new Set(sources)].sort((one, other) => one - other));
    }
  });
});

/** Where in her text each living unit under alice's name was written. */
async function sourcesOf(of: Office): Promise<number[]> {
  const copies = await of.engine.copies('report0000000000' as never, 0);
  const doc = of.document(CHAPTER);
  const places: number[] = [];
  for (let item = doc.getText('t')._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    for (let unit = 0; unit < item.length; unit += 1) {
      let client = item.id.client;
      let clock = item.id.clock + unit;
      for (;;) {
        const copy = copies.find(({ to }) => to.client === client && to.clock <= clock && clock < to.clock + to.length);
        if (copy === undefined) break;
        clock = copy.fromClock + clock - copy.to.clock;
        client = copy.fromClient;
      }
      if (client === 100_001) places.push(clock);
    }
  }
  return places;
}
