import { findBlanks } from '../counting/count.ts';
import { sanitizeText } from '../text/sanitize.ts';
import { MAX_VALUE } from './blank.ts';

/** Why a value cannot stand at all. */
export type ValueRefusal = 'empty' | 'too-long' | 'not-a-line' | 'still-masked';
/** Why a value looks wrong; it stands all the same when its writer says so. */
export type ValueDoubt = 'not-a-figure' | 'not-whole' | 'other-unit' | 'over-hundred' | 'negative' | 'leading-zero' | 'only-figure';

export interface CheckedValue {
  /** What would be written: trimmed, digits in half width, without the unit that follows anyway. */
  readonly value: string;
  readonly refusal: ValueRefusal | null;
  readonly doubts: readonly ValueDoubt[];
}

/** What is counted one by one: a part of it is a slip. */
const COUNTED = new Set([
  '次',
  '名',
  '人',
  '个',
  '件',
  '条',
  '起',
  '家',
  '项',
  '场',
  '位',
  '篇',
  '份',
  '期',
  '批',
  '户',
  '人次',
  '台',
  '辆',
  '只',
  '座',
  '处',
  '间',
  '届',
  '岁',
  '本',
  '册',
  '株',
  '棵',
  '幢',
  '栋',
  '封',
  '笔',
  '宗',
  '例',
  '盏',
  '套',
  '支',
]);
const PERCENT = new Set(['％', '%', '‰']);
/** 1 200, 1,200, 3.5, 十二, 两百零三, 1.2万: how figures are written in official texts. */
const FIGURE = /^(?:[-－−]?(?:\d{1,3}(?:[,， ]\d{3})+|\d+)(?:\.\d+)?(?:[十百千万亿]{1,2})?|[〇零一二三四五六七八九十百千万亿两半]+)$/u;
/** 近, 约, 30余: said with a figure. */
const AROUND = /^(?:约|近|超|超过|逾|共)?(.*?)(?:余|多|左右|以上|以下)?$/u;
const RANGE = /^(.+?)(?:[-－—–~～]|至|到)(.+)$/u;

/**
 * Judges a value for a blank. A number wants a figure, a name wants none; the unit stands in the text already.
 */
export function checkValue(blank: { readonly kind: 'number' | 'name'; readonly unit: string | null }, typed: string): CheckedValue {
  const { kind, unit } = blank;
  const trimmed = typed.trim();
  const value = kind === 'number' ? withoutUnit(halfWidth(trimmed), unit) : trimmed;
  const refuse = (refusal: ValueRefusal): CheckedValue => ({ value, refusal, doubts: [] });
  if (value === '') return refuse('empty');
  if (sanitizeText(value) !== value || /[\n\u2028]/.test(value)) return refuse('not-a-line');
  if ([...value].length > MAX_VALUE) return refuse('too-long');
  if (findBlanks(value).length > 0) return refuse('still-masked');
  return { value, refusal: null, doubts: kind === 'number' ? doubtsOfNumber(value, unit) : doubtsOfName(value) };
}

function doubtsOfName(value: string): readonly ValueDoubt[] {
  return FIGURE.test(halfWidth(value)) && /\d/.test(halfWidth(value)) ? ['only-figure'] : [];
}

function doubtsOfNumber(value: string, unit: string | null): readonly ValueDoubt[] {
  const figures = figuresOf(value);
  if (figures === null) return [unit !== null && /\d\s*\p{L}+$/u.test(value) ? 'other-unit' : 'not-a-figure'];
  const doubts = new Set<ValueDoubt>();
  for (const figure of figures) {
    if (/^[-－−]/.test(figure)) doubts.add('negative');
    if (/^0\d/.test(figure)) doubts.add('leading-zero');
    if (unit !== null && COUNTED.has(unit) && /\.\d/.test(figure) && !/[万亿]/.test(figure)) doubts.add('not-whole');
    if (unit !== null && PERCENT.has(unit) && Number(figure.replaceAll(/[,， ]/g, '')) > 100) doubts.add('over-hundred');
  }
  return [...doubts];
}

/** The figures that a value is made of: one, or the two ends of a range; null when it is something else. */
function figuresOf(value: string): readonly string[] | null {
  if (FIGURE.test(value)) return [value];
  const inner = AROUND.exec(value)?.[1] ?? '';
  if (FIGURE.test(inner)) return [inner];
  const range = RANGE.exec(value);
  const [from = '', to = ''] = range === null ? [] : [range[1]?.trim(), range[2]?.trim()];
  return FIGURE.test(from) && FIGURE.test(to) ? [from, to] : null;
}

/** １２．５ as 12.5: figures in official texts are in half width. */
function halfWidth(text: string): string {
  return text.replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replaceAll(/(?<=\d)．(?=\d)/g, '.');
}

/** Whoever writes 12次, or 12%%, where 次 or ％ follows means 12. */
function withoutUnit(value: string, unit: string | null): string {
  if (unit === null) return value;
  const forms = PERCENT.has(unit) && unit !== '‰' ? ['％', '%'] : [unit];
  let rest = value;
  for (;;) {
    const ending = forms.find((form) => rest.endsWith(form) && rest.length > form.length);
    if (ending === undefined) return rest;
    rest = rest.slice(0, -ending.length).trimEnd();
  }
}
