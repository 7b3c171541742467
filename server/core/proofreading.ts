import { MOST_FINDINGS, type Proofreading } from '../../shared/api/proofreading.ts';
import { plainLines, reportBlocks } from '../../shared/proofreading/blocks.ts';
import type { Finding, ProofBlock } from '../../shared/proofreading/finding.ts';
import { countFindings, type LineMemo, proofreadSteps } from '../../shared/proofreading/proofread.ts';
import type { TermIndex } from '../../shared/proofreading/rules/terms.ts';
import { sentenceAround } from '../../shared/proofreading/text.ts';
import type { Report } from './report.ts';

/** What was said of each report's lines under a table of terms; goes with the report when it closes. */
const memos = new WeakMap<Report, { readonly index: TermIndex; readonly memo: LineMemo }>();

/**
 * What the rules say about a report as it stands. Lines that were read before are not read again.
 * @param index the table of terms to go by: the same object until the table changes
 * @param breathe lets the server do something else between two stretches of a long report
 */
export async function proofreadReport(report: Report, index: TermIndex, breathe: () => Promise<void>): Promise<Proofreading> {
  // Asked before the text is, so that what is told holds at least up to this entry.
  const { seq } = report.fold;
  const texts = await report.readEngine().figures(report.id);
  const { outline, particulars } = report.fold;
  const blocks = reportBlocks(outline, (chapter) => plainLines(texts.get(chapter)?.text ?? ''));
  const steps = proofreadSteps(blocks, { terms: index, particulars, memo: memoOf(report, index) });
  let step = steps.next();
  while (step.done !== true) {
    await breathe();
    step = steps.next();
  }
  const findings = step.value;
  const byPlace = new Map(blocks.map((block) => [placeKey(block), block]));
  return {
    seq,
    counts: countFindings(findings),
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => ({ ...finding, ...contextOf(byPlace.get(placeKey(finding)), finding) })),
  };
}

function memoOf(report: Report, index: TermIndex): LineMemo {
  const known = memos.get(report);
  if (known?.index === index) return known.memo;
  const memo: LineMemo = new Map();
  memos.set(report, { index, memo });
  return memo;
}

const placeKey = ({ place }: Pick<ProofBlock, 'place'>): string => `${place.node ?? ''} ${place.part} ${place.line}`;

function contextOf(block: ProofBlock | undefined, { from, to }: Finding): { readonly before: string; readonly after: string } {
  const text = block?.text ?? '';
  const sentence = sentenceAround(text, from, to);
  return { before: text.slice(sentence.from, from), after: text.slice(to, sentence.to) };
}
