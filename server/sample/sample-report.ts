import type { ImportBlock } from '../../shared/api.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ReportContent } from '../../shared/importing/to-report.ts';
import type { HeadingForm, NodeKind, OutlineNode } from '../../shared/outline/outline.ts';
import { SAMPLE_PARTS, SAMPLE_PREFACE, SAMPLE_TITLE } from './sample-text.ts';

/** A chapter or passage of the sample as written. */
export interface SampleChapter {
  /** '' for a passage. */
  readonly heading: string;
  readonly form: HeadingForm;
  readonly paragraphs: readonly string[];
}

export interface SamplePart {
  readonly heading: string;
  readonly chapters: readonly SampleChapter[];
}

/** Invented people of an invented office; the first is the report's owner. */
export const SAMPLE_MEMBERS = ['沈知微', '陆闻远', '顾青禾'] as const;

/** The sample report, with ids of its own for every start on an empty folder. */
export function sampleReport(newId: () => NodeId): ReportContent {
  const nodes: OutlineNode[] = [];
  const texts = new Map<NodeId, readonly ImportBlock[]>();
  const add = (kind: NodeKind, heading: string, form: HeadingForm, parent: NodeId | null, paragraphs: readonly string[]): NodeId => {
    const id = newId();
    nodes.push({ id, kind, heading, form, parent });
    // The sample has no source file: its blocks stand on line 0.
    if (kind !== 'part')
      texts.set(
        id,
        paragraphs.map((text) => ({ kind: 'paragraph', text, line: 0 })),
      );
    return id;
  };
  add('passage', '', 'own-line', null, SAMPLE_PREFACE);
  for (const part of SAMPLE_PARTS) {
    const parent = add('part', part.heading, 'own-line', null, []);
    for (const { heading, form, paragraphs } of part.chapters)
      add(heading === '' ? 'passage' : 'chapter', heading, form, parent, paragraphs);
  }
  return { title: SAMPLE_TITLE, nodes, texts };
}
