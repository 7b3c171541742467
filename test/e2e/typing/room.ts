import type { BrowserContext, Page } from 'playwright-core';
import * as Y from 'yjs';
import { type InputMethod, inputMethod, pinyinOfGongwen } from '../../support/browser.ts';
import type { LineSeen, Sight } from './page/api.ts';

/** How long a condition may take before the scenario counts as failed, in milliseconds. Never a figure under test. */
const patience = 5_000;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/**
 * Two people at two browser contexts and between them a chapter's room, held by the test: it applies what reaches it and passes it on.
 * Each person's line to it can be cut, and what is under way waited for, so that order and delay are never left to chance.
 */
export class Room {
  readonly a: Person;
  readonly b: Person;
  private chapter = new Y.Doc();
  private readonly under: Set<Promise<unknown>> = new Set();

  private constructor(a: Person, b: Person) {
    this.a = a;
    this.b = b;
  }

  /** @param ownClock gives both pages a clock that the test can put forward. */
  static async open(contexts: readonly [BrowserContext, BrowserContext], address: string, ownClock = false): Promise<Room> {
    const [a, b] = await Promise.all([
      Person.seat('甲', contexts[0], address, ownClock),
      Person.seat('乙', contexts[1], address, ownClock),
    ]);
    const room = new Room(a, b);
    for (const person of [a, b]) {
      person.onUpdate = (update) => room.track(room.carry(person, update));
      person.onAwareness = (update) => room.track(room.carryAwareness(person, update));
    }
    return room;
  }

  /** A fresh chapter in this state, both people in it and online. `clients` are the Yjs ids of A and B: their order decides ties. */
  async begin(state: Uint8Array, clients: readonly [number, number] = [11, 12]): Promise<void> {
    // What the last chapter's people say on leaving must not reach those of this one, who have the same ids.
    await Promise.all([this.a.leave(), this.b.leave()]);
    await this.idle();
    this.chapter = new Y.Doc({ gc: false });
    Y.applyUpdate(this.chapter, state);
    await Promise.all([this.a.enter(toBase64(state), clients[0]), this.b.enter(toBase64(state), clients[1])]);
  }

  /** B (or A) opens the chapter anew, as somebody who has just arrived. */
  async arrive(person: Person, client: number): Promise<void> {
    await person.enter(toBase64(Y.encodeStateAsUpdate(this.chapter)), client);
  }

  cut(person: Person): void {
    person.online = false;
  }

  /** Takes the line up again: both sides give the other what it lacks. */
  async join(person: Person): Promise<void> {
    person.online = true;
    const up = await person.missing(toBase64(Y.encodeStateVector(this.chapter)));
    await this.carry(person, up);
    const down = Y.encodeStateAsUpdate(this.chapter, fromBase64(await person.stateVector()));
    await person.receive(toBase64(down));
  }

  private async carry(from: Person, update: string): Promise<void> {
    if (!from.online) return;
    Y.applyUpdate(this.chapter, fromBase64(update));
    const to = from === this.a ? this.b : this.a;
    if (to.online) await to.receive(update);
  }

  private async carryAwareness(from: Person, update: string): Promise<void> {
    const to = from === this.a ? this.b : this.a;
    if (from.online && to.online) await to.receiveAwareness(update);
  }

  private track(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.under.delete(tracked));
    this.under.add(tracked);
  }

  /** Waits until nothing is being carried. */
  async idle(): Promise<void> {
    while (this.under.size > 0) await Promise.all(this.under);
  }

  /**
   * Waits until nobody composes, every local change has been written and carried, and all three copies are at the same clock.
   * @throws with what each side shows, when that does not come about.
   */
  async settled(): Promise<{ a: Sight; b: Sight }> {
    const until = Date.now() + patience;
    for (;;) {
      await this.idle();
      const [a, b] = await Promise.all([this.a.sight(), this.b.sight()]);
      const here = clocksOf(this.chapter);
      const quiet = [a, b].every((side) => !side.composing && same(side.written, side.shown) && same(side.clocks, here));
      if (quiet && this.under.size === 0) return { a, b };
      if (Date.now() > until)
        throw new Error(`The room does not settle.\n${describe('A', a)}\n${describe('B', b)}\nroom: ${here.join(' ')}`);
      await this.a.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
}

function clocksOf(doc: Y.Doc): string[] {
  return [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, clock]) => `${client}:${clock}`).sort();
}

export const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function describe(name: string, sight: Sight): string {
  return `${name}: composing ${sight.composing}, written ${textOf(sight.written)}, shown ${textOf(sight.shown)}, clocks ${sight.clocks.join(' ')}`;
}

/** Lines as one string, ｜ between them, as typing-scenarios are written. */
export function textOf(lines: readonly LineSeen[]): string {
  return lines.map((line) => line.runs.map((run) => run.text).join('')).join('｜');
}

/** One person: a page of their own with the product's editor in it. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly ime: InputMethod;
  /** Errors thrown or printed in the page since it was entered. */
  readonly errors: string[] = [];
  online = true;
  mayWrite = true;
  onUpdate: (update: string) => void = () => {};
  onAwareness: (update: string) => void = () => {};

  private constructor(name: string, page: Page, ime: InputMethod) {
    this.name = name;
    this.page = page;
    this.ime = ime;
  }

  static async seat(name: string, context: BrowserContext, address: string, ownClock: boolean): Promise<Person> {
    const page = await context.newPage();
    if (ownClock) await page.clock.install();
    const person = new Person(name, page, await inputMethod(page));
    page.on('pageerror', (error) => person.errors.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      if (message.type() === 'error') person.errors.push(message.text());
    });
    await page.exposeFunction('sendUpdate', (update: string) => person.onUpdate(update));
    await page.exposeFunction('sendAwareness', (update: string) => person.onAwareness(update));
    await page.goto(address);
    await page.waitForFunction(() => window.typing !== undefined);
    return person;
  }

  async enter(state: string, client: number): Promise<void> {
    this.online = true;
    this.errors.length = 0;
    const options = { client, name: this.name, colour: this.name === '甲' ? 1 : 3, mayWrite: this.mayWrite, state };
    await this.page.evaluate((given) => window.typing.open(given), options);
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => window.typing.close());
  }

  async receive(update: string): Promise<void> {
    await this.page.evaluate((given) => window.typing.receive(given), update);
  }

  async receiveAwareness(update: string): Promise<void> {
    await this.page.evaluate((given) => window.typing.receiveAwareness(given), update);
  }

  async missing(stateVector: string): Promise<string> {
    return this.page.evaluate((given) => window.typing.missing(given), stateVector);
  }

  async stateVector(): Promise<string> {
    return this.page.evaluate(() => window.typing.stateVector());
  }

  async sight(): Promise<Sight> {
    return this.page.evaluate(() => window.typing.sight());
  }

  /** Everything that the copy's text has ever been since it was opened. */
  async textsHeld(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.typing.textsHeld());
  }

  /** Puts the caret into a line, or selects up to `to` characters further in the same line. */
  async caret(line: number, offset: number, to: number = offset): Promise<void> {
    await this.select([line, offset], [line, to]);
  }

  async select(anchor: readonly [number, number], head: readonly [number, number]): Promise<void> {
    await this.page.evaluate(([from, to]) => window.typing.select(from, to), [anchor, head] as const);
  }

  /** Types finished text, as a committed word or a paste-less insertion arrives. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Runs a command of the editor; a command that would do nothing fails the test. */
  async command(name: string, ...args: unknown[]): Promise<void> {
    const done = await this.page.evaluate(([given, values]) => window.typing.command(given, ...values), [name, args] as const);
    if (!done) throw new Error(`${this.name}: the command ${name} did nothing.`);
  }

  /** Composes 公文 key by key; `during` runs after each key with its number, 0 to 4. */
  async compose(during: (step: number) => Promise<void> = async () => {}): Promise<void> {
    for (const [step, letters] of pinyinOfGongwen.entries()) {
      await this.ime.show(letters);
      await during(step);
    }
  }
}
