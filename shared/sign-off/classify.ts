import { substanceOfText } from './editorial.ts';

/** What of substance changed, where it can be named; `words` is everything else. */
export type Substance = 'number' | 'date' | 'name' | 'negation' | 'modal' | 'words';

export interface ChangeClass {
  readonly kind: 'editorial' | 'substance';
  /** Empty for an editorial change. */
  readonly named: readonly Substance[];
}

/**
 * What is looked for, in this order; what one rule has taken is not looked at by the next. A kind is named when what it finds before and
 * after differs. Words that forbid or permit come before the single characters in them: 不得 is one word, not a negation of 得.
 */
const RULES: readonly { readonly kind: Substance; readonly find: RegExp }[] = [
  {
    kind: 'date',
    find: /[\d〇一二三四五六七八九十]{2,4}年(?:[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?)?|\d{1,2}月(?:\d{1,2}日)?/gu,
  },
  { kind: 'modal', find: /应当|必须|不得|可以|不可|不应|原则上|一律|禁止|严禁|允许|力争|确保|争取|逐步|有条件/gu },
  { kind: 'negation', find: /没有|并非|尚未|不予|不再|未能|拒绝|取消|[不未无非否勿莫]/gu },
  {
    kind: 'number',
    find: /[\d０-９]+(?:[.,．，][\d０-９]+)*[%％‰]?|[一二三四五六七八九十百千万亿零两半]{2,}|[一二三四五六七八九十百千万亿](?=[个项次人名家件条倍成])/gu,
  },
];

/** @param names names of people to be looked for, such as the report's members; titles in 《》 are found by themselves */
export function classify(before: string, after: string, names: readonly string[] = []): ChangeClass {
  const [was, is] = [substanceOfText(before), substanceOfText(after)];
  if (was === is) return { kind: 'editorial', named: [] };
  const rules = [{ kind: 'name' as const, find: nameRule(names) }, ...RULES];
  let [left, right] = [was, is];
  const named: Substance[] = [];
  for (const { kind, find } of rules) {
    const [found, other] = [left.match(find) ?? [], right.match(find) ?? []];
    if (found.join('\n') !== other.join('\n')) named.push(kind);
    [left, right] = [left.replace(find, '\u0000'), right.replace(find, '\u0000')];
  }
  const rest = (text: string): string => text.replaceAll('\u0000', '');
  if (rest(left) !== rest(right) || named.length === 0) named.push('words');
  return { kind: 'substance', named };
}

function nameRule(names: readonly string[]): RegExp {
  const plain = names.filter((name) => name.trim() !== '').map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(['《[^《》]{1,80}》', ...plain.sort((one, other) => other.length - one.length)].join('|'), 'gu');
}
