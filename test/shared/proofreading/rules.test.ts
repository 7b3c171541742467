import { expect, test } from 'vitest';
import { NO_PARTICULARS } from '../../../shared/particulars/particulars.ts';
import { textBlocks } from '../../../shared/proofreading/blocks.ts';
import { proofread } from '../../../shared/proofreading/proofread.ts';
import { BUILT_IN_TERMS, indexTerms } from '../../../shared/proofreading/rules/terms.ts';
import { isAlike } from '../../../shared/proofreading/sound.ts';
import { COMPOUNDS, IDIOMS } from '../../../shared/proofreading/tables/phrases.ts';
import type { TermEntry } from '../../../shared/proofreading/tables/table.ts';
import { paragraph, said } from './fixtures.ts';

/** Sentences without a mistake, no two alike. */
const LONG = '各单位要高度重视，切实把各项任务落到实处。';
const LONGER = '有关部门要按照职责分工，加强对基层的指导，及时研究解决工作推进中遇到的困难和问题。';
const OTHER = '县财政局要统筹安排资金，保证重点项目按期开工，并接受审计监督。';

test('[PF5] marks that are doubled, clash, or stand where none may', () => {
  expect(said('统筹推进，，抓好落实。')).toEqual(['mark-doubled「，，」']);
  expect(said('采取““月考核””方式。')).toEqual(['mark-doubled「““」', 'mark-doubled「””」']);
  expect(said('统筹推进，。抓好落实。')).toEqual(['marks-clash「，。」']);
  expect(said('，统筹推进。')).toEqual(['mark-leading「，」']);
  expect(said('统筹推进，')).toEqual(['paragraph-ends-in-comma「，」']);
  expect(said('印发《，方案》。')).toEqual(['mark-after-opening「，」']);
  expect(said('怎么办？？？')).toEqual([]);
  expect(said('按照《关于修改〈办法〉的决定》执行。')).toEqual([]);
});

test('[PF5] brackets and quotes without their other half, over a whole line', () => {
  expect(said(`印发《工作方案，明确“三张清单”。`)).toEqual(['pair-unclosed「《」']);
  expect(said(`印发工作方案》，明确清单。`)).toEqual(['pair-unopened「》」']);
  expect(said(`坚持“一岗双责，抓好“三重一大”决策。`)).toEqual(['pair-unclosed「“」']);
  expect(said('主要包括：1）道路；2）桥梁。')).toEqual([]);
  expect(said('“甲说过的第一段话没有完。', '“第二段才完。”')).toEqual([]);
  expect(said('坚持"问题导向"。')).toEqual(['straight-quote「"」', 'straight-quote「"」']);
});

test('[PF5] widths, ranges, figures and numbers of documents', () => {
  expect(said('统筹推进,抓好落实。')).toEqual(['half-width「,」']);
  expect(said('完成12.5亿元，比例为3:2，时间为9:30。')).toEqual([]);
  expect(said('评选2-3名，电话0851-1234567，编号GB/T 9704-2012。')).toEqual(['range-mark「-」']);
  expect(said('按照×委发[2022]第012号文件执行。')).toContain('doc-number「[2022]第012号」');
  expect(said('增长百分之5。')).toEqual(['percent-words「百分之5」']);
  expect(said('成本下降2倍。')).toContain('fall-times「下降2倍」');
  expect(said('二○二二年，二零二二年，二〇二二年。')).toEqual(['circle-zero「二○二二」', 'circle-zero「二零二二」']);
});

test('[PF5] days that no calendar has, and days of the week that do not fit', () => {
  expect(said('于2月30日召开，2023年2月29日报送，2024年2月29日办结。')).toEqual([
    'no-such-date「2月30日」',
    'no-such-date「2023年2月29日」',
  ]);
  expect(said('2025年4月1日（星期三）开工，2025年4月2日（星期三）验收。')).toEqual(['weekday「2025年4月1日（星期三）」']);
});

test('[PF5] words said twice, and not those that only stand side by side', () => {
  expect(said('推进乡村的的建设，进行进行整改。')).toEqual(['word-twice「的的」', 'word-twice「进行进行」']);
  expect(said('为了了解情况，这一目的的实现，但是是否可行，参与与否，研究研究再说，党组织组织生活。')).toEqual([]);
  expect(said('约3%左右，超过5万人以上，近20余次，近三年来以来。')).toEqual([
    'redundant「左右」',
    'redundant「以上」',
    'redundant「余」',
    'redundant「以来」',
  ]);
  expect(said('约30人参加，超过5万人，20余次，较上年增加3%左右。')).toEqual([]);
});

test('[PF5] what is no work stands in quotes; what is a document stands in 书名号', () => {
  expect(said('获得《先进集体》称号。')).toEqual(['title-no-work「《先进集体》」']);
  expect(said('制定《工作方案》，学习《中国共产党章程》。')).toEqual([]);
  expect(said('落实“三重一大制度”。')).toEqual(['quote-scope「“三重一大制度”」']);
});

test('[PF6] gaps, doubles and lone items in 一是、二是 and in numbers of lines; a level may go on', () => {
  expect(said('一是抓学习。三是抓落实。')).toEqual(['item-gap「三是」']);
  expect(said('二是抓学习。三是抓落实。')).toEqual(['item-without-first「二是」']);
  expect(said('一是抓学习。二是抓落实。二是抓整改。')).toEqual(['item-twice「二是」']);
  expect(said('一是抓学习，务求实效。')).toEqual(['item-alone「一是」']);
  expect(said('重点做好以下三项工作：一是抓学习；二是抓落实。')).toEqual(['items-announced「一是」']);
  expect(said('统一是前提，之一是关键，第一是安全。')).toEqual([]);
  const numbers = (text: string) => proofread(textBlocks(text)).map(({ message, quote }) => `${message}「${quote}」`);
  expect(numbers(`一、甲项\n（一）乙项\n${LONG}\n（三）丙项\n${LONGER}\n二、丁项\n${OTHER}`)).toEqual(['number-gap「（三）」']);
  expect(numbers(`一、甲项\n（一）乙项\n${LONG}\n（二）丙项\n${LONG}\n二、丁项\n（三）戊项\n${LONG}`)).not.toContain(
    'number-gap「（三）」',
  );
  expect(numbers(`1、甲项工作\n${LONG}\n2、乙项工作\n${OTHER}`)).toEqual(['number-form「、」', 'number-form「、」']);
});

test('[PF6] headings: marks behind them, a level that is skipped, nothing below, two forms', () => {
  const told = (text: string) => proofread(textBlocks(text)).map(({ message }) => message);
  expect(told(`关于甲事项的通知\n一、总体要求。\n${LONGER}\n二、工作任务\n${OTHER}`)).toEqual(['heading-end']);
  expect(told(`关于甲事项的通知\n一、总体要求\n（1）小项工作\n${LONG}`)).toContain('heading-skips');
  expect(told(`关于甲事项的通知\n一、总体要求\n二、工作任务\n${LONG}`)).toEqual(['heading-without-text']);
});

const OWN: TermEntry = {
  wrong: '园区管委会',
  right: '开发区管委会',
  unless: ['原园区管委会'],
  severity: 'error',
  reason: '2024年更名',
  source: 'house',
  cites: '×编办〔2024〕3号',
};

test('[PF7] the office’s entries come first, say why and by what, and mind their exceptions; ours can be switched off', () => {
  const look = (text: string, own: readonly TermEntry[], off: readonly string[] = []) =>
    proofread([paragraph(text)], { terms: indexTerms(own, new Set(off)) });
  const [finding] = look('园区管委会与原园区管委会。', [OWN]);
  expect(finding).toMatchObject({
    message: 'term',
    from: 0,
    to: 5,
    reason: '2024年更名',
    cites: '×编办〔2024〕3号',
    source: 'house',
    fix: { text: '开发区管委会' },
  });
  expect(look('园区管委会与原园区管委会。', [OWN])).toHaveLength(1);
  expect(look('布署工作。', [{ ...OWN, wrong: '布署', right: '安排', unless: [] }])[0]?.fix?.text).toBe('安排');
  expect(look('布署工作。', [])).toHaveLength(1);
  expect(look('布署工作。', [], ['布署'])).toHaveLength(0);
  expect(look('开发区管委会。', [{ ...OWN, wrong: '区管委会', right: '开发区管委会', unless: [] }])).toHaveLength(0);
});

test('[PF7] our table has several hundred entries, each once, none of them right in itself, each with its source', () => {
  expect(BUILT_IN_TERMS.length).toBeGreaterThan(700);
  const wrongs = BUILT_IN_TERMS.map(({ wrong }) => wrong);
  expect(wrongs.filter((wrong, at) => wrongs.indexOf(wrong) !== at)).toEqual([]);
  for (const { wrong, right, reason, source } of BUILT_IN_TERMS) {
    expect(wrong.length, wrong).toBeGreaterThan(1);
    expect(right, wrong).not.toBe(wrong);
    expect([reason !== '', source !== 'house'], wrong).toEqual([true, true]);
  }
});

test('[PF7] a set phrase with one character of like sound or look is told; a set phrase itself never', () => {
  expect(said('坚持按步就班、再接再历。')).toEqual(['near-miss「按步就班」', 'near-miss「再接再历」']);
  expect(said('落实工作及制度，建设更高水平的社会主义法治国家。')).toEqual([]);
  expect(isAlike('步', '部')).toBe(true);
  expect(isAlike('未', '末')).toBe(true);
  expect(isAlike('范', '患')).toBe(false);
  for (const phrase of [...IDIOMS.trim().split(/\s+/), ...COMPOUNDS.trim().split(/\s+/)]) {
    expect(
      said(phrase).filter((one) => /^(?:near-miss|term)「/.test(one)),
      phrase,
    ).toEqual([]);
  }
});

test('[PF8] one term in two forms, one list with two units, one quantity with two values', () => {
  expect(said('全体干部职工参加，干部职工反响良好。', '组织职工干部学习。')).toEqual(['variant「职工干部」']);
  expect(said('现有市人大代表2名、县政协委员3名、工会代表1人。')).toEqual(['unit-mixed「人」']);
  expect(said('完成固定资产投资12.5亿元。', '全年完成固定资产投资13.5亿元。')).toEqual(['quantity「12.5亿元」', 'quantity「13.5亿元」']);
  expect(said('完成固定资产投资12.5亿元。', '去年完成固定资产投资11亿元。')).toEqual([]);
  expect(said('坚持创新、绿色、协调、开放、共享的新发展理念。')).toEqual(['sequence「创新、绿色、协调、开放、共享」']);
});

test('[PF8] 文种 of the title against the words that open and close the text', () => {
  const told = (text: string) => proofread(textBlocks(text)).map(({ message }) => message);
  expect(told(`关于甲事项的报告\n县政府：\n现将有关情况汇报如下。\n${LONG}\n妥否，请批示。`)).toEqual(['genre-lead', 'report-asks']);
  expect(told(`关于甲事项的请示\n县政府：\n现将有关事项请示如下。\n${LONG}`)).toEqual(['request-without-asking']);
  expect(told(`关于甲事项的请示报告\n县政府：\n${LONG}\n妥否，请批示。`)).toEqual(['title-two-types']);
  expect(told(`关于甲事项的请示\n县政府、县财政局：\n${LONG}\n妥否，请批示。`)).toEqual(['request-two-recipients']);
  expect(told(`关于甲事项的函\n县财政局：\n${LONG}\n妥否，请批示。`)).toContain('letter-asks');
});

test('[PF8] what a document must carry: recipient, name of its office, date; from the form or from the text', () => {
  const told = (text: string, values = {}) =>
    proofread(textBlocks(text), { particulars: { ...NO_PARTICULARS, values } }).map(({ message }) => message);
  const body = `关于甲事项的通知\n${LONG}`;
  expect(told(body)).toEqual(['lacks-addressees', 'lacks-date', 'lacks-issuer']);
  expect(told(body, { addressees: ['各单位'], issuer: '县委办公室', date: '2025-01-08' })).toEqual([]);
  expect(told(`关于甲事项的通知\n各单位：\n${LONG}\n中共某县委员会办公室\n2025年1月8日`)).toEqual([]);
  expect(told(`关于甲事项的通知\n各单位：\n${LONG}\n中共某县委员会办公室\n2025年1月8日`, { date: '2025-01-09' })).toEqual(['date-differs']);
});
