import { findBlanks } from '../../../shared/counting/count.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { TextRecords } from '../attribution/text-records.ts';
import type { Slot, StandingUnit } from './slots.ts';

/** What was put in a mask's place. */
export interface Valued {
  readonly value: string;
  readonly units: readonly StandingUnit[];
  /** Where it begins among the units that came. */
  readonly from: number;
  readonly kind: 'number' | 'name';
  readonly unit: string | null;
  readonly rivals: readonly { readonly member: MemberId | null; readonly value: string }[];
}

const FIGURE = /[-－]?[\d０-９]+(?:[.,．，][\d０-９]+)*|[〇零一二三四五六七八九十百千万亿两]+/gu;
/** More words than this in a mask's place are not its value: the sentence was written anew. */
const LONGEST = 40;
const REACH = 12;
/** Two people who put values in one place within this time may not have seen each other's, ms. */
const TOGETHER_MS = 10 * 60_000;

/**
 * Tells the value apart from what was written beside it. In a sentence that was rewritten whole it is looked for by the words that stood
 * beside the mask.
 * @param before what stands in the line before the units, `after` behind them
 * @returns null when nothing there is the mask's value: then the blank went with its text
 */
export function valueIn(slot: Slot, units: readonly StandingUnit[], before: string, after: string, records: TextRecords): Valued | null {
  const { mask, goneBefore, goneAfter } = slot;
  const words = units.map(({ letter }) => letter).join('');
  const rewritten = goneBefore !== '' || goneAfter !== '';
  const { kind, unit } = rewritten ? kindOf(goneBefore || before, mask, goneAfter || after) : kindOf(before, mask, after);
  const place = rewritten ? inRewritten(words, slot, kind) : inPlace(words, kind);
  if (place === null) return null;
  const [from, to] = place;
  const found = units.slice(from, to);
  return { value: words.slice(from, to), units: found, from, kind, unit, rivals: rivalsAmong(units, kind, records) };
}

function kindOf(before: string, mask: string, after: string): { kind: 'number' | 'name'; unit: string | null } {
  const near = before.slice(-REACH);
  const found = findBlanks(`${near}${mask}${after.slice(0, REACH)}`).find(({ offset }) => offset === near.length);
  return { kind: found?.kind ?? 'name', unit: found?.unit ?? null };
}

function inPlace(words: string, kind: 'number' | 'name'): readonly [number, number] | null {
  const from = words.length - words.trimStart().length;
  const to = words.trimEnd().length;
  if (to <= from) return null;
  if (to - from <= LONGEST && (kind === 'name' || to - from <= REACH)) return [from, to];
  const figure = kind === 'number' ? [...words.matchAll(FIGURE)][0] : undefined;
  return figure === undefined ? null : [figure.index, figure.index + figure[0].length];
}

/** Between the letters that stood on either side of the mask, where they were written again. */
function inRewritten(words: string, { goneBefore, goneAfter }: Slot, kind: 'number' | 'name'): readonly [number, number] | null {
  const before = goneBefore.slice(-2);
  const after = goneAfter.slice(0, 2);
  for (let start = before === '' ? 0 : words.indexOf(before); start >= 0; start = words.indexOf(before, start + 1)) {
    const from = start + before.length;
    const to = after === '' ? words.length : words.indexOf(after, from);
    const value = to < 0 ? '' : words.slice(from, to);
    if (
      value !== '' &&
      value.length <= LONGEST &&
      !/[，。；、]/.test(value) &&
      (kind === 'name' || new RegExp(FIGURE.source, 'u').test(value))
    )
      return [from, to];
    if (before === '') break;
  }
  return null;
}

/** Values of different people in one place of which the later was written by somebody who did not see the earlier. */
function rivalsAmong(units: readonly StandingUnit[], kind: 'number' | 'name', records: TextRecords): Valued['rivals'] {
  const groups: { member: MemberId | null; units: StandingUnit[] }[] = [];
  for (const unit of units) {
    const member = records.get(unit.ins)?.author ?? null;
    const last = groups.at(-1);
    if (last?.member === member) last.units.push(unit);
    else groups.push({ member, units: [unit] });
  }
  const values = groups.map((group) => ({ ...group, value: group.units.map(({ letter }) => letter).join('') }));
  const candidates = values.filter(({ value }) => value.trim() !== '' && (kind === 'name' || new RegExp(FIGURE.source, 'u').test(value)));
  const unseen = candidates.some((one) =>
    candidates.some((other) => one !== other && one.member !== other.member && wroteUnseen(one.units, other.units, records)),
  );
  return unseen ? candidates.map(({ member, value }) => ({ member, value })) : [];
}

/** The later of the two stands on nothing of the earlier. */
function wroteUnseen(earlier: readonly StandingUnit[], later: readonly StandingUnit[], records: TextRecords): boolean {
  const first = later[0]!;
  const known = earlier[0]!;
  if (first.ins <= known.ins || records.atOf(first.ins) - records.atOf(known.ins) > TOGETHER_MS) return false;
  const names = new Set(earlier.map(({ here, offset, item }) => `${here.id.client}.${here === item ? item.id.clock + offset : -1}`));
  return later.every(({ here }) => [here.origin, here.rightOrigin].every((id) => id === null || !names.has(`${id.client}.${id.clock}`)));
}
