import type { ProofBlock, Remark } from '../finding.ts';
import { isDigit, matches } from '../text.ts';

const FULL: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '.': '。' };
/** Beside a Chinese character on at least one side and no figure or Latin letter on the other. */
const HALF =
  /(?<=[\p{Script=Han}”》）％%])[,;:?!](?=[\p{Script=Han}“《（\v]|$)|(?<=[\p{Script=Han}”》）])[,;:?!](?=\d)|(?<=\d[\p{Script=Han}%％]?)[,;](?=\p{Script=Han})/gu;
const PAREN = /\(([^()（）]{0,60})\)|\(([^()（）]{0,60})）|（([^()（）]{0,60})\)/g;
const POINT = /(?<=\p{Script=Han})\.(?=\p{Script=Han}|$)/gu;
const WIDE = /[０-９Ａ-Ｚａ-ｚ]+/g;
const WIDE_POINT = /(?<=[0-9０-９])．(?=[0-9０-９])/g;
const SPACE = /(?<=[\p{Script=Han}，。；：、”》）])[ \u00a0\u3000]+(?=[\p{Script=Han}“《（])/gu;
const SPACE_MARK = /(?<=\p{Script=Han})[ \u3000]+(?=[，。；：、）》”])|(?<=[（《“])[ \u3000]+/gu;
const OTHER_MARKS: readonly (readonly [RegExp, string])[] = [
  [/〝/g, '“'],
  [/〞/g, '”'],
  [/(?<=\p{Script=Han})､/gu, '、'],
  [/(?<=\p{Script=Han})｡/gu, '。'],
  [/﹪/g, '%'],
];

/** Marks, figures and letters of the wrong width (GB/T 15834-2011 §5, GB/T 15835-2011 §5). */
export function width({ text, kind }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const standard = { source: 'gbt-15834' } as const;
  for (const match of matches(text, HALF)) {
    const at = match.index;
    // 9:30, http://
    if (match[0] === ':' && isDigit(text[at - 1]) && isDigit(text[at + 1])) continue;
    const right = FULL[match[0]]!;
    found.push({
      ...standard,
      message: 'half-width',
      severity: 'error',
      from: at,
      to: at + 1,
      params: { mark: match[0], right },
      fix: { from: at, to: at + 1, text: right },
    });
  }
  for (const match of matches(text, POINT)) {
    const at = match.index;
    if (/[一二三四五六七八九十]$/.test(text.slice(Math.max(0, at - 1), at)) && at < 3) continue;
    found.push({
      ...standard,
      message: 'half-width',
      severity: 'error',
      from: at,
      to: at + 1,
      params: { mark: '.', right: '。' },
      fix: { from: at, to: at + 1, text: '。' },
    });
  }
  for (const match of matches(text, PAREN)) {
    const inside = match[1] ?? match[2] ?? match[3] ?? '';
    if (!/\p{Script=Han}/u.test(inside) && match[1] !== undefined) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    const right = `（${inside}）`;
    found.push({
      ...standard,
      message: 'half-width',
      severity: 'error',
      from,
      to,
      params: { mark: '()', right: '（）' },
      fix: { from, to, text: right },
    });
  }
  for (const match of matches(text, WIDE)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const right = narrow(match[0]);
    found.push({
      message: 'full-width',
      severity: 'warning',
      from,
      to,
      params: { text: match[0], right },
      source: 'gbt-15835',
      fix: { from, to, text: right },
    });
  }
  for (const match of matches(text, WIDE_POINT)) {
    const from = match.index;
    found.push({
      message: 'full-width',
      severity: 'warning',
      from,
      to: from + 1,
      params: { text: '．', right: '.' },
      source: 'gbt-15835',
      fix: { from, to: from + 1, text: '.' },
    });
  }
  if (kind === 'paragraph' && text.length >= 25) {
    for (const match of matches(text, SPACE)) {
      const [from, to] = [match.index, match.index + match[0].length];
      // An indent, or a number set off by a space: 「第一条　…」, 「一、 …」.
      if (from < 12 && /^\s*(?:第.{1,6}[章节条编]|[一二三四五六七八九十]+、|（.{1,3}）)?\s*$/.test(text.slice(0, from))) continue;
      found.push({ ...standard, message: 'space-in-text', severity: 'warning', from, to, fix: { from, to, text: '' } });
    }
    for (const match of matches(text, SPACE_MARK)) {
      const [from, to] = [match.index, match.index + match[0].length];
      found.push({ ...standard, message: 'space-in-text', severity: 'warning', from, to, fix: { from, to, text: '' } });
    }
  }
  for (const [pattern, right] of OTHER_MARKS) {
    for (const match of matches(text, pattern)) {
      const from = match.index;
      found.push({
        ...standard,
        message: 'half-width',
        severity: 'warning',
        from,
        to: from + 1,
        params: { mark: match[0], right },
        fix: { from, to: from + 1, text: right },
      });
    }
  }
  return found;
}

function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}
