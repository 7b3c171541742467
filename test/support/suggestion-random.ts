import * as Y from 'yjs';
import type { ChapterId, MemberId, Seq } from '../../shared/ids.ts';
import { planAccept } from '../../shared/suggestions/accept.ts';
import { ChapterSuggestions } from '../../shared/suggestions/chapter-suggestions.ts';
import { buildFork, isWhole, itemOf, struckBy, textOf } from '../../shared/suggestions/fork.ts';
import { has, type IdRanges, NO_IDS, union } from '../../shared/suggestions/id-ranges.ts';
import { Proposer } from '../../shared/suggestions/proposer.ts';
import type { LaneWrite, Suggestion, SuggestionEvent, Verdict } from '../../shared/suggestions/suggestion.ts';
import { keepFormats } from '../../shared/text/formats.ts';
import { render } from '../../shared/text/render.ts';
import { Acts } from './text-acts.ts';
import { Chance } from './text-chance.ts';
import { chapterOf, Person } from './text-people.ts';

const CHAPTER = 'chapter0000000000000' as ChapterId;
const memberOf = (index: number) => `member00000000000${100 + index}` as MemberId;

export interface SuggestionFigures {
  edits: number;
  writes: number;
  accepted: number;
  declined: number;
  withdrawn: number;
  superseded: number;
  overtaken: number;
  stale: number;
  rebuilt: number;
  takenBack: number;
  asked: number;
}

export type RecordedEntry =
  | { readonly seq: Seq; readonly kind: 'text'; readonly update: Uint8Array }
  | { readonly seq: Seq; readonly kind: 'suggestion'; readonly author: MemberId; readonly event: SuggestionEvent };

function openMain(): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  keepFormats(textOf(doc));
  return doc;
}

/** The record and what follows from it: it decides, and tells everybody in the order of the log. */
class House {
  readonly log: RecordedEntry[] = [];
  readonly main = openMain();
  readonly suggestions = new ChapterSuggestions(CHAPTER);
  readonly listeners: ((entry: RecordedEntry) => void)[] = [];

  text(update: Uint8Array): void {
    this.append({ seq: this.log.length + 1, kind: 'text', update });
  }

  event(author: MemberId, event: SuggestionEvent): void {
    this.append({ seq: this.log.length + 1, kind: 'suggestion', author, event });
  }

  private append(entry: RecordedEntry): void {
    this.log.push(entry);
    take(this.main, this.suggestions, entry);
    for (const tell of this.listeners) tell(entry);
  }
}

function take(main: Y.Doc, suggestions: ChapterSuggestions, entry: RecordedEntry): void {
  if (entry.kind === 'text') Y.applyUpdate(main, entry.update, 'house');
  else suggestions.apply(entry.event, { seq: entry.seq, at: entry.seq, author: entry.author });
}

/** Somebody's line to the house: what goes up and what comes down, each in order, at its own pace. */
interface Line {
  readonly up: (() => void)[];
  readonly down: RecordedEntry[];
  offline: boolean;
}

class Author {
  readonly line: Line = { up: [], down: [], offline: false };
  readonly person: Person;

  constructor(house: House, client: number, start: Uint8Array) {
    this.person = new Person(client, start);
    this.person.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') this.line.up.push(() => house.text(update));
    });
  }

  hear(entry: RecordedEntry): void {
    if (entry.kind === 'text') this.person.receive(entry.update);
  }
}

class Proposing {
  readonly line: Line = { up: [], down: [], offline: false };
  readonly member: MemberId;
  readonly main = openMain();
  readonly known = new ChapterSuggestions(CHAPTER);
  readonly proposer: Proposer;
  readonly person: Person;
  readonly written: LaneWrite[] = [];

  constructor(house: House, index: number, start: Uint8Array, figures: SuggestionFigures, nextLane: () => number) {
    this.member = memberOf(index);
    Y.applyUpdate(this.main, start);
    this.proposer = new Proposer({
      main: this.main,
      known: this.known,
      member: this.member,
      newLane: nextLane,
      onWrite: (write) => {
        this.written.push(write);
        this.line.up.push(() => {
          figures.writes += 1;
          const lane = house.suggestions.lane(write.lane);
          // As the server does: what is shut is refused, and its proposer told.
          if (lane?.shut) this.proposer.refused(write);
          else house.event(this.member, { op: 'write', ...write });
        });
      },
      onFork: (text) => {
        figures.rebuilt += 1;
        this.person.session.swap(text);
      },
    });
    this.person = new Person(this.proposer.fork, null, { lanes: this.proposer });
  }

  hear(entry: RecordedEntry): void {
    if (entry.kind === 'text') Y.applyUpdate(this.main, entry.update, 'network');
    else this.proposer.hear(entry.event, { seq: entry.seq, at: entry.seq, author: entry.author });
  }
}

/** Editors change the text, proposers their forks, somebody decides; updates travel late. */
export class SuggestionRun {
  readonly figures: SuggestionFigures = {
    edits: 0,
    writes: 0,
    accepted: 0,
    declined: 0,
    withdrawn: 0,
    superseded: 0,
    overtaken: 0,
    stale: 0,
    rebuilt: 0,
    takenBack: 0,
    asked: 0,
  };
  private readonly by: Chance;
  private readonly acts: Acts;
  private readonly house = new House();
  private readonly authors: Author[] = [];
  private readonly proposers: Proposing[] = [];
  private lanes = 500_000;

  constructor(seed: number) {
    this.by = new Chance(seed);
    this.acts = new Acts(this.by);
    const lines = Array.from({ length: 1 + this.by.pick(4) }, () =>
      Array.from({ length: 2 + this.by.pick(9) }, () => this.by.character()).join(''),
    );
    const start = chapterOf(lines);
    this.house.text(start);
    const nextLane = () => {
      // Ids above and below those of the editors: both orders of Yjs occur.
      this.lanes += 1;
      return this.by.chance(0.5) ? this.lanes : this.lanes - 434_000;
    };
    for (let index = 0; index < 2; index += 1) this.authors.push(new Author(this.house, 70_000 + index * 900_000, start));
    const count = 2 + this.by.pick(2);
    for (let index = 0; index < count; index += 1) {
      this.proposers.push(new Proposing(this.house, index, start, this.figures, nextLane));
    }
    this.house.listeners.push((entry) => {
      for (const { line } of this.everybody) line.down.push(entry);
    });
  }

  /** What the run left in the record, oldest first. */
  get record(): readonly RecordedEntry[] {
    return this.house.log;
  }

  private get everybody(): readonly (Author | Proposing)[] {
    return [...this.authors, ...this.proposers];
  }

  run(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      const roll = this.by.share();
      if (roll < 0.45) this.edit();
      else if (roll < 0.65) this.send(this.by.one(this.everybody));
      else if (roll < 0.85) this.hear(this.by.one(this.everybody));
      else if (roll < 0.93) this.decideSomething(0.1);
      else if (roll < 0.96) this.takeBack();
      else this.toggle();
      this.check();
    }
    this.settle();
    for (let round = 0; this.house.suggestions.open().length > 0; round += 1) {
      if (round > 500) throw new Error('suggestions that cannot be decided');
      this.decideSomething(0, true);
      this.check();
    }
    this.settle();
    this.checkEnd();
  }

  private edit(): void {
    const who = this.by.one(this.everybody);
    this.figures.edits += 1;
    if (this.by.chance(0.12)) {
      who.person.compositionStart();
      this.acts.type(who.person);
      this.hear(this.by.one(this.everybody));
      who.person.compositionEnd();
      who.person.session.composing = false;
      who.person.session.flush();
      return;
    }
    this.by.one(this.acts.all)(who.person);
  }

  private takeBack(): void {
    const who = this.by.one(this.proposers);
    const last = who.written.at(-1);
    if (last === undefined || last.kind === 'look') return;
    who.written.pop();
    this.figures.takenBack += 1;
    who.proposer.takeBack([last]);
    who.written.length = 0;
  }

  private toggle(): void {
    const { line } = this.by.one(this.everybody);
    line.offline = !line.offline;
  }

  private send({ line }: Author | Proposing): void {
    if (!line.offline) line.up.shift()?.();
  }

  private hear(who: Author | Proposing): void {
    if (who.line.offline) return;
    const entry = who.line.down.shift();
    if (entry !== undefined) who.hear(entry);
  }

  private settle(): void {
    for (const who of this.everybody) who.line.offline = false;
    while (this.everybody.some(({ line }) => line.up.length + line.down.length > 0)) {
      for (const who of this.everybody) {
        this.send(who);
        this.hear(who);
      }
    }
  }

  private decideSomething(staleShare: number, all = false): void {
    const { suggestions } = this.house;
    const open = suggestions.open();
    if (open.length === 0) return;
    const suggestion = this.by.one(open);
    const seen = this.by.chance(staleShare) ? suggestion.rev - 1 : suggestion.rev;
    if (seen !== suggestion.rev) {
      this.figures.stale += 1;
      return;
    }
    const roll = this.by.share();
    if (roll < 0.5) this.accept(suggestion, all);
    else this.close(suggestion, roll < 0.9 ? 'declined' : 'withdrawn', null);
  }

  private accept(suggestion: Suggestion, sure: boolean): void {
    const { house } = this;
    const cuts = house.suggestions.cutsOf(suggestion);
    const rivals = house.suggestions
      .open()
      .filter(({ proposer }) => proposer !== suggestion.proposer)
      .map((rival) => ({ suggestion: rival.id, strikes: this.strikesOf(rival) }));
    const lanes = house.suggestions.lanesOf(suggestion.proposer);
    const planned = planAccept(house.main, { cuts, lanes, rivals, sure });
    if (!planned.ok) {
      if (planned.error === 'place-gone') {
        this.figures.asked += 1;
        this.accept(suggestion, true);
        return;
      }
      if (planned.error === 'entangled') throw new Error(`suggestion ${suggestion.id} is entangled`);
      this.close(suggestion, 'overtaken', null);
      return;
    }
    const struck = cuts.reduce((all, cut) => union(all, cut.strikes), NO_IDS);
    const bases = new Map(lanes.map((lane) => [lane.id, lane.base]));
    house.text(planned.value.update);
    this.decided(suggestion, 'accepted', null);
    for (const { lane, to, strikes } of cuts) {
      const known = house.suggestions.lane(lane)!;
      for (let clock = bases.get(lane)!; clock < to; clock += 1) {
        const item = itemOf(house.main, lane, clock);
        if (item === null) throw new Error(`accepted item ${lane}.${clock} is not in the text`);
        const isStruck = has(union(struck, known.dead), lane, clock);
        if (known.kind === 'text' && item.parent === textOf(house.main) && item.countable && item.deleted !== isStruck)
          throw new Error(`accepted item ${lane}.${clock} is ${item.deleted ? 'not shown' : 'shown though taken back'}`);
      }
      for (const [client, clock, length] of strikes) {
        for (let at = clock; at < clock + length; at += 1) {
          if (itemOf(house.main, client, at)?.deleted === false) throw new Error(`accepted strike of ${client}.${at} is not done`);
        }
      }
    }
    for (const rival of planned.value.superseded) this.close(house.suggestions.suggestion(rival)!, 'superseded', suggestion.id);
  }

  private strikesOf({ lanes }: Suggestion): IdRanges {
    return lanes.reduce((all, id) => union(all, this.house.suggestions.lane(id)?.strikes ?? NO_IDS), NO_IDS);
  }

  private close(suggestion: Suggestion, verdict: Exclude<Verdict, 'accepted'>, by: Seq | null): void {
    const before = textJson(this.house.main);
    this.decided(suggestion, verdict, by);
    if (textJson(this.house.main) !== before) throw new Error(`${verdict} changed the text`);
  }

  private decided(suggestion: Suggestion, verdict: Verdict, by: Seq | null): void {
    const { house } = this;
    this.figures[verdict] += 1;
    const cuts = house.suggestions.cutsOf(suggestion);
    house.event(memberOf(50), {
      op: 'decide',
      suggestion: suggestion.id,
      verdict,
      reason: '',
      cuts,
      shown: { quote: '', replacement: '' },
      by,
    });
    this.checkHouse();
  }

  // ---- what must hold ------------------------------------------------------------------------------------------------------------

  private check(): void {
    if (!isWhole(this.house.main)) throw new Error('the text waits for something');
    for (const { person } of this.everybody) {
      const { session } = person;
      if (session.repairs > 0) throw new Error('an editor had to be set right');
      const rendered = render(session.options.text).doc;
      if (!session.now.doc.eq(rendered)) throw new Error('an editor does not show its text');
    }
    for (const { proposer } of this.proposers) if (!isWhole(proposer.fork)) throw new Error('a fork waits for something');
  }

  /** Declined and open words stand in no text; nobody's fork shows declined ones. */
  private checkHouse(): void {
    const { main, suggestions } = this.house;
    for (const lane of suggestions.lanes()) {
      if (Y.getState(main.store, lane.id) > lane.base) throw new Error(`open words of lane ${lane.id} are in the text`);
      for (const [client, clock, length] of lane.dead) {
        for (let at = clock; at < clock + length; at += 1)
          if (itemOf(main, client, at)?.deleted === false) throw new Error(`declined ${client}.${at} is in the text`);
      }
    }
    for (const { member } of this.proposers) {
      const lanes = suggestions.lanesOf(member);
      const fork = buildFork(main, lanes);
      if (!isWhole(fork)) throw new Error('a fork that is made anew waits for something');
      for (const lane of lanes) {
        for (const [client, clock, length] of lane.dead) {
          for (let at = clock; at < clock + length; at += 1)
            if (itemOf(fork, client, at)?.deleted === false) throw new Error(`declined ${client}.${at} is in its fork`);
        }
      }
      fork.destroy();
    }
  }

  private checkEnd(): void {
    const { main, suggestions, log } = this.house;
    const text = textJson(main);
    for (const { person } of this.authors) if (textJson(person.doc) !== text) throw new Error('an editor has another text');
    for (const who of this.proposers) {
      if (who.proposer.pending.length > 0) throw new Error('a proposer waits for something');
      if (textJson(who.main) !== text) throw new Error('a proposer has another text');
      if (describe(who.known) !== describe(suggestions)) throw new Error('a proposer knows other suggestions');
      const fork = buildFork(main, suggestions.lanesOf(who.member));
      if (textJson(fork) !== textJson(who.proposer.fork)) throw new Error('a fork is not what it is made of');
      if (textJson(fork) !== text) throw new Error('everything is decided and a fork differs from the text');
      fork.destroy();
      who.person.close();
      who.proposer.close();
    }
    const again = openMain();
    const folded = new ChapterSuggestions(CHAPTER);
    for (const entry of log) take(again, folded, entry);
    if (textJson(again) !== text || describe(folded) !== describe(suggestions)) throw new Error('the log read again gives something else');
    this.checkAuthors();
  }

  /** What stands in the text under a lane's id was proposed by the lane's owner: nobody else ever wrote under it. */
  private checkAuthors(): void {
    for (const entry of this.house.log) {
      if (entry.kind !== 'suggestion' || entry.event.op !== 'write') continue;
      if (this.house.suggestions.lane(entry.event.lane)?.proposer !== entry.author) throw new Error('a lane has two writers');
    }
  }
}

function textJson(doc: Y.Doc): string {
  return JSON.stringify(render(textOf(doc)).doc.toJSON());
}

function describe(suggestions: ChapterSuggestions): string {
  const lanes = [...suggestions.lanes()].map(({ pieces, ...lane }) => ({ ...lane, pieces: pieces.length }));
  return JSON.stringify([lanes, [...suggestions.suggestions()], struckBy([...suggestions.lanes()])]);
}
