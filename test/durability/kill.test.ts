import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChapterConnection } from '../../client/connection/chapter-connection.ts';
import type { ChapterId, ReportId } from '../../shared/ids.ts';
import { writeFigures } from '../support/figures.ts';
import { browserAt, isLive, openPerson, type Person, until } from '../support/person.ts';
import { invite, type RealProcess, type SignedIn, setUpHouse, startRealProcess } from '../support/real-process.ts';
import { randomOf } from '../support/text-random.ts';

const ROUNDS = process.env['GONGBI_PROOF'] === '1' ? 50 : 20;
const SEED = Number(process.env['GONGBI_SEED'] ?? 20261124);

/** One desk: a person, the chapter in front of them, and the words typed there in order. */
interface Desk {
  readonly who: SignedIn;
  readonly person: Person;
  readonly connection: ChapterConnection;
  readonly report: ReportId;
  readonly chapter: ChapterId;
  readonly typed: string[];
}

/** A word that the server had acknowledged when it died. */
interface Acknowledged {
  readonly word: string;
  readonly by: SignedIn;
  readonly report: ReportId;
  readonly chapter: ChapterId;
}

let server: RealProcess;
let people: SignedIn[];
const chapters: { readonly report: ReportId; readonly chapter: ChapterId }[] = [];
const acknowledged: Acknowledged[] = [];

beforeAll(async () => {
  server = await startRealProcess(['--empty']);
  const owner = await setUpHouse(server, '陆闻远');
  people = [owner];
  for (const title of ['甲报告', '乙报告']) {
    const { id: report } = await owner.api.createReport(title);
    for (const heading of ['上半年情况', '下半年打算']) {
      const { node } = await owner.api.changeOutline(report, { op: 'add', kind: 'chapter', heading, parent: null, before: null });
      chapters.push({ report, chapter: node! });
    }
    if (people.length > 1) {
      for (const other of people.slice(1)) await owner.api.setMember(report, other.me.id, 'editor');
    } else {
      people.push(await invite(server, owner, report, '贺清漪'), await invite(server, owner, report, '顾亦凡'));
    }
  }
});

afterAll(() => server.dispose());

test('[LG1] no acknowledged character is lost over kill -9 at random moments, every client thrown away', async () => {
  const random = randomOf(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const desks = await sitDown(round);
    const moment = 20 + Math.floor(random() * 400);
    const typing = type(desks, round);
    // The moment of the blow is input, like the gaps of a typing script.
    await new Promise((resolve) => setTimeout(resolve, moment));
    // What a person may believe is saved is read before the blow: the figure on the screen is what counts.
    const kept = desks.map((desk) => desk.typed.length - desk.connection.state.getState().unsaved);
    await server.kill();
    typing.stop();
    desks.forEach((desk, index) => {
      for (const word of desk.typed.slice(0, kept[index]))
        acknowledged.push({ word, by: desk.who, report: desk.report, chapter: desk.chapter });
    });
    await Promise.all(desks.map((desk) => desk.person.leave()));
    await server.restart();
    await expectAllThere(acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
  await expectAuthors(acknowledged.filter((_, index) => index % Math.ceil(acknowledged.length / 60) === 0));
  writeFigures('durability', { killsSurvived: ROUNDS, acknowledgedWords: acknowledged.length, lost: 0, seed: SEED });
}, 600_000);

/** Six desks over four chapters of two reports, each in a browser that has never been here. */
async function sitDown(round: number): Promise<Desk[]> {
  return Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const who = people[index % people.length]!;
      const { report, chapter } = chapters[(index + round) % chapters.length]!;
      const person = await openPerson({ browser: browserAt(server.url, { cookie: who.cookie }), member: who.me.id, report });
      const connection = person.open(chapter);
      await until(connection, (state) => isLive(state) && state.synced && state.mayWrite);
      return { who, person, connection, report, chapter, typed: [] };
    }),
  );
}

/** Everybody types words of their own, at the start, the middle and the end of the chapter, until stopped. */
function type(desks: readonly Desk[], round: number): { stop(): void } {
  let stopped = false;
  for (const [index, desk] of desks.entries()) {
    const step = () => {
      if (stopped) return;
      const word = `〔${round}·${index}·${desk.typed.length}〕`;
      const { text } = desk.connection;
      const places = [0, Math.floor(text.length / 2), Math.max(0, text.length - 1)];
      text.insert(outsideWords(text.toString(), places[desk.typed.length % 3]!), word);
      desk.typed.push(word);
      setTimeout(step, 3);
    };
    step();
  }
  return {
    stop() {
      stopped = true;
    },
  };
}

/** Words are looked for whole, so nobody types into another's. */
function outsideWords(plain: string, index: number): number {
  const close = plain.indexOf('〕', index);
  const open = plain.indexOf('〔', index);
  return close >= 0 && (open < 0 || close < open) ? close + 1 : index;
}

async function expectAllThere(words: readonly Acknowledged[]): Promise<void> {
  const texts = await readTexts();
  const lost = words.filter(({ word, chapter }) => texts.get(chapter)!.split(word).length !== 2);
  expect(lost.map(({ word }) => word)).toEqual([]);
}

async function readTexts(): Promise<Map<ChapterId, string>> {
  const reader = people[0]!;
  const texts = new Map<ChapterId, string>();
  for (const { report, chapter } of chapters) {
    const person = await openPerson({ browser: browserAt(server.url, { cookie: reader.cookie }), member: reader.me.id, report });
    const connection = person.open(chapter);
    await until(connection, (state) => isLive(state) && state.synced);
    texts.set(chapter, connection.text.toString());
    await person.leave();
  }
  return texts;
}

/** The server says, of the first character of each word, that its typist wrote it. */
async function expectAuthors(words: readonly Acknowledged[]): Promise<void> {
  for (const { report, chapter } of chapters) {
    const mine = words.filter((word) => word.chapter === chapter);
    if (mine.length === 0) continue;
    const reader = people[0]!;
    const person = await openPerson({ browser: browserAt(server.url, { cookie: reader.cookie }), member: reader.me.id, report });
    const connection = person.open(chapter);
    await until(connection, (state) => isLive(state) && state.synced);
    for (const { word, by } of mine) {
      const id = idAt(connection, connection.text.toString().indexOf(word));
      const said = await reader.api.authorAt(report, chapter, id.client, id.clock);
      expect({ word, author: said.author, via: said.via }).toEqual({ word, author: by.me.id, via: 'typing' });
    }
    await person.leave();
  }
}

/** Id of the character at an index of the visible characters (embeds are not in `toString`). */
function idAt(connection: ChapterConnection, index: number): { client: number; clock: number } {
  let at = 0;
  for (let item = connection.text._start; item !== null; item = item.right) {
    if (item.deleted || !('str' in item.content)) continue;
    if (index < at + item.length) return { client: item.id.client, clock: item.id.clock + index - at };
    at += item.length;
  }
  throw new Error(`no character at ${index}`);
}
