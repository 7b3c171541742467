import type { ProofBlock, Remark } from '../finding.ts';
import type { MessageKey } from '../messages.ts';
import { matches } from '../text.ts';

const NUMBER = '\\d+(?:\\.\\d+)?';
const UNIT =
  '(?:[%％‰]|个百分点|百分点|万?元|亿元|万人|亿|万|[个名人次家项件起条场位户亩吨天年月日岁届期批套辆座处台册份]|小时|分钟|公里|千米|平方米|公顷|米)';
/** Between two figures before a unit: a hyphen is no range mark. Not in dates, codes, scores and telephone numbers. */
const RANGE = new RegExp(`(?<![\\d.\\w\\-－–—/〔(（])(${NUMBER})(${UNIT}?)([-－–﹣]|——)(${NUMBER})(?=(${UNIT}))(?![\\d.]*[-－–]\\d)`, 'gu');
const PERCENT_RANGE = new RegExp(`(?<![\\d.%％])(${NUMBER})([~～—-]|至)(${NUMBER})[%％](?!\\d)`, 'gu');
const CIRCLE_YEAR = /[一二三四五六七八九〇零○ＯO0０]{2}[一二三四五六七八九〇零○ＯO0０]{2}(?=年)/gu;
const PERCENT_WORDS = /百分之(\d+(?:\.\d+)?)(?![%％])/g;
const PERCENT_TWICE = /百分之(?:\d+(?:\.\d+)?|[一二三四五六七八九十]+)[%％]|[%％](?:个百分点|百分点)|个[%％]/g;
const HAN_UNIT = /(?<![\d.])(\d+(?:\.\d+)?)([十百千])(?![\p{Script=Han}]{0,1}(?:字文|里马)|[分克米瓦赫伏帕卡焦字年秋帆禧])(?!万|亿)/gu;
const BIG_COMMA = /(?<!\d)(\d{1,3})，(\d{3})(?!\d)(?=[万亿]?[元人个名户亩吨家件项次])/g;
const TWO =
  /(?<![第十百千万零〇一二三四五六七八九初老星期周数\d、—～])二(?=(?:个(?:月|方面|阶段|层面|工作日|小时)?|名|家|位|件|所|支|辆|座|部分|种|天|项(?!目))(?!\p{Script=Han}?[一二三四五六]))/gu;
const FALL_TIMES = /(?:减少|降低|下降|缩小|缩短|回落|减轻|压缩)(?:了|到|至|近|约|超过|超)?(?:[一二两三四五六七八九十百\d]+(?:\.\d+)?)倍/g;
const LEADING_ZERO = /(?<!\d)(?:(\d{4})年)?0([1-9])月(?:(0?)([1-9]|[12]\d|3[01])日)?/g;
const ZERO_DAY = /(?<!\d)(1[0-2]|[1-9])月0([1-9])日/g;
const DOC_NUMBER =
  /(?<=[\p{Script=Han}])(?:\[|［|【|（|\(|〈|<|｛|\{)((?:19|20)\d{2})(?:\]|］|】|）|\)|〉|>|｝|\})\s?(第?)(0*)(\d{1,4})号/gu;
const DOC_NUMBER_FORM = /〔((?:19|20)\d{2})〕(第|0+)(0*)(\d{1,4})号/g;
const DOC_NUMBER_SHORT = /(?<=\p{Script=Han})〔(\d{2})〕\d{1,4}号/gu;
const PLAIN_UNITS: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)公分(?!\p{Script=Han}?[配])/gu, '厘米'],
  [/(?<=\d)(?:市斤|斤)(?=[，。；、的以及和重])/gu, '千克'],
  [/(?<=\d)华里/g, '千米'],
  [/(?<=\d)(?:平米)/g, '平方米'],
  [/(?<=\d)(?:立米)/g, '立方米'],
];
const BRACKETED = /(?<=按照|根据|依据|落实|贯彻)（[^（）]{2,10}〔\d{4}〕\d{1,4}号）(?=文件|要求|精神|规定)/g;
/** Counted in Chinese figures where the paragraph counts in Arabic ones (GB/T 15835-2011 4.3: one form in one place). */
const HAN_COUNT =
  /(?<![第数几百千万上好一二三四五六七八九十零])(?:[二三四五六七八九]?十[一二三四五六七八九]|[二三四五六七八九]十|[一二三四五六七八九][百千])(?=(?:余|多)?(?:次|名|人次|人(?![民大])|个(?!百分点)|项|件|场|家|期|份|户|起|万元|亿元|元|篇|批|台|套|辆|处))/gu;
const DAY_SPOKEN = /(?<=\d月\d{1,2})号(?![楼线院门井库])/g;
/** 「增长到3倍」 is fine; 「增长了3个%」, 「提高5%个」 are not. */
const MIXED_SCALE = /(?<![\d.])\d+万\d+千(?!\p{Script=Han}?瓦)/gu;

/** Figures, ranges, document numbers and units (GB/T 15835-2011; GB/T 9704-2012 7.2.5, 7.3.5.4). */
export function numerals({ text }: ProofBlock): Remark[] {
  const found: Remark[] = [];
  const add = (message: MessageKey, severity: Remark['severity'], match: RegExpExecArray, more: Partial<Remark> = {}) => {
    found.push({ message, severity, from: match.index, to: match.index + match[0].length, source: 'gbt-15835', ...more });
  };
  for (const match of matches(text, RANGE)) {
    const [, first, unit, mark, , unitAfter] = match;
    const from = match.index + first!.length + unit!.length;
    const isTime = /[年月日]/.test(unitAfter!) && /[年月日]?/.test(unit!);
    const right = isTime ? '—' : '～';
    if (isTime && mark === '—') continue;
    found.push({
      message: 'range-mark',
      severity: 'warning',
      from,
      to: from + mark!.length,
      params: { mark: mark!, right },
      source: 'gbt-15834',
      fix: { from, to: from + mark!.length, text: right },
    });
  }
  for (const match of matches(text, PERCENT_RANGE)) {
    const at = match.index + match[1]!.length;
    add('percent-range', 'warning', match, {
      params: { right: `${match[1]}%${match[2]}${match[3]}%` },
      fix: { from: at, to: at, text: '%' },
    });
  }
  for (const match of matches(text, CIRCLE_YEAR)) {
    const right = match[0].replace(/[零○ＯO0０]/g, '〇');
    if (right !== match[0] && /^[一二]/.test(right) && /[一二三四五六七八九]/.test(right.slice(1))) {
      add('circle-zero', 'error', match, { params: { right }, fix: { from: match.index, to: match.index + match[0].length, text: right } });
    }
  }
  for (const match of matches(text, PERCENT_WORDS)) {
    add('percent-words', 'error', match, {
      params: { right: `${match[1]}%` },
      fix: { from: match.index, to: match.index + match[0].length, text: `${match[1]}%` },
    });
  }
  for (const match of matches(text, PERCENT_TWICE)) add('percent-twice', 'error', match);
  for (const match of matches(text, HAN_UNIT)) add('han-unit', 'warning', match, { params: { unit: match[2]! } });
  for (const match of matches(text, BIG_COMMA)) {
    const from = match.index + match[1]!.length;
    add('figure-comma', 'warning', match, { params: { right: `${match[1]}${match[2]}` }, fix: { from, to: from + 1, text: '' } });
  }
  for (const match of matches(text, TWO)) {
    const word = text.slice(match.index + 1, match.index + 2);
    add('two', 'warning', match, { params: { word }, source: 'usage', fix: { from: match.index, to: match.index + 1, text: '两' } });
  }
  for (const match of matches(text, FALL_TIMES)) add('fall-times', 'error', match);
  for (const match of matches(text, LEADING_ZERO)) {
    const right = match[0].replace(/(?<!\d)0([1-9])/g, '$1');
    add('leading-zero', 'warning', match, {
      params: { right },
      source: 'gbt-9704',
      fix: { from: match.index, to: match.index + match[0].length, text: right },
    });
  }
  for (const match of matches(text, ZERO_DAY)) {
    const right = `${match[1]}月${match[2]}日`;
    add('leading-zero', 'warning', match, {
      params: { right },
      source: 'gbt-9704',
      fix: { from: match.index, to: match.index + match[0].length, text: right },
    });
  }
  for (const match of matches(text, DOC_NUMBER)) {
    // 「（2022）12号楼」 is an address.
    if (/^[楼院门栋线]/.test(text.slice(match.index + match[0].length))) continue;
    const right = `〔${match[1]}〕${match[4]}号`;
    add('doc-number', 'error', match, {
      params: { right },
      source: 'gbt-9704',
      fix: { from: match.index, to: match.index + match[0].length, text: right },
    });
  }
  for (const match of matches(text, DOC_NUMBER_FORM)) {
    const right = `〔${match[1]}〕${match[4]}号`;
    add('doc-number', 'error', match, {
      params: { right },
      source: 'gbt-9704',
      fix: { from: match.index, to: match.index + match[0].length, text: right },
    });
  }
  for (const match of matches(text, DOC_NUMBER_SHORT)) add('doc-number-year', 'error', match, { source: 'gbt-9704' });
  for (const match of matches(text, DAY_SPOKEN))
    add('day-spoken', 'warning', match, { source: 'usage', fix: { from: match.index, to: match.index + 1, text: '日' } });
  for (const match of matches(text, BRACKETED)) add('doc-number-bracketed', 'warning', match, { source: 'gbt-9704' });
  if (/\d(?:次|名|人|个|项|件|场|家|期|份|户|起|条|万元|亿元)/.test(text)) {
    for (const match of matches(text, HAN_COUNT)) add('numeral-mixed', 'warning', match);
  }
  for (const [pattern, right] of PLAIN_UNITS)
    for (const match of matches(text, pattern)) add('legal-unit', 'hint', match, { params: { right }, source: 'units-law' });
  for (const match of matches(text, MIXED_SCALE)) add('mixed-scale', 'warning', match);
  return found;
}
