import { TextSelection } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { flush, redo, undo } from '../../client/editor/binding/binding.ts';
import { HARD_BREAK, render } from '../../shared/text/render.ts';
import { Acts } from './text-acts.ts';
import { Chance, clearOfPairs } from './text-chance.ts';
import { chapterOf, Person } from './text-people.ts';

export { randomOf } from './text-chance.ts';

export interface RunFigures {
  edits: number;
  deliveries: number;
  compositions: number;
  held: number;
  undone: number;
}

/** Half-typed letters: they must never reach any text. */
const LETTERS = 'abcdefgh';
const isLetter = (unit: string) => unit >= 'a' && unit <= 'h';

/**
 * One random run: several people edit one chapter over a network that delays, reorders and loses, and at the end everybody gets
 * everything. Throws at the first broken promise.
 *
 * Each character that is typed occurs once in the whole run. It must be in the end text exactly once, unless somebody deleted it; twice
 * only where it was written again at least twice (two people moving one paragraph apart, or undoing one deletion).
 */
export class RandomRun {
  readonly figures: RunFigures = { edits: 0, deliveries: 0, compositions: 0, held: 0, undone: 0 };
  private readonly by: Chance;
  private readonly acts: Acts;
  private readonly people: Person[] = [];
  private readonly queues: Uint8Array[][] = [];
  private readonly offline = new Set<Person>();
  private readonly composing = new Set<Person>();
  private readonly reader: Person | null;
  private readonly deleted = new Set<string>();
  private readonly created = new Map<string, number>();
  private readonly read = new Map<Person, number>();

  constructor(seed: number) {
    this.by = new Chance(seed);
    this.acts = new Acts(this.by);
    const lines = Array.from({ length: this.by.pick(5) }, () =>
      Array.from({ length: this.by.pick(7) }, () => this.by.character()).join(''),
    );
    const start = this.by.chance(0.9) ? chapterOf(lines.length === 0 ? [''] : lines) : null;
    if (start !== null) for (const character of lines.join('')) this.created.set(character, 1);
    const count = 2 + this.by.pick(4);
    for (let index = 0; index < count; index += 1) this.join(new Person(70_000 + index, start));
    this.reader = this.by.chance(0.3) ? new Person(90_000, start) : null;
    if (this.reader !== null) {
      this.join(this.reader);
      this.reader.mayWrite = false;
    }
  }

  private join(person: Person): void {
    this.people.push(person);
    this.queues.push([]);
    this.read.set(person, 0);
    person.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!transaction.local) return;
      for (const [client, end] of transaction.afterState) {
        const begin = transaction.beforeState.get(client) ?? 0;
        for (const item of person.doc.store.clients.get(client) ?? []) {
          if (item.id.clock < begin || item.id.clock >= end || !(item instanceof Y.Item) || !(item.content instanceof Y.ContentString))
            continue;
          for (const character of item.content.str.replaceAll(HARD_BREAK, ''))
            this.created.set(character, (this.created.get(character) ?? 0) + 1);
        }
      }
    });
  }

  run(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      const person = this.by.one(this.people);
      const roll = this.by.share();
      if (roll < 0.55 && person !== this.reader) this.act(person);
      else if (roll < 0.9) this.deliver();
      else if (roll < 0.95) this.toggle(this.offline, person);
      else this.exchange(person, this.by.one(this.people));
      this.collect();
      for (const each of this.people) this.check(each);
    }
    this.finish();
  }

  // ---- the network ------------------------------------------------------------------------------------------------------------------

  /** Takes what people wrote to everybody else's queue. */
  private collect(): void {
    for (const person of this.people) {
      const from = this.read.get(person)!;
      for (const update of person.sent.slice(from)) {
        this.people.forEach((other, index) => {
          if (other !== person) this.queues[index]!.push(update);
        });
      }
      this.read.set(person, person.sent.length);
    }
  }

  private deliver(): void {
    const index = this.by.pick(this.people.length);
    const person = this.people[index]!;
    const queue = this.queues[index]!;
    if (queue.length === 0 || this.offline.has(person)) return;
    const [update] = queue.splice(this.by.chance(0.8) ? 0 : this.by.pick(queue.length), 1);
    if (this.by.chance(0.08)) return; // lost; the exchange of states makes up for it
    this.figures.deliveries += 1;
    this.bring(person, update!);
  }

  private exchange(one: Person, other: Person): void {
    if (one === other || this.offline.has(one) || this.offline.has(other)) return;
    this.bring(one, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(one.doc)));
  }

  private bring(person: Person, update: Uint8Array): void {
    const written = person.sent.length;
    const heldBefore = person.held;
    person.receive(update);
    this.demand(this.composing.has(person) ? person.sent.length === written : true, 'receiving while composing writes nothing');
    this.demand(person !== this.reader || person.sent.length === 0, "a reader's copy writes nothing");
    if (person.held > heldBefore) this.figures.held += 1;
  }

  private finish(): void {
    for (const person of this.composing) this.endComposition(person);
    this.composing.clear();
    this.offline.clear();
    for (let round = 0; round < 2; round += 1) {
      const states = this.people.map(({ doc }) => Y.encodeStateAsUpdate(doc));
      for (const person of this.people) {
        for (const state of states) {
          const written = person.sent.length;
          person.receive(state);
          this.demand(person.sent.length === written, 'receiving writes nothing');
          this.check(person);
        }
      }
    }
    const [first, ...rest] = this.people;
    const snapshot = Y.snapshot(first!.doc);
    for (const person of rest) {
      this.demand(Y.equalSnapshots(snapshot, Y.snapshot(person.doc)), 'equal state vectors and delete sets');
      this.demand(person.state.doc.eq(first!.state.doc), 'equal texts');
    }
    const text = first!.text.toString();
    for (const [character, times] of this.created) {
      const found = text.split(character).length - 1;
      if (found === 0) this.demand(this.deleted.has(character), `${character} is missing`);
      this.demand(found <= Math.max(1, times - 1), `${character} is there ${found} times after ${times} writings`);
    }
    for (const unit of text) this.demand(!isLetter(unit), 'no half-typed letters');
    for (const person of this.people) person.close();
  }

  // ---- what people do ---------------------------------------------------------------------------------------------------------------

  private act(person: Person): void {
    if (this.composing.has(person)) {
      if (this.by.chance(0.6)) this.compose(person);
      else {
        this.composing.delete(person);
        this.endComposition(person);
      }
      return;
    }
    this.figures.edits += 1;
    this.noting(person, () => this.by.one([...this.acts.all, ...this.own])(person));
  }

  /** Notes which characters somebody's own act takes away. */
  private noting(person: Person, act: () => void): void {
    const before = charactersOf(person);
    act();
    const after = charactersOf(person);
    for (const character of before) if (!after.has(character)) this.deleted.add(character);
  }

  private readonly own: readonly ((person: Person) => void)[] = [
    (person) => this.revert(person, 'undo'),
    (person) => this.revert(person, 'undo'),
    (person) => this.revert(person, 'redo'),
    (person) => this.acts.laterVersion(person),
    ...Array.from({ length: 5 }, () => (person: Person) => this.strike(person)),
    ...Array.from({ length: 3 }, () => (person: Person) => this.beginComposition(person)),
  ];

  private revert(person: Person, direction: 'undo' | 'redo'): void {
    if ((direction === 'undo' ? undo : redo)(person.view)) this.figures.undone += 1;
  }

  /** Takes the paragraph apart in which somebody composes, and lets it arrive there. */
  private strike(person: Person): void {
    const [target] = [...this.composing].filter((other) => !this.offline.has(other) && !this.offline.has(person));
    if (target === undefined) {
      this.acts.type(person);
      return;
    }
    this.bring(person, Y.encodeStateAsUpdate(target.doc, Y.encodeStateVector(person.doc)));
    const place = this.lettersOf(target);
    const block = Math.min(place === null ? 0 : target.state.doc.resolve(place.from).index(0), person.state.doc.childCount - 1);
    const size = person.state.doc.child(block).content.size;
    const start = person.at(block, 0);
    const blow = this.by.one([
      () => block > 0 && person.edit((tr) => tr.join(start - 1)),
      () => person.state.doc.childCount > 1 && person.edit((tr) => tr.delete(start - 1, start + size + 1)),
      () => person.edit((tr) => tr.delete(start, start + size)),
      () => person.edit((tr) => tr.split(clearOfPairs(person, start + this.by.pick(size + 1)))),
      () => person.type(this.by.word(), clearOfPairs(person, start + this.by.pick(size + 1))),
      () => person.edit((tr) => tr.setNodeMarkup(start - 1, person.state.schema.nodes['heading']!, {})),
    ]);
    this.noting(person, blow);
    this.bring(target, Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(target.doc)));
  }

  // ---- compositions -----------------------------------------------------------------------------------------------------------------

  private beginComposition(person: Person): void {
    const [from, to] = this.by.chance(0.7) ? [this.by.caret(person)] : this.by.range(person, true);
    person.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, from, to ?? from)));
    person.compositionStart();
    this.composing.add(person);
    this.figures.compositions += 1;
    const removed = person.state.doc.textBetween(from, to ?? from, '', '');
    for (const character of removed) this.deleted.add(character);
    person.edit((tr) => tr.insertText(this.by.one([...LETTERS]), from, to ?? from));
  }

  private lettersOf(person: Person): { from: number; to: number } | null {
    let from = -1;
    let to = -1;
    person.state.doc.descendants((node, at) => {
      if (!node.isText) return true;
      for (let unit = 0; unit < node.text!.length; unit += 1) {
        if (!isLetter(node.text![unit]!)) continue;
        if (from < 0) from = at + unit;
        to = at + unit + 1;
      }
      return false;
    });
    return from < 0 ? null : { from, to };
  }

  private compose(person: Person): void {
    const place = this.lettersOf(person);
    this.demand(place !== null, 'the letters being composed are still there');
    const letters = person.state.doc.textBetween(place!.from, place!.to, '', '');
    this.demand([...letters].every(isLetter), `nothing stands inside the composing letters: ${letters}`);
    if (this.by.chance(0.6)) person.edit((tr) => tr.insertText(this.by.one([...LETTERS]), place!.to));
    else person.edit((tr) => tr.insertText(this.by.one([...LETTERS]), place!.from, place!.to));
  }

  /** Commits a word, or cancels; then what was held is shown and the word leaves. */
  private endComposition(person: Person): void {
    const place = this.lettersOf(person);
    this.demand(place !== null, 'the letters being composed are still there at the end');
    const written = person.sent.length;
    if (this.by.chance(0.85)) person.edit((tr) => tr.insertText(this.by.word(), place!.from, place!.to));
    else person.edit((tr) => tr.delete(place!.from, place!.to));
    this.demand(person.sent.length === written, 'nothing leaves while composing');
    person.compositionEnd();
    flush(person.view);
    this.demand(person.unsent === 0 && person.held === 0, 'after a composition nothing is unsent or held');
    this.demand(person.sent.length <= written + 1, 'a composition leaves as one update');
  }

  // ---- what must hold ---------------------------------------------------------------------------------------------------------------

  private check(person: Person): void {
    const { session, state } = person;
    const rendered = render(person.text);
    this.demand(session.now.doc.eq(rendered.doc), 'the binding knows the text as it renders');
    this.demand(
      rendered.markers.every((marker, index) => session.now.markers[index] === marker),
      'the binding knows the markers',
    );
    this.demand(
      session.now.markers.length === rendered.markers.length && session.now.virtual === rendered.virtual,
      'the binding knows the end',
    );
    this.demand(rendered.hidden.join() === session.now.hidden.join(), 'the binding knows the hidden markers');
    state.doc.check();
    this.demand(session.repairs === 0, 'every step fits');
    const unsent = session.unsent(bindingState(person));
    let doc = state.doc;
    for (const { inverted } of [...unsent].reverse()) doc = inverted.apply(doc).doc!;
    for (const { step } of session.held) doc = step.apply(doc).doc!;
    this.demand(doc.eq(rendered.doc), 'the editor shows the text, less what is held, plus what is unsent');
    if (!this.composing.has(person)) this.demand(unsent.length === 0 && session.held.length === 0, 'nothing waits without a composition');
  }

  private demand(holds: boolean, promise: string): void {
    if (!holds) throw new Error(promise);
  }

  private toggle(set: Set<Person>, person: Person): void {
    if (!set.delete(person)) set.add(person);
  }
}

function bindingState(person: Person) {
  return { session: person.session, local: person.localChanges, before: null };
}

function charactersOf(person: Person): Set<string> {
  return new Set(person.state.doc.textBetween(0, person.state.doc.content.size, '', ''));
}
