import { ordinal, parseMark } from '../../importing/marks.ts';
import type { PlacedRemark, ProofBlock, Remark } from '../finding.ts';
import { matches } from '../text.ts';

const DIGITS = '一二三四五六七八九十';
/** 一是、二要、其三、第四… after a mark or at the start of a line. */
const ITEM =
  /(?<=^|[。；：，、！？\v”）])(?:(其)([一二三四五六七八九十]{1,3})(?=[，是、：])|(第)([一二三四五六七八九十]{1,3})(?=[，、：])|([一二三四五六七八九十]{1,3})([是要])(?![一二三四五六七八九十]、))/gu;
/** （一） ① 1. within a paragraph. */
const INLINE = /(?<=[。；：，！？\v])(?:（([一二三四五六七八九十]{1,3})）|（(\d{1,2})）|([①②③④⑤⑥⑦⑧⑨⑩]))/gu;
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';
const ANNOUNCED =
  /([二两三四五六七八九十\d]{1,2})(?:个方面|个问题|个环节|个重点|个突出|项工作|项措施|项任务|点要求|点意见|点建议|点措施|条措施|条意见|条建议|点|方面|项)[^。；！？一二三四五六七八九十]{0,24}[：:，。]$/u;

interface Run {
  readonly family: string;
  last: number;
  readonly block: number;
  readonly from: number;
  readonly to: number;
  readonly announced: number | null;
  length: number;
}

/** Gaps, doubles and lone items in 一是、二是 / 第一，第二 / 其一，其二 / （一）（二） / ①②, over the lines below one heading. */
export function enumeration(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  let runs = new Map<string, Run>();
  const close = (run: Run | undefined) => {
    if (run === undefined) return;
    const at = { block: run.block, from: run.from, to: run.to, source: 'gbt-15834' } as const;
    if (run.length === 1 && run.last === 1) {
      found.push({
        ...at,
        message: 'item-alone',
        severity: 'warning',
        params: { item: itemName(run.family, 1), next: itemName(run.family, 2) },
      });
    } else if (run.announced !== null && run.announced !== run.length && run.length > 1) {
      found.push({ ...at, message: 'items-announced', severity: 'warning', params: { announced: run.announced, count: run.length } });
    }
  };
  for (const [block, { text, kind }] of blocks.entries()) {
    if (kind === 'heading' || kind === 'title') {
      for (const run of runs.values()) close(run);
      runs = new Map();
      if (kind === 'title') continue;
    }
    found.push(...itemMarks(text, block));
    for (const item of itemsOf(text)) {
      const { family, value, from, to } = item;
      const run = runs.get(family);
      const at = { block, from, to, source: 'gbt-15834' } as const;
      const is = itemName(family, value);
      if (value === 1) {
        close(run);
        runs.set(family, { family, last: 1, block, from, to, announced: announcedBefore(text, from), length: 1 });
        continue;
      }
      if (run === undefined) {
        // 「一要…，二是…」: two forms in one row.
        const other = [...runs.values()].find((one) => one.last === value - 1 && /[是要]/.test(one.family) && /[是要]/.test(family));
        if (other === undefined) {
          found.push({ ...at, message: 'item-without-first', severity: 'error', params: { item: is, first: itemName(family, 1) } });
        } else {
          found.push({
            ...at,
            message: 'item-other-form',
            severity: 'hint',
            params: { item: is, before: itemName(other.family, other.last) },
          });
          other.last = value;
          other.length += 1;
          continue;
        }
        runs.set(family, { family, last: value, block, from, to, announced: null, length: 2 });
        continue;
      }
      if (value === run.last) found.push({ ...at, message: 'item-twice', severity: 'error', params: { item: is } });
      else if (value !== run.last + 1) {
        const params = { item: is, before: itemName(family, run.last), expected: itemName(family, run.last + 1) };
        found.push({ ...at, message: 'item-gap', severity: 'error', params });
      }
      run.last = value;
      run.length += 1;
    }
  }
  for (const run of runs.values()) close(run);
  return found;
}

/** Items of one row with ， before some and ； or 。 before others: they are of one rank. */
function itemMarks(text: string, block: number): PlacedRemark[] {
  const later = itemsOf(text).filter(({ value, family }) => value > 1 && /^[是第要其]$/.test(family));
  return ['是', '第', '要', '其'].flatMap((family) => {
    const row = later.filter((item) => item.family === family);
    const marks = new Set(row.map(({ from }) => text[from - 1]));
    if (!marks.has('，') || !(marks.has('；') || marks.has('。'))) return [];
    return row
      .filter(({ from }) => text[from - 1] === '，')
      .map(
        ({ from }): PlacedRemark => ({ block, from: from - 1, to: from, message: 'item-marks', severity: 'warning', source: 'gbt-15834' }),
      );
  });
}

interface Item {
  readonly family: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

function itemsOf(text: string): Item[] {
  const items: Item[] = [];
  const add = (family: string, numeral: string, match: RegExpExecArray) => {
    const value = CIRCLED.includes(numeral) ? CIRCLED.indexOf(numeral) + 1 : ordinal(numeral);
    if (value !== null && value > 0 && value <= 30) items.push({ family, value, from: match.index, to: match.index + match[0].length });
  };
  for (const match of matches(text, ITEM)) {
    if (match[1] !== undefined) add('其', match[2]!, match);
    else if (match[3] !== undefined) add('第', match[4]!, match);
    else add(match[6]!, match[5]!, match);
  }
  for (const match of matches(text, INLINE)) {
    if (match[1] !== undefined) add('（一）', match[1], match);
    else if (match[2] !== undefined) add('（1）', match[2], match);
    else add('①', match[3]!, match);
  }
  return items.sort((one, other) => one.from - other.from);
}

/** How the family writes its nth item. */
function itemName(family: string, value: number): string {
  const numeral = value <= 10 ? DIGITS[value - 1]! : `十${DIGITS[value - 11] ?? ''}`;
  if (family === '其' || family === '第') return `${family}${numeral}`;
  if (family === '（一）') return `（${numeral}）`;
  if (family === '（1）') return `（${value}）`;
  if (family === '①') return CIRCLED[value - 1] ?? String(value);
  return `${numeral}${family}`;
}

function announcedBefore(text: string, from: number): number | null {
  const numeral = ANNOUNCED.exec(text.slice(Math.max(0, from - 40), from))?.[1];
  return numeral === undefined ? null : numeral === '两' ? 2 : ordinal(numeral);
}

const ATTACHMENTS = /^附件[：:]\s*(?=1)/;

/** Numbers that open lines: gaps, doubles, skipped levels, and marks behind them (GB/T 9704-2012, 7.3.3). */
export function lineNumbers(blocks: readonly ProofBlock[]): PlacedRemark[] {
  const found: PlacedRemark[] = [];
  /** The open number of each level, the outermost first; `high` remembers the last of the level wherever it stood. */
  let open: { readonly kind: string; value: number; block: number; count: number }[] = [];
  const high = new Map<string, number>();
  const closeTo = (depth: number) => {
    for (const lost of open.splice(depth)) {
      if (lost.count === 1 && lost.value === 1 && lost.kind !== 'han') {
        found.push({ block: lost.block, ...wholeMark(blocks[lost.block]!), message: 'number-alone', severity: 'hint', source: 'gbt-9704' });
      }
    }
  };
  for (const [block, { text, number, kind }] of blocks.entries()) {
    if (kind === 'title') continue;
    // A number that follows from the place is right by construction; it opens its level afresh.
    if (number !== '') {
      closeTo(0);
      open = [];
      continue;
    }
    // 「附件：1.…」 begins the list whose 「2.」 opens the next line.
    const mark = parseMark(text.replace(ATTACHMENTS, ''));
    if (mark === null || mark.kind === 'article' || mark.kind === 'volume') continue;
    if (kind === 'list') continue;
    // 「一、二年级」, 「二、三产业」 open a sentence, no list.
    if (mark.kind === 'han' && /^[一二三四五六七八九十]+、[一二三四五六七八九十]/.test(text)) continue;
    const at = { block, ...wholeMark(blocks[block]!), source: 'gbt-9704' } as const;
    let depth = open.findIndex((one) => one.kind === mark.kind);
    if (depth === -1) {
      const last = high.get(mark.kind);
      if (mark.value !== 1 && !(last !== undefined && mark.value === last + 1)) {
        found.push({ ...at, message: 'number-without-first', severity: 'error', params: { number: mark.text } });
      }
      depth = open.length;
      open.push({ kind: mark.kind, value: mark.value, block, count: 1 });
    } else {
      closeTo(depth + 1);
      const run = open[depth]!;
      if (mark.value === run.value) found.push({ ...at, message: 'number-twice', severity: 'error', params: { number: mark.text } });
      else if (mark.value !== run.value + 1 && mark.value !== 1) {
        found.push({
          ...at,
          message: 'number-gap',
          severity: 'error',
          params: { number: mark.text, before: run.value, expected: run.value + 1 },
        });
      }
      run.value = mark.value;
      run.count += 1;
    }
    high.set(mark.kind, mark.value);
    found.push(...markForm(text, mark.kind).map((remark) => ({ ...remark, block })));
  }
  closeTo(0);
  return found;
}

function wholeMark(block: ProofBlock): { readonly from: number; readonly to: number } {
  const mark = parseMark(block.text.replace(ATTACHMENTS, ''));
  return { from: 0, to: mark === null ? Math.min(1, block.text.length) : mark.text.length };
}

/** 一、 （一） 1. （1）: the mark behind a number is part of its form. */
function markForm(text: string, kind: string): Remark[] {
  const source = 'gbt-9704' as const;
  const wrong = (pattern: RegExp, right: string, severity: Remark['severity'] = 'warning'): Remark[] => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const to = match[0].length;
    const from = to - match[1]!.length;
    return [
      {
        message: 'number-form',
        severity,
        from,
        to,
        params: { form: match[0], right: match[0].slice(0, from) + right },
        source,
        fix: { from, to, text: right },
      },
    ];
  };
  switch (kind) {
    case 'han':
      return wrong(/^[一二三四五六七八九十]+([.．，,､])/, '、');
    case 'han-paren':
      return wrong(/^（[一二三四五六七八九十]+）([、，．.])/, '');
    case 'digit':
      return wrong(/^\d{1,2}([、，．])(?!\d)/, '.');
    case 'digit-paren':
      return wrong(/^（\d{1,2}）([、，．.])/, '');
    default:
      return [];
  }
}
