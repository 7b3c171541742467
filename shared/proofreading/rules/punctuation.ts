import type { ProofBlock, Remark } from '../finding.ts';
import { matches } from '../text.ts';

/** Marks that never stand twice, or beside one another (GB/T 15834-2011). */
const STOPS = '，、；：。';
const DOUBLED = /([，、；：。！？])\1+|([“”‘’《〈（〔【])\2+|([》〉）〕】])\3+/g;
/** Two different stops side by side. `。」` pairs of quotes are looked at in pairs.ts. */
const CLASH = /[，、；：。]{2,}/g;
const LEADING = /^[，。、；：！？）》〉〕】”’]+/;
const ELLIPSIS = /。{3,}|\.{3,}|(?<!…)…(?!…)/g;
const AFTER_OPENING = /([“‘《〈（〔【])([，。、；：])/g;
const BEFORE_CLOSING = /([、，；：])([》〉）〕】])/g;
const INSIDE_QUOTE_END = /([、；])([”’])/g;
/** 「……。”。」 */
const TWICE_ENDED = /([。！？])([”’])(。)/g;
const LIST_AND = /、(和|与|及|或)(?=[\p{Script=Han}“《])/gu;
const LIST_ETC = /、(等)(?=[\p{Script=Han}，。；、）])/gu;
const ETC_ELLIPSIS = /等等?……|……等等?(?=[，。；]|$)/g;
const BETWEEN_QUOTED = /”(、)“|》(、)《/g;
const ORDINAL_WORD = /(?:^|[。；：\v])((?:首先|其次|再次|最后|第[一二三四五六七八九十]))(、)/g;
const IS_COMMA = /(?:^|[。；：，\v])([一二三四五六七八九十]是)([，、：])/g;
/** 三四个 is an estimate and has no mark; 三、四季度 and 一、二年级 are lists. */
const ESTIMATE =
  /(?<![第初\p{Script=Han}、\d])([一二三四五六七八])、([二三四五六七八九])(?=(?:十|百|千|万|个|名|位|次|天|年[来前内后间]|个月|家|项|件|岁|成|倍|里|米))/gu;
const DOUBLE_HYPHEN = /(?<=[\p{Script=Han}”》）])--+(?=[\p{Script=Han}“《（])/gu;

/** Marks by themselves: doubled, clashing, at a wrong place. */
export function punctuation({ text, kind }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const standard = { source: 'gbt-15834' } as const;
  for (const match of matches(text, DOUBLED)) {
    const mark = match[0];
    const first = mark[0]!;
    // 。。。 is an ellipsis badly written; ！！ and ？？ may stand up to three times (4.3.3.2); 》》 after a title in a title is looked at as a pair.
    if (first === '。' && mark.length >= 3) continue;
    if ((first === '！' || first === '？') && mark.length <= 3) continue;
    if ('》〉）〕】《〈（〔【‘’'.includes(first) && isNested(text, match.index, mark)) continue;
    const [from, to] = [match.index, match.index + mark.length];
    found.push({
      ...standard,
      message: 'mark-doubled',
      severity: 'error',
      from,
      to,
      params: { mark: first },
      fix: { from, to, text: first },
    });
  }
  for (const match of matches(text, CLASH)) {
    const mark = match[0];
    if (new Set(mark).size === 1) continue;
    const [from, to] = [match.index, match.index + mark.length];
    const keep = keptMark(mark, to === text.length);
    found.push({
      ...standard,
      message: 'marks-clash',
      severity: 'error',
      from,
      to,
      params: { marks: mark },
      ...(keep === null ? {} : { fix: { from, to, text: keep } }),
    });
  }
  const leading = LEADING.exec(text);
  if (leading !== null) {
    const to = leading[0].length;
    const fix = /[”’》）]/.test(leading[0]) ? {} : { fix: { from: 0, to, text: '' } };
    found.push({ ...standard, message: 'mark-leading', severity: 'error', from: 0, to, params: { mark: leading[0] }, ...fix });
  }
  for (const match of matches(text, ELLIPSIS)) {
    if (match[0] === '…' && /[.\d]/.test(text[match.index - 1] ?? '')) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    if (match[0].startsWith('.') && !/\p{Script=Han}/u.test((text[from - 1] ?? '') + (text[to] ?? ''))) continue;
    found.push({ ...standard, message: 'ellipsis', severity: 'warning', from, to, fix: { from, to, text: '……' } });
  }
  for (const match of matches(text, AFTER_OPENING)) {
    const at = match.index + 1;
    found.push({
      ...standard,
      message: 'mark-after-opening',
      severity: 'error',
      from: at,
      to: at + 1,
      params: { mark: match[2]!, bracket: match[1]! },
      fix: { from: at, to: at + 1, text: '' },
    });
  }
  for (const pattern of [BEFORE_CLOSING, INSIDE_QUOTE_END]) {
    for (const match of matches(text, pattern)) {
      const at = match.index;
      found.push({
        ...standard,
        message: 'mark-before-closing',
        severity: pattern === BEFORE_CLOSING ? 'error' : 'warning',
        from: at,
        to: at + 1,
        params: { mark: match[1]!, bracket: match[2]! },
        ...(pattern === BEFORE_CLOSING ? { fix: { from: at, to: at + 1, text: '' } } : {}),
      });
    }
  }
  for (const match of matches(text, TWICE_ENDED)) {
    const at = match.index + 2;
    found.push({
      ...standard,
      message: 'ended-twice',
      severity: 'warning',
      from: match.index,
      to: at + 1,
      fix: { from: at, to: at + 1, text: '' },
    });
  }
  for (const [pattern, severity] of [
    [LIST_AND, 'hint'],
    [LIST_ETC, 'warning'],
  ] as const) {
    for (const match of matches(text, pattern)) {
      const from = match.index;
      const [word] = [match[1]!];
      // 「及时」「与会」「和谐」「等级」「或许」… begin a word of their own.
      if (/^(及[时其格早]|与[会时众日其]|和[谐平解睦顺]|或[许者]|等[级待次效同额车候人])/.test(text.slice(from + 1, from + 3))) continue;
      // 「…、与经济发展相适应的…」 opens an attribute.
      if (/^[与和]/.test(text.slice(from + 1)) && /相|无关|有关|没有|一致|衔接|配套|匹配|适应/.test(text.slice(from + 2, from + 22)))
        continue;
      found.push({
        ...standard,
        message: 'comma-before-and',
        severity,
        from,
        to: from + 2,
        params: { word },
        fix: { from, to: from + 1, text: '' },
      });
    }
  }
  for (const match of matches(text, ETC_ELLIPSIS)) {
    found.push({ ...standard, message: 'etc-twice', severity: 'warning', from: match.index, to: match.index + match[0].length });
  }
  for (const match of matches(text, BETWEEN_QUOTED)) {
    const from = match.index + 1;
    found.push({
      ...standard,
      message: 'comma-between-quoted',
      severity: 'hint',
      from,
      to: from + 1,
      fix: { from, to: from + 1, text: '' },
    });
  }
  for (const match of matches(text, ORDINAL_WORD)) {
    const from = match.index + match[0].length - 1;
    const params = { word: match[1]! };
    found.push({
      ...standard,
      message: 'mark-after-ordinal',
      severity: 'warning',
      from,
      to: from + 1,
      params,
      fix: { from, to: from + 1, text: '，' },
    });
  }
  for (const match of matches(text, IS_COMMA)) {
    const from = match.index + match[0].length - 1;
    const params = { word: match[1]! };
    found.push({
      ...standard,
      message: 'mark-after-is',
      severity: 'warning',
      from,
      to: from + 1,
      params,
      fix: { from, to: from + 1, text: '' },
    });
  }
  for (const match of matches(text, ESTIMATE)) {
    if (next(match[1]!) !== match[2]) continue;
    const from = match.index + 1;
    const params = { text: `${match[1]}${match[2]}` };
    found.push({
      message: 'estimate-mark',
      severity: 'warning',
      from,
      to: from + 1,
      params,
      source: 'gbt-15835',
      fix: { from, to: from + 1, text: '' },
    });
  }
  for (const match of matches(text, DOUBLE_HYPHEN)) {
    const [from, to] = [match.index, match.index + match[0].length];
    found.push({ ...standard, message: 'dash', severity: 'warning', from, to, fix: { from, to, text: '——' } });
  }
  if (kind === 'paragraph') found.push(...paragraphEnd(text));
  return found;
}

/** 「《…《…》》」 closes twice rightly; a doubled mark without its partners does not. */
function isNested(text: string, at: number, mark: string): boolean {
  const partners: Readonly<Record<string, string>> = { '》': '《', '〉': '〈', '）': '（', '〕': '〔', '】': '【' };
  const first = mark[0]!;
  const opening = partners[first] ?? first;
  const closing = Object.keys(partners).find((key) => partners[key] === opening) ?? '’';
  const reach = partners[first] === undefined ? text.slice(at, at + 120) : text.slice(Math.max(0, at - 120), at + mark.length);
  const open = reach.split(opening).length - 1;
  const closed = reach.split(closing).length - 1;
  return partners[first] === undefined ? closed >= open && open >= mark.length : open >= closed && closed >= mark.length;
}

/** Which of two clashing stops is meant, where there is no doubt. */
function keptMark(marks: string, atEnd: boolean): string | null {
  if (atEnd && marks.includes('。')) return '。';
  if (/^[，、]+$/.test(marks)) return marks.includes('，') ? '，' : '、';
  if (/^[，、][。；：]$/.test(marks)) return marks[1]!;
  if (/^[。；：][，、]$/.test(marks)) return marks[0]!;
  return null;
}

function next(digit: string): string | undefined {
  const digits = '一二三四五六七八九';
  return digits[digits.indexOf(digit) + 1];
}

/** A paragraph of sentences ends with a mark; a short line (recipient, signature, date, caption) need not. */
function paragraphEnd(text: string): Remark[] {
  const end = text.trimEnd();
  const last = end.at(-1) ?? '';
  if (STOPS.slice(0, 2).includes(last) && end.length > 1) {
    const from = end.length - 1;
    return [{ message: 'paragraph-ends-in-comma', severity: 'error', from, to: from + 1, params: { mark: last }, source: 'gbt-15834' }];
  }
  const isProse = end.length >= 25 && /[，。；]/.test(end.slice(0, -1));
  const names = /^(附件|抄送|主送|联系人|地址|附)[：:]/.test(end);
  if (isProse && !names && /[\p{Script=Han}\d%％”》]/u.test(last) && !/[。！？][”’]$/.test(end)) {
    const from = end.length - 1;
    return [{ message: 'paragraph-without-end', severity: 'warning', from, to: from + 1, source: 'gbt-15834' }];
  }
  return [];
}
