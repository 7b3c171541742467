import { PARTS, type WorkStage } from '../../../shared/access/stage-table.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import { isTextRoom, ownerOf } from '../../../shared/outline/tree.ts';
import { type GateItem, type GatePlace, type GateRow, gateRows } from '../../../shared/stages/gate.ts';
import { holders } from '../../../shared/stages/stages.ts';
import { allBlanksOf, isWaiting } from '../blanks/view.ts';
import { openFindings, type ProofOffice } from '../proofreading.ts';
import type { Report } from '../report.ts';

/** Tells what of one kind is open in a report. A later feature adds its own to `SOURCES`. */
export type GateSource = (report: Report, office: ProofOffice) => Promise<readonly GatePlace[]> | readonly GatePlace[];

const SOURCES: Readonly<Partial<Record<GateItem, GateSource>>> = {
  blanks: openBlanks,
  threads: ({ fold }) =>
    fold.threads
      .filter(({ closed, withdrawn }) => closed === null && !withdrawn)
      .map(({ anchor, comments }) => ({
        node: anchor.node,
        label: anchor.quote.slice(0, 24) || (comments[0]?.body.text.slice(0, 24) ?? ''),
        link: 'threads',
      })),
  amendments: ({ fold }) => fold.stages.amendments.map(({ chapter, reason }) => ({ node: chapter, label: reason, link: 'amendments' })),
  proofreading: proofreadingErrors,
  unassigned: chaptersOfNobody,
  parts: partsOfNobody,
};

/** Everything that is to be settled before the text is signed, a row for each thing that can be looked at in this house. */
export async function gateOf(report: Report, office: ProofOffice): Promise<readonly GateRow[]> {
  const found: Partial<Record<GateItem, readonly GatePlace[]>> = {};
  for (const [item, source] of Object.entries(SOURCES) as [GateItem, GateSource][]) found[item] = await source(report, office);
  return gateRows(found);
}

async function openBlanks(report: Report): Promise<readonly GatePlace[]> {
  const blanks = await allBlanksOf(report);
  return blanks.filter(isWaiting).map(({ chapter, mask, before, after }) => ({
    node: chapter,
    label: `${before.slice(-12)}${mask}${after.slice(0, 12)}`,
    link: 'blanks',
  }));
}

/** Errors that nobody said are meant; doubts and hints hold nothing up. */
async function proofreadingErrors(report: Report, office: ProofOffice): Promise<readonly GatePlace[]> {
  const findings = await openFindings(report, office);
  return findings.map(({ node, quote }) => ({ node, label: quote.slice(0, 24), link: 'proofreading' }));
}

/** Chapters for which nobody is asked. */
function chaptersOfNobody(report: Report): readonly GatePlace[] {
  const { outline } = report.fold;
  const numbers = numbersOf(outline);
  return outline.nodes
    .filter((node) => isTextRoom(node) && node.kind === 'chapter' && ownerOf(outline, node, (id) => report.roleOf(id) !== null) === null)
    .map(({ id, heading }) => ({ node: id, label: `${numbers.get(id) ?? ''}${heading}`, link: 'outline' }));
}

/** Parts that the path asks for and nobody holds; the label is the part. */
function partsOfNobody({ fold }: Report): readonly GatePlace[] {
  const { stages } = fold;
  const asked: Readonly<Record<string, WorkStage>> = { checker: 'checking', countersigner: 'countersigning', issuer: 'issuing' };
  return PARTS.filter((part) => {
    const stage = asked[part];
    return stage !== undefined && stages.path.includes(stage) && holders(stages, part).length === 0;
  }).map((part) => ({ node: null as NodeId | null, label: part, link: 'parts' }));
}
