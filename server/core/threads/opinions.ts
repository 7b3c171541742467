import { numbersOf } from '../../../shared/outline/numbering.ts';
import { type OpinionRow, opinionRows } from '../../../shared/threads/opinions.ts';
import type { Disposition } from '../../../shared/threads/thread.ts';
import type { Report } from '../report.ts';

/** 意见采纳情况表 as it is filed: in the report's own language, whoever asks for it. */
export interface OpinionsTable {
  readonly title: string;
  readonly columns: readonly { readonly heading: string; readonly width: number }[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Makes files of a table. */
export interface TableFiles {
  xlsx(table: OpinionsTable): Uint8Array;
  docx(table: OpinionsTable): Uint8Array;
}

const DISPOSITION: Readonly<Record<Disposition, string>> = {
  adopted: '采纳',
  partly: '部分采纳',
  declined: '未采纳',
  answered: '已答复',
};
const COLUMNS = [
  { heading: '序号', width: 1 },
  { heading: '意见人', width: 2 },
  { heading: '章节', width: 3 },
  { heading: '原文', width: 5 },
  { heading: '意见', width: 6 },
  { heading: '采纳情况', width: 2 },
  { heading: '理由', width: 4 },
  { heading: '改动', width: 2 },
];

export function opinionsTable(report: Report): OpinionsTable {
  const { outline, members, threads } = report.fold;
  const numbers = numbersOf(outline);
  const nodes = new Map([...outline.removed, ...outline.nodes].map((node) => [node.id, `${numbers.get(node.id) ?? ''}${node.heading}`]));
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const line = ({ number, by, node, quote, words, disposition, reason, redline }: OpinionRow) => [
    number,
    names.get(by) ?? '',
    nodes.get(node) ?? '',
    quote,
    words,
    disposition === null ? '' : DISPOSITION[disposition],
    reason,
    redline === null ? '' : `第 ${redline.from + 1}${redline.to > redline.from + 1 ? `—${redline.to}` : ''} 笔`,
  ];
  const title = outline.title === '' ? '意见采纳情况表' : `《${outline.title}》意见采纳情况表`;
  return { title, columns: COLUMNS, rows: opinionRows(threads, []).map(line) };
}
