import type { MemberId } from '../../../shared/ids.ts';
import type { Mention } from '../../../shared/threads/thread.ts';

export interface Named {
  readonly id: MemberId;
  readonly name: string;
}

/** What is being written behind an @ in front of the caret: where the @ stands, and the letters behind it. */
export interface Asked {
  readonly at: number;
  readonly find: string;
}

/** An @ of either width opens the search; letters of an input method that is composing count as written. */
export function mentionAt(text: string, caret: number): Asked | null {
  const match = /[@＠]([^\s@＠，。；：]{0,20})$/u.exec(text.slice(0, caret));
  return match === null ? null : { at: match.index, find: match[1]!.replaceAll("'", '') };
}

/** By a part of the name, or by the initials of its pinyin. */
export function findNamed<Person extends Named>(people: readonly Person[], find: string): readonly Person[] {
  const wanted = find.toLowerCase();
  if (wanted === '') return people;
  return people.filter(({ name }) => name.toLowerCase().includes(wanted) || initialsOf(name).includes(wanted));
}

/** The first character of each letter's syllables by their order: everything from it up to the next begins with that letter. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀';
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const order = new Intl.Collator('zh-CN-u-co-pinyin');

/** 「周砚秋」 as `zyq`: the browser sorts Chinese by sound, which tells where each character belongs. */
export function initialsOf(name: string): string {
  return [...name.toLowerCase()].map((character) => (/\p{Script=Han}/u.test(character) ? initialOf(character) : character)).join('');
}

function initialOf(character: string): string {
  for (let index = FIRST.length - 1; index >= 0; index -= 1) if (order.compare(character, FIRST[index]!) >= 0) return LETTERS[index]!;
  return character;
}

/** Where in a text those who were chosen are named, longest names first so that 王小 does not take from 王小明. */
export function mentionsIn(text: string, chosen: readonly Named[]): readonly Mention[] {
  const found: Mention[] = [];
  const taken = (at: number, end: number) => found.some((one) => at < one.at + one.length && end > one.at);
  for (const { id, name } of [...chosen].sort((one, other) => other.name.length - one.name.length)) {
    for (const sign of ['@', '＠']) {
      const words = sign + name;
      for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
        if (!taken(at, at + words.length)) found.push({ member: id, at, length: words.length });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}
