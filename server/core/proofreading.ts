import { MOST_FINDINGS, type Proofreading, type ProofreadingCommand } from '../../shared/api/proofreading.ts';
import type { MemberId, NodeId, Seq } from '../../shared/ids.ts';
import { encodeEvent } from '../../shared/log/codec.ts';
import { chapterLines, reportBlocks } from '../../shared/proofreading/blocks.ts';
import type { Finding, ProofBlock } from '../../shared/proofreading/finding.ts';
import { type ProofreadingEvent, refOf } from '../../shared/proofreading/ignored.ts';
import type { MessageKey } from '../../shared/proofreading/messages.ts';
import { countFindings, type LineMemo, proofreadSteps } from '../../shared/proofreading/proofread.ts';
import type { TermIndex } from '../../shared/proofreading/rules/terms.ts';
import type { SourceId } from '../../shared/proofreading/sources.ts';
import { sentenceAround } from '../../shared/proofreading/text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CommandDraft } from './new-report.ts';
import type { Report } from './report.ts';

/** How the rules are asked: the table of terms (the same object until it changes), and a pause for the server between two stretches. */
export interface ProofOffice {
  readonly index: TermIndex;
  readonly breathe: () => Promise<void>;
}

interface Sentence {
  readonly before: string;
  readonly after: string;
}

/** A reading of the whole report: what was found, each with its sentence when that is asked for. */
interface Reading {
  readonly seq: Seq;
  readonly findings: readonly Finding[];
  readonly sentenceOf: (finding: Finding) => Sentence;
}

interface Kept {
  readonly index: TermIndex;
  readonly memo: LineMemo;
  /** The last reading, shared by all who ask while nothing has come since. */
  reading: { readonly seq: Seq; readonly done: Promise<Reading> } | null;
  /** One reading at a time: they share the memo. */
  last: Promise<unknown>;
}

/** What was said of each report's lines under a table of terms; goes with the report when it closes. */
const kept = new WeakMap<Report, Kept>();

/** What the rules say about a report as it stands, and what of it is ignored. Lines that were read before are not read again. */
export async function proofreadReport(report: Report, office: ProofOffice): Promise<Proofreading> {
  const { seq, findings, sentenceOf } = await read(report, office);
  const { ignored } = report.fold;
  return {
    seq,
    counts: countFindings(stillOpen(report, findings)),
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => ({ ...finding, ...sentenceOf(finding) })),
    ignored,
  };
}

/** An error that nobody has ignored: what a gate before sign-off counts and names. */
export interface OpenFinding {
  readonly key: string;
  /** null = the report itself: its title, what it must carry. */
  readonly node: NodeId | null;
  readonly quote: string;
  readonly rule: MessageKey;
  readonly source: SourceId;
}

/**
 * Errors (not warnings, not hints) of the report as it stands that nobody has ignored, in order of place. Cheap while nothing has changed
 * since somebody looked; after an edit only the changed lines are read anew.
 */
export async function openFindings(report: Report, office: ProofOffice): Promise<readonly OpenFinding[]> {
  const { findings } = await read(report, office);
  return stillOpen(report, findings)
    .filter(({ severity }) => severity === 'error')
    .map(({ key, place, quote, message, source }) => ({ key, node: place.node, quote, rule: message, source }));
}

export type ProofreadingFailure = { readonly code: 'forbidden' } | { readonly code: 'no-such-finding' };

/** Says that findings are meant as they stand, or are not after all; each an entry, all of them durable together. To be called in turn. */
export async function decideFindings(
  report: Report,
  author: MemberId,
  command: ProofreadingCommand,
  office: ProofOffice,
): Promise<Result<Seq, ProofreadingFailure>> {
  await report.whenDurable();
  const events = command.op === 'ignore' ? ignoring(await read(report, office), command) : recalling(report, command.keys);
  // While this waited for its turn the right may have gone.
  if (!report.may(author, 'ignoreFinding', null)) return err({ code: 'forbidden' });
  if (events === null) return err({ code: 'no-such-finding' });
  const drafts = events.map(
    (event): CommandDraft => ({ author, kind: 'proofreading', subject: event.finding.node ?? '', payload: encodeEvent(event) }),
  );
  const entries = await report.appendAndWait(drafts);
  return ok(entries.at(-1)?.seq ?? report.head());
}

function ignoring({ findings, sentenceOf }: Reading, command: Extract<ProofreadingCommand, { op: 'ignore' }>): ProofreadingEvent[] | null {
  const events = [...new Set(command.keys)].map((key): ProofreadingEvent | null => {
    const finding = findings.find((one) => one.key === key);
    return finding === undefined ? null : { op: 'ignore', finding: refOf(finding, sentenceOf(finding)), reason: command.reason.trim() };
  });
  return events.every((event) => event !== null) ? events : null;
}

function recalling(report: Report, keys: readonly string[]): ProofreadingEvent[] | null {
  const events = [...new Set(keys)].map((key): ProofreadingEvent | null => {
    const record = report.fold.ignored.find((one) => one.key === key);
    if (record === undefined) return null;
    const { reason: _, by: __, at: ___, seq: ____, ...finding } = record;
    return { op: 'recall', finding };
  });
  return events.every((event) => event !== null) ? events : null;
}

function stillOpen(report: Report, findings: readonly Finding[]): readonly Finding[] {
  const ignored = new Set(report.fold.ignored.map(({ key }) => key));
  return findings.filter(({ key }) => !ignored.has(key));
}

function read(report: Report, { index, breathe }: ProofOffice): Promise<Reading> {
  let own = kept.get(report);
  if (own?.index !== index) {
    own = { index, memo: new Map(), reading: null, last: Promise.resolve() };
    kept.set(report, own);
  }
  const { seq } = report.fold;
  if (own.reading?.seq === seq) return own.reading.done;
  const mine = own;
  const run = () => readAnew(report, seq, index, mine.memo, breathe);
  const done = mine.last.then(run, run);
  mine.last = done.catch(() => {
    if (mine.reading?.done === done) mine.reading = null;
  });
  mine.reading = { seq, done };
  return done;
}

/** @param seq asked before the text is, so that what is told holds at least up to this entry */
async function readAnew(report: Report, seq: Seq, index: TermIndex, memo: LineMemo, breathe: () => Promise<void>): Promise<Reading> {
  const texts = await report.readEngine().figures(report.id);
  const { outline, particulars } = report.fold;
  const blocks = reportBlocks(outline, (chapter) => {
    const { text = '', kinds = '' } = texts.get(chapter) ?? {};
    return chapterLines(text, kinds);
  });
  const steps = proofreadSteps(blocks, { terms: index, particulars, memo });
  let step = steps.next();
  while (step.done !== true) {
    await breathe();
    step = steps.next();
  }
  const byPlace = new Map(blocks.map((block) => [placeKey(block), block.text]));
  return { seq, findings: step.value, sentenceOf: (finding) => sentenceOf(byPlace.get(placeKey(finding)) ?? '', finding) };
}

const placeKey = ({ place }: Pick<ProofBlock, 'place'>): string => `${place.node ?? ''} ${place.part} ${place.line}`;

function sentenceOf(text: string, { from, to }: Finding): Sentence {
  const sentence = sentenceAround(text, from, to);
  return { before: text.slice(sentence.from, from), after: text.slice(to, sentence.to) };
}
