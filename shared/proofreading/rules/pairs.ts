import type { ProofBlock, Remark } from '../finding.ts';
import { matches } from '../text.ts';

const CLOSES: Readonly<Record<string, string>> = {
  '“': '”',
  '‘': '’',
  '《': '》',
  '〈': '〉',
  '（': '）',
  '〔': '〕',
  '【': '】',
  '「': '」',
  '『': '』',
};
const OPENS = new Map(Object.entries(CLOSES).map(([open, close]) => [close, open]));
/** Brackets further out than this are not looked at: nobody nests so deep, and a page of nothing but brackets must not take for ever. */
const DEEPEST = 8;
/** 「1）」「a）」「一）」 opening an item needs no partner. */
const ITEM = /(?:^|[。；：，、\s\v])[\da-zA-Z一二三四五六七八九十]{1,2}$/;
const EMPTY = /“”|‘’|《》|〈〉|（）|〔〕|【】/g;
/** A second line of the same speech begins with a quote of its own and only the last is closed. */
const isSpeech = (text: string, nextText: string | undefined) => text.startsWith('“') && (nextText?.startsWith('“') ?? false);

/** Brackets, quotes and 书名号 that do not fit together (GB/T 15834-2011, 4.8, 4.9, 4.15). */
export function pairs({ text, kind }: ProofBlock, nextText?: string): Remark[] {
  const found: Remark[] = [];
  const standard = { source: 'gbt-15834' } as const;
  const open: { readonly mark: string; readonly at: number }[] = [];
  const doubled = doubledAt(text);
  const totals = new Map<string, number>();
  for (const letter of text) if (CLOSES[letter] !== undefined || OPENS.has(letter)) totals.set(letter, (totals.get(letter) ?? 0) + 1);
  const total = (mark: string) => totals.get(mark) ?? 0;
  const openNow = (mark: string) => open.slice(-DEEPEST).some((one) => one.mark === mark);
  const unclosed = (mark: string, at: number) =>
    found.push({
      ...standard,
      message: 'pair-unclosed',
      severity: 'error',
      from: at,
      to: at + 1,
      params: { open: mark, close: CLOSES[mark]! },
    });
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at]!;
    if (doubled.has(at)) continue;
    if (CLOSES[mark] !== undefined) {
      if (openNow(mark)) {
        if (total(mark) === total(CLOSES[mark])) {
          const inner = mark === '“' ? '‘’' : mark === '《' ? '〈〉' : null;
          if (inner !== null)
            found.push({ ...standard, message: 'pair-nested', severity: 'warning', from: at, to: at + 1, params: { mark, inner } });
        } else {
          const [lost] = open.splice(
            open.findLastIndex((one) => one.mark === mark),
            1,
          );
          unclosed(lost!.mark, lost!.at);
        }
      }
      open.push({ mark, at });
      continue;
    }
    const partner = OPENS.get(mark);
    if (partner === undefined) continue;
    if (open.at(-1)?.mark === partner) {
      open.pop();
      continue;
    }
    const depth = openNow(partner) ? open.findLastIndex((one) => one.mark === partner) : -1;
    if (depth === -1) {
      if (mark === '）' && ITEM.test(text.slice(Math.max(0, at - 4), at))) continue;
      // A title of two kinds of mark: 「《…〉」, 「（…)」 is told once, at the opening one.
      found.push({
        ...standard,
        message: 'pair-unopened',
        severity: 'error',
        from: at,
        to: at + 1,
        params: { open: partner, close: mark },
      });
      continue;
    }
    for (const lost of open.splice(depth).slice(1)) unclosed(lost.mark, lost.at);
  }
  if (!(kind === 'paragraph' && isSpeech(text, nextText))) {
    for (const lost of open) {
      if (lost.mark === '（' && /\)/.test(text.slice(lost.at, lost.at + 60))) continue;
      unclosed(lost.mark, lost.at);
    }
  }
  for (const match of matches(text, EMPTY)) {
    const [from, to] = [match.index, match.index + 2];
    found.push({
      ...standard,
      message: 'pair-empty',
      severity: 'error',
      from,
      to,
      params: { marks: match[0] },
      fix: { from, to, text: '' },
    });
  }
  return [...found, ...straightQuotes(text)];
}

/** The second of two equal marks side by side is told by punctuation.ts. */
function doubledAt(text: string): ReadonlySet<number> {
  const places = new Set<number>();
  for (const match of matches(text, /([“”])\1+/g)) for (let more = 1; more < match[0].length; more += 1) places.add(match.index + more);
  return places;
}

/** `"…"` in Chinese text, put right in pairs where their number is even. */
function straightQuotes(text: string): Remark[] {
  const places = [...matches(text, /["＂]/g)].map((match) => match.index);
  if (places.length === 0 || !/\p{Script=Han}/u.test(text)) return [];
  const canFix = places.length % 2 === 0;
  return places.map(
    (at, index): Remark => ({
      message: 'straight-quote',
      severity: 'error',
      from: at,
      to: at + 1,
      source: 'gbt-15834',
      ...(canFix ? { fix: { from: at, to: at + 1, text: index % 2 === 0 ? '“' : '”' } } : {}),
    }),
  );
}
