import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withoutWhiteSpace } from '../../../shared/counting/count.ts';
import { textBlocks } from '../../../shared/proofreading/blocks.ts';
import { countFindings, proofread } from '../../../shared/proofreading/proofread.ts';
import { writeFigures } from '../../support/figures.ts';
import { realReport } from '../../support/real-report.ts';
import { randomOf } from '../../support/text-random.ts';
import { cleanTexts, drafts, met } from './fixtures.ts';
import { certainPlaces, type Place } from './real-places.ts';

/** Clean sentences of three kinds of document; {n} a figure, {p} a percentage, {o} an office, {t} a topic. Each stands with other figures. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  报告: [
    '{o}召开专题会议{n}次，研究{t}方面的重要事项{n}项，逐项明确责任单位和完成时限。',
    '围绕{t}，组织干部到{n}个村（社区）走访，收集意见{n}条，已办结{n}条，其余按计划推进。',
    '新建改建道路{n}公里，解决{n}户群众出行不便的问题，群众满意度达到{p}%。',
    '针对检查发现的{n}个问题，{o}建立台账，实行销号管理，整改完成率为{p}%。',
    '截至{m}月底，{t}专项资金支出{n}万元，支出进度为{p}%，比序时进度快{q}个百分点。',
    '{o}与{n}家企业签订服务协议，协调解决用地、用工、用电等困难{n}件。',
  ],
  通知: [
    '各单位要把{t}摆上重要日程，主要负责同志每季度至少研究{q}次，分管同志具体抓好落实。',
    '{o}要在{m}月{d}日前制定{t}实施方案，明确任务书、时间表、路线图，并报县委办公室备案。',
    '对工作推进缓慢、排名连续{q}次靠后的单位，由{o}约谈其主要负责人。',
    '申报材料一式{q}份，由{o}统一收集，于{m}月{d}日前送交县行政中心{n}室。',
    '加强{t}经费管理，严格审批程序，接受审计和社会监督，确保{n}万元专项资金使用安全。',
    '{o}要按照职责分工，完善{t}配套措施，及时协调解决跨部门的{n}个重点问题。',
  ],
  调研: [
    '调研组走访{n}家单位，发放问卷{n}份，回收有效问卷{n}份，有效率为{p}%。',
    '从调查情况看，{p}%的受访者认为{t}方面的服务有所改善，{n}人提出了具体建议。',
    '一些地方对{t}重视不够，{n}个项目前期准备不足，开工时间比原计划推迟{q}个月。',
    '建议由{o}牵头，用{q}年时间分批改造{n}处老旧设施，所需资金纳入年度预算。',
    '受访的{n}名基层干部反映，{t}涉及的报表有{n}种，其中{q}种内容重复，可以合并。',
    '{o}试行“一窗受理”后，{t}类事项平均办理时间由{n}天缩短到{q}天，群众少跑了路。',
  ],
};
const OFFICES =
  '县发展改革局 县财政局 县住房城乡建设局 县农业农村局 县教育局 县卫生健康局 县民政局 县应急管理局 县市场监管局 县司法局'.split(' ');
const TOPICS = '基层治理 安全生产 乡村建设 营商环境 养老服务 河道管护 就业服务 义务教育 基层卫生 消费者权益保护 防汛备汛 城市更新'.split(
  ' ',
);

/** A text of at least so many characters, the same for the same seed. */
function composed(kind: string, seed: number, least: number): string {
  const random = randomOf(seed);
  const below = (most: number) => Math.floor(random() * most);
  const fill = (sentence: string) =>
    sentence
      .replace(/\{n\}/g, () => String(11 + below(900)))
      .replace(/\{p\}/g, () => `${40 + below(59)}.${1 + below(9)}`)
      .replace(/\{q\}/g, () => String(2 + below(7)))
      .replace(/\{m\}/g, () => String(1 + below(12)))
      .replace(/\{d\}/g, () => String(1 + below(28)))
      .replace(/\{o\}/g, () => OFFICES[below(OFFICES.length)]!)
      .replace(/\{t\}/g, () => TOPICS[below(TOPICS.length)]!);
  const lines: string[] = [];
  for (let length = 0; length < least; ) {
    const paragraph = Array.from({ length: 2 + below(3) }, () => fill(SENTENCES[kind]![below(SENTENCES[kind]!.length)]!)).join('');
    lines.push(paragraph);
    length += paragraph.length;
  }
  return lines.join('\n');
}

test('[PF1] three long texts composed of clean sentences with ever other figures have at most one error in 20 000 characters', () => {
  const texts = Object.keys(SENTENCES).map((kind, index) => composed(kind, index + 1, 12_000));
  const characters = texts.reduce((sum, text) => sum + withoutWhiteSpace(text).length, 0);
  const findings = texts.flatMap((text) => proofread(textBlocks(text)));
  const { error, warning } = countFindings(findings);
  writeFigures('document-proofreading-clean', { characters, errors: error, warnings: warning });
  expect(characters).toBeGreaterThan(36_000);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ message, quote }) => `${message} ${quote}`)).toHaveLength(0);
});

test('[PF2] how much of what was planted is found, and what a real draft shows where the machine has one', () => {
  const own = drafts().map(met);
  const planted = own.reduce((sum, { found, missed }) => sum + found.length + missed.length, 0);
  const found = own.reduce((sum, one) => sum + one.found.length, 0);
  expect(found / planted).toBeGreaterThan(0.75);
  const file = realReport();
  const source = file === null ? null : readFileSync(file, 'utf8');
  const real = source === null ? null : countFindings(proofread(textBlocks(source)));
  writeFigures('document-proofreading-drafts', {
    planted,
    found,
    cleanTexts: cleanTexts().length,
    ...(real === null
      ? { realReport: false }
      : { realReport: true, realErrors: real.error, realWarnings: real.warning, realHints: real.hint }),
  });
});

test('[PF2] of the certain mistakes that somebody found in the real draft, more than half are told as an error or a warning', () => {
  const file = realReport();
  const source = file === null ? null : readFileSync(file, 'utf8');
  const certain = source === null ? null : certainPlaces(source);
  if (source === null || certain === null) {
    writeFigures('document-proofreading-real', { read: false });
    return;
  }
  const told = proofread(textBlocks(source)).filter(({ severity }) => severity !== 'hint');
  const isTold = ({ line, from, to }: Place) =>
    told.some((finding) => finding.place.line === line && finding.from < to && finding.to > from);
  const found = certain.filter(({ places }) => places.every(isTold));
  writeFigures('document-proofreading-real', { read: true, certain: certain.length, found: found.length });
  expect(certain.length).toBeGreaterThan(40);
  expect(found.length / certain.length).toBeGreaterThan(0.5);
});
