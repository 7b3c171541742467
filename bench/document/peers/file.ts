import type { PressJob } from '../../../server/core/export/press.ts';
import { PdfSetter } from '../../../server/export/pdf/pdf.ts';
import { press } from '../../../server/export/press.ts';
import type { ExportKind } from '../../../shared/api/export.ts';
import type { ChapterDiff, DiffSegment } from '../../../shared/api/history.ts';
import { WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import type { MemberId, NodeId, ReportId } from '../../../shared/ids.ts';
import type { OutlineNode } from '../../../shared/outline/outline.ts';

/** Makes one file of a report of so many paragraphs, alone in this process, and says what it took. */
const [kind = 'pdf', told = '10000'] = process.argv.slice(2);
const paragraphs = Number(told);
const PER_CHAPTER = 25;
const SENTENCE = '坚持把抓落实作为检验干部作风的重要标准，全年开展督查**次，推动重点项目按期开工，服务企业办实事。';

const by = 'alice00000000000' as MemberId;
const credit = { author: by, actor: by, via: 'typing', at: 1, seq: 2, offlineSince: 0, movedBy: null } as const;
const segment = (op: DiffSegment['op'], text: string): DiffSegment => ({
  op,
  text,
  by: 0,
  delBy: op === 'del' ? 0 : null,
  marks: [],
  marksBefore: null,
  marksBy: null,
});

function chapter(id: NodeId): ChapterDiff {
  const blocks = Array.from({ length: PER_CHAPTER }, (_, index) => ({
    key: `1.${index}`,
    op: 'keep' as const,
    look: { type: 'paragraph' as const, attrs: {} },
    was: null,
    wasBy: null,
    by: 0,
    delBy: null,
    changed: true,
    segments: [segment('keep', SENTENCE), segment('del', '删去的一句。'), segment('ins', '新写的一句话。'), segment('keep', SENTENCE)],
  }));
  return { chapter: id, added: 0, removed: 0, moved: 0, blocks };
}

const nodes: OutlineNode[] = [];
for (let index = 0; index * PER_CHAPTER < paragraphs; index += 1) {
  const part = `part${String(Math.floor(index / 20)).padStart(12, '0')}` as NodeId;
  if (index % 20 === 0) nodes.push({ id: part, kind: 'part', heading: '工作开展情况', form: 'own-line', parent: null });
  const id = `node${String(index).padStart(12, '0')}` as NodeId;
  nodes.push({ id, kind: 'chapter', heading: '强化理论武装，提高政治能力', form: 'own-line', parent: part });
}
const job: PressJob = {
  kind: kind as ExportKind,
  report: 'report0000000000' as ReportId,
  title: '关于示例园区工作的报告',
  at: 1,
  past: {
    from: 1,
    to: 2,
    outline: { title: '关于示例园区工作的报告', titleSet: null, nodes, removed: [], headingSet: {}, charges: {} },
    particulars: { values: { type: '报告', issuer: '示例园区党工委', date: '2026-01-05', copies: ['县委办公室'] }, set: {} },
    events: [],
    credits: [credit],
    chapters: nodes.filter((node) => node.kind === 'chapter').map(({ id }) => chapter(id)),
  },
  options: WHOLE_DOCUMENT,
  grid: 'word',
  names: { [by]: '张三' },
};
const begin = performance.now();
const { bytes, pages } = press(
  job,
  () => new PdfSetter(null),
  () => {},
);
const seconds = (performance.now() - begin) / 1_000;
const megabytes = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ kind, paragraphs, seconds, megabytes, bytes: bytes.length, pages })}\n`);
