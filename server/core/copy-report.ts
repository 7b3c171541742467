import type { CopyPreview } from '../../shared/api/home.ts';
import type { NodeId } from '../../shared/ids.ts';
import { copiedTextUpdate } from '../../shared/lifecycle/copy-text.ts';
import { countFigures, maskFigures } from '../../shared/lifecycle/mask.ts';
import type { OutlineNode } from '../../shared/outline/outline.ts';
import { type FirstMember, type NewReport, newNodeId } from './new-report.ts';
import type { Ids } from './ports.ts';
import type { Report } from './report.ts';

export interface CopyWish {
  readonly title: string;
  /** Put `**` for figures in headings and text: a new year's report begins with the old one's words and none of its numbers. */
  readonly masked: boolean;
  readonly owner: FirstMember;
}

/** A new report with the outline and the text of an old one, as they stand now. Its text is imported: nobody's writing. */
export async function copyPlan(report: Report, wish: CopyWish, ids: Ids): Promise<NewReport> {
  const { outline } = report.fold;
  const engine = report.readEngine();
  const newIds = new Map(outline.nodes.map((node) => [node.id, newNodeId(ids)]));
  const idOf = (node: NodeId | null): NodeId | null => (node === null ? null : (newIds.get(node) ?? null));
  const nodes: OutlineNode[] = [];
  const updates = new Map<NodeId, Uint8Array>();
  for (const { id, kind, heading, form, parent } of outline.nodes) {
    const made = idOf(id)!;
    nodes.push({ id: made, kind, heading: wish.masked ? maskFigures(heading) : heading, form, parent: idOf(parent) });
    if (kind === 'part') continue;
    const checkpoint = await engine.checkpoint(report.id, id);
    if (checkpoint !== null) updates.set(made, copiedTextUpdate(checkpoint.join, wish.masked));
  }
  const texts = new Map(nodes.flatMap((node) => (node.kind === 'part' ? [] : [[node.id, []] as const])));
  return { beginning: 'import', content: { title: wish.title, nodes, texts }, updates, members: [wish.owner] };
}

/** What a copy would take along, for telling before it is made. */
export async function copyPreview(report: Report): Promise<CopyPreview> {
  const { outline } = report.fold;
  const texts = await report.readEngine().figures(report.id);
  const withText = outline.nodes.filter((node) => node.kind !== 'part');
  const sum = (count: (node: OutlineNode) => number): number => withText.reduce((total, node) => total + count(node), 0);
  const inHeadings = outline.nodes.reduce((total, { heading }) => total + countFigures(heading), 0);
  return {
    title: outline.title,
    chapters: outline.nodes.filter((node) => node.kind === 'chapter').length,
    characters: sum((node) => texts.get(node.id)?.characters ?? 0),
    blanks: sum((node) => texts.get(node.id)?.blanks ?? 0),
    figures: inHeadings + sum((node) => lineFigures(texts.get(node.id)?.text ?? '')),
  };
}

/** Line by line, as the copy masks them. */
function lineFigures(text: string): number {
  return text.split('\n').reduce((total, line) => total + countFigures(line), 0);
}
