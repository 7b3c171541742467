import type { FindingView } from '../../../shared/api/proofreading.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { OutlineNode } from '../../../shared/outline/outline.ts';
import { proofLine } from '../../../shared/proofreading/blocks.ts';
import type { ProofBlock } from '../../../shared/proofreading/finding.ts';
import { type HouseTerms, indexHouseTerms } from '../../../shared/proofreading/house-terms.ts';
import { isOfChapter, type LineMemo, proofreadChapterSteps } from '../../../shared/proofreading/proofread.ts';
import type { TermIndex } from '../../../shared/proofreading/rules/terms.ts';
import { sentenceAround } from '../../../shared/proofreading/text.ts';
import type { EditorLine } from '../../editor/findings.ts';

export { isOfChapter };

/** The rules in the browser, with the office's table. Fetched when a report is open: the first screen stays small. */
export class Proofreader {
  readonly #index: TermIndex;
  readonly #memos = new Map<NodeId, LineMemo>();

  constructor(terms: HouseTerms) {
    this.#index = indexHouseTerms(terms);
  }

  /** What the rules say of a chapter as its editor holds it, step by step, so that typing comes first. */
  *read(
    node: Pick<OutlineNode, 'id' | 'kind' | 'heading' | 'parent'>,
    lines: readonly EditorLine[],
  ): Generator<void, readonly FindingView[]> {
    const memo = this.#memos.get(node.id) ?? new Map();
    this.#memos.set(node.id, memo);
    const heading: ProofBlock = {
      place: { node: node.id, part: 'heading', line: 0 },
      kind: 'heading',
      level: node.parent === null ? 1 : 2,
      number: '',
      text: node.heading,
    };
    const blocks = [
      heading,
      ...lines.map(({ text, kind }, line): ProofBlock => {
        const { level = 0, ...rest } = proofLine(text, kind);
        return { ...rest, place: { node: node.id, part: 'text', line }, level, number: '' };
      }),
    ];
    const findings = yield* proofreadChapterSteps(blocks, this.#index, memo);
    return findings.filter(isOfChapter).map((finding) => {
      const { text } = blocks[finding.place.line + 1]!;
      const sentence = sentenceAround(text, finding.from, finding.to);
      return { ...finding, before: text.slice(sentence.from, finding.from), after: text.slice(finding.to, sentence.to) };
    });
  }
}
