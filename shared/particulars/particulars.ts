import type { MemberId, Seq } from '../ids.ts';
import type { Setting } from '../outline/outline.ts';

/**
 * The particulars of a report: what stands on an office's 发文稿纸 beside the text (GB/T 9704-2012 §7). Each is a whole value with its author,
 * changed by an entry that names the value it replaces; a clash is refused and both are shown.
 */
export const PARTICULARS = {
  /** 文种 */
  type: 'line',
  /** 主送机关 */
  addressees: 'list',
  /** 抄送机关 */
  copies: 'list',
  /** 密级 */
  secrecy: 'choice',
  /** 保密期限, such as 1年 or 长期; only with a 密级 */
  secrecyPeriod: 'line',
  /** 紧急程度 */
  urgency: 'choice',
  /** 签发人 */
  signer: 'line',
  /** 发文机关署名 */
  issuer: 'line',
  /** 成文日期 */
  date: 'date',
  /** 附件, numbered by their order */
  attachments: 'list',
  /** 附注, without its brackets */
  note: 'line',
  /** 印发机关 */
  printer: 'line',
  /** 印发日期 */
  printDate: 'date',
} as const;

export type ParticularField = keyof typeof PARTICULARS;
export const PARTICULAR_FIELDS = Object.keys(PARTICULARS) as readonly ParticularField[];

/** '' and [] = not filled in; a date is YYYY-MM-DD. */
export type ParticularValue = string | readonly string[];

export const SECRECY = ['', 'secret', 'confidential', 'top-secret'] as const;
export const URGENCY = ['', 'urgent', 'most-urgent'] as const;
export type Secrecy = (typeof SECRECY)[number];
export type Urgency = (typeof URGENCY)[number];
const CHOICES: Readonly<Record<'secrecy' | 'urgency', readonly string[]>> = { secrecy: SECRECY, urgency: URGENCY };

/** The fifteen kinds of 公文 (《党政机关公文处理工作条例》 art. 8), offered for 文种; any other word may be written. */
export const REPORT_TYPES = [
  '报告',
  '请示',
  '决议',
  '决定',
  '命令',
  '公报',
  '公告',
  '通告',
  '意见',
  '通知',
  '通报',
  '批复',
  '议案',
  '函',
  '纪要',
] as const;

export const LONGEST_LINE = 200;
export const LONGEST_LIST = 50;

/** Payload of kind `particulars` (JSON). */
export interface ParticularsEvent {
  readonly op: 'set';
  readonly field: ParticularField;
  readonly was: ParticularValue;
  readonly value: ParticularValue;
}

export interface Particulars {
  readonly values: Readonly<Partial<Record<ParticularField, ParticularValue>>>;
  /** Who set each field last. */
  readonly set: Readonly<Partial<Record<ParticularField, Setting>>>;
}

export const NO_PARTICULARS: Particulars = { values: {}, set: {} };

export function isParticularField(value: unknown): value is ParticularField {
  return typeof value === 'string' && Object.hasOwn(PARTICULARS, value);
}

export function emptyValueOf(field: ParticularField): ParticularValue {
  return PARTICULARS[field] === 'list' ? [] : '';
}

export function particularOf(particulars: Particulars, field: ParticularField): ParticularValue {
  return particulars.values[field] ?? emptyValueOf(field);
}

export function sameValue(one: ParticularValue, other: ParticularValue): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** One entry applied; total. */
export function reduceParticulars(
  particulars: Particulars,
  event: ParticularsEvent,
  header: { readonly author: MemberId; readonly at: number; readonly seq: Seq },
): Particulars {
  const { field, value } = event;
  return {
    values: { ...particulars.values, [field]: value },
    set: { ...particulars.set, [field]: { by: header.author, at: header.at, seq: header.seq } },
  };
}

export function isChoice(field: ParticularField, value: string): boolean {
  return field === 'secrecy' || field === 'urgency' ? CHOICES[field].includes(value) : false;
}

/** 2026-01-09 as 公文 write it: 2026年1月9日 (arabic, no leading zeros: GB/T 9704 §7.3.5.4). @returns '' for anything that is no date */
export function sayDate(value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return year === undefined ? '' : `${year}年${Number(month)}月${Number(day)}日`;
}
