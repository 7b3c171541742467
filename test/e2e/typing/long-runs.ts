import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { pinyinOfGongwen } from '../../support/browser.ts';
import { proof, type Scenario, type Tally } from './harness.ts';
import type { Aim } from './page/api.ts';
import { type Person, type Room, textOf } from './room.ts';
import { seeded } from './seeded.ts';
import { chapterOf } from './texts.ts';

const stems = '子丑寅卯辰巳午未申酉戌亥';
/** Words that occur nowhere in the chapter and never twice. */
const wordsOf = (person: '甲' | '乙', count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${person}${stems[index % 12] ?? ''}${stems[Math.floor(index / 12)] ?? ''}`);

/** The pace of the hand is what a soak is about: it is kept by the clock, and nothing is concluded from it. */
async function composeWord(person: Person, word: string, gap: number): Promise<void> {
  for (const letters of pinyinOfGongwen) {
    await person.ime.show(letters);
    await pause(gap);
  }
  await person.ime.commit(word);
  await pause(gap);
}

async function composeWords(person: Person, words: readonly string[], gap: number): Promise<void> {
  for (const word of words) await composeWord(person, word, gap);
}

function expectInOrder(text: string, words: readonly string[]): void {
  const places = words.map((word) => text.indexOf(word));
  expect(places).not.toContain(-1);
  expect([...places].sort((left, right) => left - right)).toEqual(places);
  for (const word of words) expect(text.split(word)).toHaveLength(2);
}

/** Both compose for long in one paragraph, and one composes while the other takes that paragraph apart. */
export function longRuns(scenario: Scenario, tally: Tally): void {
  const rounds: [gap: number, words: number][] = proof
    ? [
        [120, 20],
        [60, 20],
        [10, 20],
        [10, 100],
      ]
    : [
        [120, 6],
        [60, 10],
        [10, 20],
      ];
  for (const [gap, count] of rounds) {
    for (const [where, place] of [
      ['at different places of', 2],
      ['at the same place of', 6],
    ] as const) {
      scenario(
        `TY-SOAK-${gap}-${count}-${place}`,
        `both compose ${count} words each ${where} one paragraph, ${gap} ms between keys`,
        async (room) => {
          await room.begin(chapterOf(['今天我们讨论方案。']));
          await room.a.caret(0, 6);
          await room.b.caret(0, place);
          const ofA = wordsOf('甲', count);
          const ofB = wordsOf('乙', count);
          await Promise.all([composeWords(room.a, ofA, gap), composeWords(room.b, ofB, gap)]);
          const { a, b } = await room.settled();
          await expectSound(room);
          const text = textOf(a.written);
          expectInOrder(text, ofA);
          expectInOrder(text, ofB);
          expect([...text].sort()).toEqual([...`今天我们讨论方案。${ofA.join('')}${ofB.join('')}`].sort());
          expect([a.compositionStarts, b.compositionStarts]).toEqual([count, count]);
        },
        120_000,
      );
    }
  }

  const seeds = proof ? 60 : 20;
  for (let seed = 1; seed <= seeds; seed += 1) {
    scenario(`TY-CHAOS-${seed}`, `B takes the composing paragraph apart twice per word, seed ${seed}`, async (room) => {
      const words = wordsOf('甲', 10);
      await chaos(room, words, seed);
      const { a } = await room.settled();
      await expectSound(room);
      expectInOrder(textOf(a.written), words);
      expect(a.compositionStarts).toBe(words.length);
      tally.figures['chaosWords'] = (tally.figures['chaosWords'] ?? 0) + words.length;
    });
  }
}

/** What `expectChapter` checks, for a chapter whose exact lines cannot be told beforehand. */
async function expectSound(room: Room): Promise<void> {
  const { a, b } = await room.settled();
  expect(b.written).toEqual(a.written);
  expect(a.drawn).toEqual(a.shown);
  expect(b.drawn).toEqual(b.shown);
  for (const person of [room.a, room.b]) {
    expect((await person.textsHeld()).filter((text) => /[a-z']/i.test(text))).toEqual([]);
    expect(person.errors).toEqual([]);
  }
}

async function chaos(room: Room, words: readonly string[], seed: number): Promise<void> {
  const random = seeded(seed);
  await room.begin(chapterOf(['前段落。', '今天我们讨论方案。', '后段落。']), seed % 2 === 0 ? [11, 12] : [22, 21]);
  await room.a.caret(1, 6);
  for (const word of words) {
    const blows = [random.below(5), random.below(5)];
    await room.a.compose(async (step) => {
      for (const blow of blows) {
        if (blow === step) await strike(room, random);
      }
      if (random.below(2) === 0) await room.idle();
    });
    await room.a.ime.commit(word);
    // The next word begins where the last one ended, be the room quiet by then or not.
    if (random.below(2) === 0) await room.idle();
  }
}

/** One edit by B in the line where A composes. A's own words are spared, so that every one of them must be there, unbroken, at the end. */
async function strike(room: Room, random: ReturnType<typeof seeded>): Promise<void> {
  const { b } = room;
  const aim = (at: Aim): Promise<boolean> => b.page.evaluate((wanted) => window.typing.aim(wanted), at);
  const place: Aim = { at: 'place', of: random.below(1000) / 1000 };
  switch (random.below(8)) {
    case 0:
    case 1:
      await aim(place);
      await b.type('乙');
      return;
    case 2:
      await aim(place);
      await b.press('Enter');
      return;
    case 3:
      await aim({ at: 'start' });
      await b.press('Backspace');
      return;
    case 4:
      await aim({ at: 'all' });
      await b.press('Control+b');
      return;
    case 5:
      await aim(place);
      await b.press(['Control+Alt+3', 'Control+Alt+4', 'Control+Alt+0'][random.below(3)] ?? 'Control+Alt+0');
      return;
    case 6:
      await aim(place);
      await b.press(['Control+Shift+7', 'Control+Shift+8'][random.below(2)] ?? 'Control+Shift+8');
      return;
    default:
      if (await aim({ at: 'victim' })) await b.press('Backspace');
  }
}
