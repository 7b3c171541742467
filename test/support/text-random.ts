import { Fragment, Slice } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { flush, redo, undo } from '../../client/editor/binding/binding.ts';
import { HARD_BREAK, layoutOf, render } from '../../shared/text/render.ts';
import { MARK_NAMES } from '../../shared/text/schema.ts';
import { chapterOf, Person } from './text-people.ts';

/** A small generator of random numbers: the same seed, the same run. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
  private readonly random: () => number;
  private readonly people: Person[] = [];
  private readonly queues: Uint8Array[][] = [];
  private readonly offline = new Set<Person>();
  private readonly composing = new Set<Person>();
  private readonly reader: Person | null;
  private readonly deleted = new Set<string>();
  private readonly created = new Map<string, number>();
  private readonly read = new Map<Person, number>();
  private next = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
    const lines = Array.from({ length: this.pick(5) }, () => Array.from({ length: this.pick(7) }, () => this.character()).join(''));
    const start = this.chance(0.9) ? chapterOf(lines.length === 0 ? [''] : lines) : null;
    if (start === null) this.next = 0;
    else for (const character of lines.join('')) this.created.set(character, 1);
    const count = 2 + this.pick(4);
    for (let index = 0; index < count; index += 1) this.join(new Person(70_000 + index, start));
    this.reader = this.chance(0.3) ? new Person(90_000, start) : null;
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
      const person = this.one(this.people);
      const roll = this.random();
      if (roll < 0.55 && person !== this.reader) this.act(person);
      else if (roll < 0.9) this.deliver();
      else if (roll < 0.95) this.toggle(this.offline, person);
      else this.exchange(person, this.one(this.people));
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
    const index = this.pick(this.people.length);
    const person = this.people[index]!;
    const queue = this.queues[index]!;
    if (queue.length === 0 || this.offline.has(person)) return;
    const [update] = queue.splice(this.chance(0.8) ? 0 : this.pick(queue.length), 1);
    if (this.chance(0.08)) return; // lost; the exchange of states makes up for it
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
      if (this.chance(0.6)) this.compose(person);
      else {
        this.composing.delete(person);
        this.endComposition(person);
      }
      return;
    }
    this.figures.edits += 1;
    this.noting(person, () => this.one(this.acts)(person));
  }

  /** Notes which characters somebody's own act takes away. */
  private noting(person: Person, act: () => void): void {
    const before = charactersOf(person);
    act();
    const after = charactersOf(person);
    for (const character of before) if (!after.has(character)) this.deleted.add(character);
  }

  private readonly acts: readonly ((person: Person) => void)[] = [
    ...Array.from({ length: 6 }, () => (person: Person) => this.type(person)),
    (person) => person.type('', this.caret(person)),
    (person) => this.type(person, this.emoji()),
    (person) => this.deleteRange(person),
    (person) => this.deleteRange(person),
    (person) => this.deleteBlock(person),
    (person) => person.edit((tr) => tr.split(this.caret(person))),
    (person) => person.edit((tr) => tr.split(person.at(this.block(person), 0))),
    (person) => this.splitAtEnd(person),
    (person) => this.joinBlocks(person),
    (person) => this.restyle(person),
    (person) => this.restyle(person),
    (person) => this.relook(person),
    (person) => this.relook(person),
    (person) => this.move(person),
    (person) => this.move(person),
    (person) => this.hardBreak(person),
    (person) => this.paste(person),
    (person) => this.revert(person, 'undo'),
    (person) => this.revert(person, 'undo'),
    (person) => this.revert(person, 'redo'),
    (person) => this.laterVersion(person),
    ...Array.from({ length: 5 }, () => (person: Person) => this.strike(person)),
    ...Array.from({ length: 3 }, () => (person: Person) => this.beginComposition(person)),
  ];

  private type(person: Person, text = this.word()): void {
    person.type(text, this.caret(person));
  }

  private deleteRange(person: Person): void {
    const [from, to] = this.range(person, this.chance(0.7));
    if (this.chance(0.3)) person.edit((tr) => tr.insertText(this.word(), from, to));
    else person.edit((tr) => tr.delete(from, to));
  }

  private deleteBlock(person: Person): void {
    const { doc } = person.state;
    if (doc.childCount < 2) return;
    const block = this.block(person);
    const from = person.at(block, 0) - 1;
    person.edit((tr) => tr.delete(from, from + doc.child(block).nodeSize));
  }

  private splitAtEnd(person: Person): void {
    const block = this.block(person);
    const paragraph = { type: person.state.schema.nodes['paragraph']! };
    person.edit((tr) =>
      tr.split(person.at(block, person.state.doc.child(block).content.size), 1, this.chance(0.5) ? [paragraph] : undefined),
    );
  }

  private joinBlocks(person: Person): void {
    const block = this.block(person);
    if (block > 0) person.edit((tr) => tr.join(person.at(block, 0) - 1));
  }

  private restyle(person: Person): void {
    const mark = person.state.schema.marks[this.one(MARK_NAMES)]!.create();
    const [from, to] = this.range(person, this.chance(0.8));
    person.edit((tr) => (this.chance(0.6) ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark)));
  }

  private relook(person: Person): void {
    const { nodes } = person.state.schema;
    const [type, attrs] = this.one([
      [nodes['paragraph']!, {}],
      [nodes['paragraph']!, { align: 'center' }],
      [nodes['heading']!, { level: 3 }],
      [nodes['heading']!, { level: 4, align: 'right' }],
      [nodes['listLine']!, { list: 'bullet' }],
      [nodes['listLine']!, { list: 'ordered', indent: 2 }],
    ] as const);
    const block = this.block(person);
    const { extra, moved } = person.state.doc.child(block).attrs;
    person.edit((tr) => tr.setNodeMarkup(person.at(block, 0) - 1, type, { ...attrs, extra, moved }));
  }

  /** Moves a block one or more places, as Alt+↑/↓ or a drag does: out and in, in one transaction. */
  private move(person: Person): void {
    const { doc } = person.state;
    if (doc.childCount < 2) return;
    const block = this.block(person);
    const target = this.pick(doc.childCount);
    if (target === block) return;
    const node = doc.child(block);
    person.edit((tr) => {
      const from = person.at(block, 0) - 1;
      const to = target > block ? person.at(target, 0) - 1 + doc.child(target).nodeSize : person.at(target, 0) - 1;
      tr.delete(from, from + node.nodeSize);
      return tr.insert(tr.mapping.map(to), node);
    });
  }

  private hardBreak(person: Person): void {
    const at = this.caret(person);
    person.edit((tr) => tr.insert(at, person.state.schema.nodes['hardBreak']!.create()));
  }

  private paste(person: Person): void {
    const { nodes, marks } = person.state.schema;
    const blocks = [nodes['paragraph']!, nodes['heading']!, nodes['listLine']!].slice(0, 1 + this.pick(3)).map((type) => {
      const marked = this.chance(0.3) ? [marks[this.one(MARK_NAMES)]!.create()] : [];
      return type.create(null, this.chance(0.8) ? person.state.schema.text(this.word(), marked) : null);
    });
    const [from, to] = this.range(person, false);
    const open = this.chance(0.5) ? 1 : 0;
    person.edit((tr) => tr.replaceRange(from, to, new Slice(Fragment.fromArray(blocks), open, open)));
  }

  private revert(person: Person, direction: 'undo' | 'redo'): void {
    if ((direction === 'undo' ? undo : redo)(person.view)) this.figures.undone += 1;
  }

  /** What a later version of the program may write: kinds, keys, embeds and formats that this one does not know. */
  private laterVersion(person: Person): void {
    const { text, doc } = person;
    doc.transact(() => {
      const at = safeIndex(text, this.pick(text.length + 1));
      this.one([
        () =>
          text.insertEmbed(
            at,
            new Y.Map<unknown>([
              ['kind', 'quote'],
              ['depth', 2],
            ]),
          ),
        () => text.insertEmbed(at, { image: `p${this.pick(3)}` }),
        () => text.insertEmbed(at, new Y.Map<unknown>([['atom', 'table']])),
        () => at + 2 <= text.length && text.format(at, safeIndex(text, at + 2) - at, { colour: 'red' }),
        () => {
          const { markers } = layoutOf(text);
          if (markers.length > 0)
            this.one(markers).set(this.one(['level', 'sectionNo', 'kind', 'align']), this.one([3, 'x', 'heading', 'list', null]));
        },
      ])();
    }, 'later version');
  }

  /** Takes the paragraph apart in which somebody composes, and lets it arrive there. */
  private strike(person: Person): void {
    const [target] = [...this.composing].filter((other) => !this.offline.has(other) && !this.offline.has(person));
    if (target === undefined) {
      this.type(person);
      return;
    }
    this.bring(person, Y.encodeStateAsUpdate(target.doc, Y.encodeStateVector(person.doc)));
    const place = this.lettersOf(target);
    const block = Math.min(place === null ? 0 : target.state.doc.resolve(place.from).index(0), person.state.doc.childCount - 1);
    const size = person.state.doc.child(block).content.size;
    const start = person.at(block, 0);
    const blow = this.one([
      () => block > 0 && person.edit((tr) => tr.join(start - 1)),
      () => person.state.doc.childCount > 1 && person.edit((tr) => tr.delete(start - 1, start + size + 1)),
      () => person.edit((tr) => tr.delete(start, start + size)),
      () => person.edit((tr) => tr.split(clearOfPairs(person, start + this.pick(size + 1)))),
      () => person.type(this.word(), clearOfPairs(person, start + this.pick(size + 1))),
      () => person.edit((tr) => tr.setNodeMarkup(start - 1, person.state.schema.nodes['heading']!, {})),
    ]);
    this.noting(person, blow);
    this.bring(target, Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(target.doc)));
  }

  // ---- compositions -----------------------------------------------------------------------------------------------------------------

  private beginComposition(person: Person): void {
    const [from, to] = this.chance(0.7) ? [this.caret(person)] : this.range(person, true);
    person.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, from, to ?? from)));
    person.compositionStart();
    this.composing.add(person);
    this.figures.compositions += 1;
    const removed = person.state.doc.textBetween(from, to ?? from, '', '');
    for (const character of removed) this.deleted.add(character);
    person.edit((tr) => tr.insertText(this.one([...LETTERS]), from, to ?? from));
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
    if (this.chance(0.6)) person.edit((tr) => tr.insertText(this.one([...LETTERS]), place!.to));
    else person.edit((tr) => tr.insertText(this.one([...LETTERS]), place!.from, place!.to));
  }

  /** Commits a word, or cancels; then what was held is shown and the word leaves. */
  private endComposition(person: Person): void {
    const place = this.lettersOf(person);
    this.demand(place !== null, 'the letters being composed are still there at the end');
    const written = person.sent.length;
    if (this.chance(0.85)) person.edit((tr) => tr.insertText(this.word(), place!.from, place!.to));
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

  // ---- chance -----------------------------------------------------------------------------------------------------------------------

  private pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }

  private one<T>(list: readonly T[]): T {
    return list[this.pick(list.length)]!;
  }

  private toggle(set: Set<Person>, person: Person): void {
    if (!set.delete(person)) set.add(person);
  }

  private character(): string {
    this.next += 1;
    return String.fromCharCode(0x4e00 + this.next);
  }

  private word(): string {
    return Array.from({ length: 1 + this.pick(3) }, () => this.character()).join('');
  }

  /** Emoji that share their high half. */
  private emoji(): string {
    this.next += 1;
    return String.fromCodePoint(0x1f400 + (this.next % 512) + (this.next > 512 ? 1024 * (1 + Math.floor(this.next / 512)) : 0));
  }

  private block(person: Person): number {
    return this.pick(person.state.doc.childCount);
  }

  private caret(person: Person): number {
    const block = this.block(person);
    const node = person.state.doc.child(block);
    return clearOfPairs(person, person.at(block, this.pick(node.content.size + 1)));
  }

  private range(person: Person, inOneBlock: boolean): [number, number] {
    const block = this.block(person);
    const size = person.state.doc.child(block).content.size;
    const one = clearOfPairs(person, person.at(block, this.pick(size + 1)));
    const other = inOneBlock ? clearOfPairs(person, person.at(block, this.pick(size + 1))) : this.caret(person);
    return [Math.min(one, other), Math.max(one, other)];
  }
}

function bindingState(person: Person) {
  return { session: person.session, local: person.localChanges, before: null };
}

/** A position that is not inside a surrogate pair: the editor never puts a caret there. */
function clearOfPairs(person: Person, position: number): number {
  const $position = person.state.doc.resolve(position);
  const after = $position.parentOffset < $position.parent.content.size ? person.state.doc.textBetween(position, position + 1) : '';
  return after >= '\udc00' && after <= '\udfff' ? position - 1 : position;
}

function safeIndex(text: Y.Text, index: number): number {
  let left = index;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) {
      if (!(item.content instanceof Y.ContentString)) return index;
      const unit = item.content.str[left]!;
      return unit >= '\udc00' && unit <= '\udfff' ? index - 1 : index;
    }
    left -= item.length;
  }
  return index;
}

function charactersOf(person: Person): Set<string> {
  return new Set(person.state.doc.textBetween(0, person.state.doc.content.size, '', ''));
}
