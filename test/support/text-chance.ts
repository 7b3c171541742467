import type * as Y from 'yjs';
import { ContentString } from 'yjs';
import type { Person } from './text-people.ts';

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

/** What chance decides in a random run: numbers, words that never occurred before, and places in somebody's editor. */
export class Chance {
  private readonly random: () => number;
  private next = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
  }

  share(): number {
    return this.random();
  }

  pick(below: number): number {
    return Math.floor(this.random() * below);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  one<T>(list: readonly T[]): T {
    return list[this.pick(list.length)]!;
  }

  character(): string {
    this.next += 1;
    return String.fromCharCode(0x4e00 + this.next);
  }

  word(): string {
    return Array.from({ length: 1 + this.pick(3) }, () => this.character()).join('');
  }

  /** Emoji that share their high half. */
  emoji(): string {
    this.next += 1;
    return String.fromCodePoint(0x1f400 + (this.next % 512) + (this.next > 512 ? 1024 * (1 + Math.floor(this.next / 512)) : 0));
  }

  block(person: Person): number {
    return this.pick(person.state.doc.childCount);
  }

  caret(person: Person): number {
    const block = this.block(person);
    const node = person.state.doc.child(block);
    return clearOfPairs(person, person.at(block, this.pick(node.content.size + 1)));
  }

  range(person: Person, inOneBlock: boolean): [number, number] {
    const block = this.block(person);
    const size = person.state.doc.child(block).content.size;
    const one = clearOfPairs(person, person.at(block, this.pick(size + 1)));
    const other = inOneBlock ? clearOfPairs(person, person.at(block, this.pick(size + 1))) : this.caret(person);
    return [Math.min(one, other), Math.max(one, other)];
  }
}

/** A position that is not inside a surrogate pair: the editor never puts a caret there. */
export function clearOfPairs(person: Person, position: number): number {
  const $position = person.state.doc.resolve(position);
  const after = $position.parentOffset < $position.parent.content.size ? person.state.doc.textBetween(position, position + 1) : '';
  return after >= '\udc00' && after <= '\udfff' ? position - 1 : position;
}

/** A Yjs index that is not inside a surrogate pair. */
export function safeIndex(text: Y.Text, index: number): number {
  let left = index;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) {
      if (!(item.content instanceof ContentString)) return index;
      const unit = item.content.str[left]!;
      return unit >= '\udc00' && unit <= '\udfff' ? index - 1 : index;
    }
    left -= item.length;
  }
  return index;
}
