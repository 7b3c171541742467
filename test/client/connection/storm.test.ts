import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ChapterConnection } from '../../../client/connection/chapter-connection.ts';
import { whyUnreachable } from '../../../client/connection/why-unreachable.ts';
import type { Person, RealBrowser } from '../../support/person.ts';
import { browserAt, isSaved, openPerson, until } from '../../support/person.ts';
import type { Person as Account, TestReport, TestServer } from '../../support/test-server.ts';
import { startTestServer } from '../../support/test-server.ts';

/** Small, fast, and the same for a seed on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Desk {
  readonly account: Account;
  readonly browser: RealBrowser;
  person: Person;
  chapter: ChapterConnection;
}

async function sitDown(account: Account, browser: RealBrowser, report: TestReport) {
  const person = await openPerson({
    browser,
    member: account.account.id,
    report: report.id,
    whyUnreachable: () => whyUnreachable(browser.api, report.id),
  });
  return { person, chapter: person.open(report.chapter) };
}

/** One run: everybody types characters that occur nowhere else, while sockets, networks, pages and the server's disk come and go. */
async function storm(server: TestServer, seed: number, steps: number): Promise<void> {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const accounts = [await server.person('安娜', true), await server.person('贺清漪'), await server.person('沈知微')];
  const report = await server.report(accounts.map((account, index) => [account, index === 0 ? 'owner' : 'editor'] as const));
  const desks: Desk[] = [];
  for (const account of accounts) {
    const browser = browserAt(server.url, { cookie: account.cookie });
    desks.push({ account, browser, ...(await sitDown(account, browser, report)) });
  }
  await Promise.all(desks.map(({ chapter }) => until(chapter, (state) => state.ready)));

  let next = 0x4e00;
  const typed: string[] = [];
  const act: ((desk: Desk) => void | Promise<void>)[] = [
    ({ browser }) => browser.cut(),
    ({ browser }) => browser.setNetwork(false),
    ({ browser, chapter }) => {
      browser.setNetwork(true);
      chapter.reconnect();
    },
    async (desk) => {
      await desk.person.leave();
      Object.assign(desk, await sitDown(desk.account, desk.browser, report));
    },
    () => server.storage.hold(),
    () => server.storage.release(),
    ({ chapter }) => chapter.wantToWrite(),
    // Some time passes: what is on its way arrives.
    () => new Promise((resolve) => setImmediate(resolve)),
  ];
  for (let step = 0; step < steps; step += 1) {
    const desk = desks[below(desks.length)]!;
    if (random() < 0.6) {
      if (!desk.chapter.state.getState().ready) continue;
      const character = String.fromCharCode(next);
      next += 1;
      typed.push(character);
      desk.chapter.text.insert(below(desk.chapter.text.length + 1), character);
    } else {
      await act[below(act.length)]!(desk);
    }
  }

  server.storage.release();
  for (const { browser, chapter } of desks) {
    browser.setNetwork(true);
    chapter.reconnect();
  }
  await Promise.all(desks.map(({ chapter }) => until(chapter, isSaved, 20_000)));
  const where = `seed ${seed}`;
  // Saved does not mean that everybody has heard of it already.
  const texts = () => new Set(desks.map(({ chapter }) => chapter.text.toString()));
  await expect.poll(() => texts().size, { message: where, timeout: 10_000 }).toBe(1);
  const characters = [...desks[0]!.chapter.text.toString()].filter((character) => character >= '\u4e00');
  expect(characters.sort(), where).toEqual(typed);
  expect(
    desks.flatMap(({ person }) => person.rescues.list.getState()),
    where,
  ).toEqual([]);
  const vectors = desks.map(({ chapter }) => Y.decodeStateVector(Y.encodeStateVector(chapter.doc)));
  for (const vector of vectors) expect(vector, where).toEqual(vectors[0]);
  // The text's first marker is the server's; then at most two ids for each person.
  expect(vectors[0]!.size, where).toBeLessThanOrEqual(1 + 2 * desks.length);
  await Promise.all(desks.map(({ person }) => person.leave()));
}

const SEEDS = process.env['GONGBI_PROOF'] === '1' ? 60 : 4;
const STEPS = process.env['GONGBI_PROOF'] === '1' ? 250 : 120;

test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
  '[OF6] cuts, reloads, lost networks and a held disk: every character is there once, for everybody (seed %i)',
  async (seed) => {
    const server = await startTestServer();
    await storm(server, seed, STEPS);
    await server.close();
    expect(server.troubles).toEqual([]);
  },
  60_000,
);
