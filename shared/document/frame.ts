import { gridWidth } from '../importing/plain.ts';
import { numbersOf } from '../outline/numbering.ts';
import type { Outline, OutlineNode } from '../outline/outline.ts';
import type { ParticularField, Particulars, Secrecy, Urgency } from '../particulars/particulars.ts';
import { emptyValueOf, sayDate } from '../particulars/particulars.ts';
import type { ParagraphLook, RunLook } from './document.ts';
import { INDENT, PLAIN_SIGNATURE_INSET, SEALED_DATE_INSET, SPACE_ROWS, TITLE_ROWS_BELOW } from './layout.ts';
import { lookOf, NUMBER_WITH_SIGNER } from './look.ts';
import { type DocumentOptions, goesUpward } from './options.ts';

/** A line that is not written by keystrokes but follows from title, headings, places and particulars. */
export interface FrameLine {
  /** The same thing has the same key at every point of time. */
  readonly key: string;
  readonly look: ParagraphLook;
  readonly pieces: readonly FramePiece[];
}

export interface FramePiece {
  readonly text: string;
  readonly face: RunLook['face'];
}

type Values = Particulars['values'];

const SECRECY_WORDS: Readonly<Record<Secrecy, string>> = { '': '', secret: '秘密', confidential: '机密', 'top-secret': '绝密' };
const URGENCY_WORDS: Readonly<Record<Urgency, string>> = { '': '', urgent: '加急', 'most-urgent': '特急' };

/** What stands before the text: 版头, 标题, 主送机关. */
export function headLines(title: string, values: Values, options: DocumentOptions): readonly FrameLine[] {
  const lines: FrameLine[] = options.letterhead ? letterhead(values, options) : [];
  const above = lines.some(({ look }) => look.role === 'red-line') ? TITLE_ROWS_BELOW : lines.length > 0 ? SPACE_ROWS : 0;
  lines.push({ key: 'title', look: lookOf('title', { above }), pieces: plain(title) });
  const addressees = list(values, 'addressees');
  if (options.addressees && addressees.length > 0) {
    lines.push({ key: 'addressees', look: lookOf('addressees'), pieces: plain(`${addressees.join('，')}：`) });
  }
  return lines;
}

function letterhead(values: Values, options: DocumentOptions): FrameLine[] {
  const lines: FrameLine[] = [];
  const secrecy = SECRECY_WORDS[line(values, 'secrecy') as Secrecy] ?? '';
  const period = line(values, 'secrecyPeriod');
  const urgency = URGENCY_WORDS[line(values, 'urgency') as Urgency] ?? '';
  if (secrecy !== '')
    lines.push({ key: 'secrecy', look: lookOf('secrecy'), pieces: plain(period === '' ? secrecy : `${secrecy}★${period}`) });
  if (urgency !== '') lines.push({ key: 'urgency', look: lookOf('urgency'), pieces: plain(urgency) });
  const masthead = mastheadOf(values, options);
  if (masthead === '') return lines;
  lines.push({ key: 'masthead', look: lookOf('masthead'), pieces: plain(masthead) });
  const signer = goesUpward(line(values, 'type')) ? line(values, 'signer') : '';
  const number = plain(options.docNumber);
  if (signer === '') lines.push({ key: 'doc-number', look: lookOf('doc-number'), pieces: number });
  else {
    const pieces: FramePiece[] = [...number, { text: '\t签发人：', face: null }, { text: signer, face: 'chapter' }];
    lines.push({ key: 'doc-number', look: lookOf('doc-number', NUMBER_WITH_SIGNER), pieces });
  }
  lines.push(rule('red-line', 'red-line'));
  return lines;
}

/** 发文机关标志 as it will stand; '' when neither was given. */
export function mastheadOf(values: Values, options: Pick<DocumentOptions, 'masthead'>): string {
  const issuer = line(values, 'issuer');
  return options.masthead !== '' ? options.masthead : issuer === '' ? '' : `${issuer}文件`;
}

/** What stands behind the text: 附件说明, 署名, 成文日期, 附注, 版记. */
export function tailLines(values: Values, options: DocumentOptions): readonly FrameLine[] {
  const lines: FrameLine[] = [];
  if (options.attachments) lines.push(...attachmentLines(list(values, 'attachments')));
  if (options.signature) lines.push(...signatureLines(line(values, 'issuer'), sayDate(line(values, 'date')), options.sealed));
  const note = line(values, 'note');
  if (options.note && note !== '') lines.push({ key: 'note', look: lookOf('note'), pieces: plain(`（${note}）`) });
  if (options.imprint) lines.push(...imprintLines(values));
  return lines;
}

/** 抄送 and 印发, with a line over, between and under them. */
function imprintLines(values: Values): FrameLine[] {
  const lines: FrameLine[] = [];
  const copies = list(values, 'copies');
  const [printer, printed] = [line(values, 'printer'), sayDate(line(values, 'printDate'))];
  if (copies.length > 0) {
    lines.push(rule('rule 0', 'rule-thick'));
    lines.push({ key: 'copies', look: lookOf('copies'), pieces: plain(`抄送：${copies.join('，')}。`) });
  }
  if (printer !== '' || printed !== '') {
    lines.push(rule('rule 1', copies.length > 0 ? 'rule-thin' : 'rule-thick'));
    lines.push({ key: 'printer', look: lookOf('printer'), pieces: plain(`${printer}${printed === '' ? '' : `\t${printed}印发`}`) });
  }
  return lines.length === 0 ? lines : [...lines, rule('rule 2', 'rule-thick')];
}

function rule(key: string, role: 'red-line' | 'rule-thick' | 'rule-thin'): FrameLine {
  return { key, look: lookOf(role), pieces: [] };
}

const MARK = '附件：';

/** Wrapped lines begin under the first character of the name (§7.3.4). */
function attachmentLines(names: readonly string[]): FrameLine[] {
  const lead = gridWidth(MARK);
  return names.map((name, index) => {
    const number = names.length === 1 ? '' : `${index + 1}. `;
    const width = gridWidth(number.trimEnd());
    const left = INDENT + lead + width;
    const first = index === 0 ? -(lead + width) : -width;
    const look = lookOf('attachment', { left, first, above: index === 0 ? SPACE_ROWS : 0 });
    return { key: `attachment ${index}`, look, pieces: plain(`${index === 0 ? MARK : ''}${number}${name}`) };
  });
}

function signatureLines(issuer: string, date: string, sealed: boolean): FrameLine[] {
  const [nameWidth, dateWidth] = [gridWidth(issuer), gridWidth(date)];
  let [nameRight, dateRight] = [PLAIN_SIGNATURE_INSET, PLAIN_SIGNATURE_INSET];
  if (sealed) {
    dateRight = SEALED_DATE_INSET;
    nameRight = date === '' ? SEALED_DATE_INSET : Math.max(0, SEALED_DATE_INSET + (dateWidth - nameWidth) / 2);
  } else if (issuer !== '' && date !== '') {
    // The date begins two 字 right of the issuer; where it is too long for that, it keeps its distance and the issuer moves left.
    dateRight = nameWidth - dateWidth;
    if (dateRight < PLAIN_SIGNATURE_INSET) {
      dateRight = PLAIN_SIGNATURE_INSET;
      nameRight = PLAIN_SIGNATURE_INSET + dateWidth + INDENT - nameWidth;
    }
  }
  const lines: FrameLine[] = [];
  if (issuer !== '') lines.push({ key: 'issuer', look: lookOf('issuer', { right: nameRight, above: SPACE_ROWS }), pieces: plain(issuer) });
  if (date !== '')
    lines.push({ key: 'date', look: lookOf('date', { right: dateRight, above: issuer === '' ? SPACE_ROWS : 0 }), pieces: plain(date) });
  return lines;
}

/** Headings with their derived numbers, by node. A passage has none. */
export function headingLines(outline: Pick<Outline, 'nodes'>): ReadonlyMap<string, FrameLine> {
  const numbers = numbersOf(outline);
  const lines = new Map<string, FrameLine>();
  for (const node of outline.nodes) {
    if (node.kind === 'passage') continue;
    lines.set(node.id, {
      key: node.id,
      look: lookOf(levelOf(node)),
      pieces: [{ text: `${numbers.get(node.id) ?? ''}${node.heading}`, face: levelOf(node) }],
    });
  }
  return lines;
}

/** 一、 at the top, （一） inside a part (GB/T 9704 §7.3.3): the level follows from the place. */
export function levelOf(node: Pick<OutlineNode, 'parent'>): 'part' | 'chapter' {
  return node.parent === null ? 'part' : 'chapter';
}

function plain(text: string): readonly FramePiece[] {
  return text === '' ? [] : [{ text, face: null }];
}

function line(values: Values, field: ParticularField): string {
  const value = values[field] ?? emptyValueOf(field);
  return typeof value === 'string' ? value : '';
}

function list(values: Values, field: ParticularField): readonly string[] {
  const value = values[field] ?? emptyValueOf(field);
  return typeof value === 'string' ? [] : value;
}
