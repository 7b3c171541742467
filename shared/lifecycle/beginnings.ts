import type { NodeId } from '../ids.ts';
import type { ReportContent } from '../importing/to-report.ts';
import type { NodeKind, OutlineNode } from '../outline/outline.ts';

/**
 * What an outline from nothing can begin with. `plain`: one passage to write in. `work`: 工作情况, 问题, 打算 as chapters at the top.
 * `parts`: the same as parts with a chapter in each. Headings are the report's text and therefore Chinese in every language of the page.
 */
export const BEGINNING_OUTLINES = ['plain', 'work', 'parts'] as const;
export type BeginningOutline = (typeof BEGINNING_OUTLINES)[number];

interface Planned {
  readonly kind: NodeKind;
  readonly heading: string;
  readonly under?: readonly Planned[];
}

const passage: Planned = { kind: 'passage', heading: '' };
const chapter = (heading: string): Planned => ({ kind: 'chapter', heading });
const part = (heading: string, ...under: readonly string[]): Planned => ({ kind: 'part', heading, under: under.map(chapter) });

const PLANS: Readonly<Record<BeginningOutline, readonly Planned[]>> = {
  plain: [passage],
  work: [passage, chapter('主要工作情况'), chapter('存在的问题'), chapter('下一步打算'), passage],
  parts: [
    passage,
    part('主要工作情况', '重点任务完成情况', '主要做法'),
    part('存在的问题', '突出问题', '原因分析'),
    part('下一步打算', '工作目标', '主要措施'),
    passage,
  ],
};

/** The headings in order, with how deep they stand: for showing what will be made. */
export function headingsOf(
  outline: BeginningOutline,
): readonly { readonly heading: string; readonly kind: NodeKind; readonly depth: 0 | 1 }[] {
  return PLANS[outline].flatMap(({ kind, heading, under = [] }) => [
    { kind, heading, depth: 0 as const },
    ...under.map((inner) => ({ kind: inner.kind, heading: inner.heading, depth: 1 as const })),
  ]);
}

/** A report with this outline and no text. */
export function beginningContent(title: string, outline: BeginningOutline, newId: () => NodeId): ReportContent {
  const nodes: OutlineNode[] = [];
  const add = ({ kind, heading, under = [] }: Planned, parent: NodeId | null): void => {
    const id = newId();
    nodes.push({ id, kind, heading, form: 'own-line', parent });
    for (const inner of under) add(inner, id);
  };
  for (const planned of PLANS[outline]) add(planned, null);
  const texts = new Map(nodes.flatMap((node) => (node.kind === 'part' ? [] : [[node.id, []] as const])));
  return { title, nodes, texts };
}
