import type { Stage } from '../../shared/access/can.ts';
import type { BlankRecord } from '../../shared/blanks/blank.ts';
import { NO_BLANKS, reduceBlanks } from '../../shared/blanks/fold.ts';
import type { ChapterId, MemberId, NodeId, Seq } from '../../shared/ids.ts';
import { FRESH_LIFE, type Lifecycle, reduceLifecycle, standingOf } from '../../shared/lifecycle/lifecycle.ts';
import { decodeEntry, EntryFormatError } from '../../shared/log/codec.ts';
import type { DecodedEntry, Entry, EntryHeader, EntryKind } from '../../shared/log/entry.ts';
import { emptyOutline, noteLateText, reduceOutline } from '../../shared/outline/fold.ts';
import type { Outline, OutlineEvent, OutlineNode } from '../../shared/outline/outline.ts';
import { NO_PARTICULARS, type Particulars, reduceParticulars } from '../../shared/particulars/particulars.ts';
import { type IgnoredFinding, NO_IGNORED, reduceIgnored } from '../../shared/proofreading/ignored.ts';
import { type Revision, reduceRevisions } from '../../shared/revisions/revision.ts';
import { reduceSeal, type Seal } from '../../shared/sign-off/seal.ts';
import { NO_SIGN_OFFS, reduceSignOffs, type SignOff } from '../../shared/sign-off/sign-offs.ts';
import { FIRST_STAGES, reduceStages, type Stages } from '../../shared/stages/stages.ts';
import { ChapterSuggestions } from '../../shared/suggestions/chapter-suggestions.ts';
import type { SuggestionEvent } from '../../shared/suggestions/suggestion.ts';
import { reduceThreads } from '../../shared/threads/fold.ts';
import { NO_THREADS, type Threads } from '../../shared/threads/thread.ts';
import { WRITTEN_ELSEWHERE } from './attribution/text-records.ts';
import { type Members, NO_MEMBERS, reduceMembers } from './members.ts';

/** What the report's entries, text apart, have made of it so far. A value but for `suggestions`: a change gives a new one. */
export interface ReportFold {
  readonly seq: Seq;
  readonly changedAt: number;
  /** The newest entry, told apart from `seq` and `changedAt`; null before the first. */
  readonly last: LastEntry | null;
  /** '' before the first entry. */
  readonly epoch: string;
  /** What applies now: `archived` and `trashed` come from `life`, the stages of work from `stages`. */
  readonly stage: Stage;
  readonly life: Lifecycle;
  readonly outline: Outline;
  readonly members: Members;
  readonly revisions: readonly Revision[];
  readonly particulars: Particulars;
  /** What was decided about single blanks; what stands in the text is told by the text. */
  readonly blanks: readonly BlankRecord[];
  readonly threads: Threads;
  /** Findings that are meant as they stand. */
  readonly ignored: readonly IgnoredFinding[];
  readonly stages: Stages;
  readonly signOffs: readonly SignOff[];
  /**
   * By chapter; chapters without any are not in it. Handed on from fold to fold and changed in place: a copy for every stroke of every
   * proposer would make reading a long log cost its square. Whoever must not see later entries takes a `copy()`.
   */
  readonly suggestions: ReadonlyMap<ChapterId, ChapterSuggestions>;
  /** null = not sealed; then it is for good. */
  readonly seal: Seal | null;
}

export interface LastEntry {
  readonly author: MemberId;
  readonly kind: EntryKind;
  readonly subject: NodeId | '';
  /** Text that its author brought along and did not write. */
  readonly brought: boolean;
}

export const EMPTY_REPORT: ReportFold = {
  seq: 0,
  changedAt: 0,
  last: null,
  epoch: '',
  stage: 'drafting',
  life: FRESH_LIFE,
  outline: emptyOutline,
  members: NO_MEMBERS,
  revisions: [],
  particulars: NO_PARTICULARS,
  blanks: NO_BLANKS,
  threads: NO_THREADS,
  ignored: NO_IGNORED,
  stages: FIRST_STAGES,
  signOffs: NO_SIGN_OFFS,
  suggestions: new Map(),
  seal: null,
};

/** One entry applied; total. Kinds of later versions only move the head. */
export function reduceReport(fold: ReportFold, entry: DecodedEntry): ReportFold {
  const { seq, at, author, kind, subject } = entry;
  const brought = entry.kind === 'text' && WRITTEN_ELSEWHERE.has(entry.text.via);
  const moved = { ...fold, seq, changedAt: at, last: { author, kind, subject, brought } };
  switch (entry.kind) {
    case 'text': {
      const outline = noteLateText(fold.outline, entry);
      return outline === fold.outline ? moved : { ...moved, outline };
    }
    case 'outline':
      return withOutline(moved, entry.event, entry);
    case 'members':
      return { ...moved, members: reduceMembers(fold.members, entry.event) };
    case 'revision':
      return { ...moved, revisions: reduceRevisions(fold.revisions, entry.event, entry) };
    case 'particulars':
      return { ...moved, particulars: reduceParticulars(fold.particulars, entry.event, entry) };
    case 'blank':
      return { ...moved, blanks: reduceBlanks(fold.blanks, entry.event, entry) };
    case 'thread':
      return { ...moved, threads: reduceThreads(fold.threads, entry.event, entry) };
    case 'proofreading':
      return { ...moved, ignored: reduceIgnored(fold.ignored, entry.event, entry) };
    case 'lifecycle':
      return withStage({ ...moved, life: reduceLifecycle(fold.life, entry.event, entry) });
    case 'stage':
      return withStage({ ...moved, stages: reduceStages(fold.stages, entry.event, entry) });
    case 'seal':
      return withStage({ ...moved, seal: reduceSeal(fold.seal, entry.event, entry) });
    case 'signOff':
      return { ...moved, signOffs: reduceSignOffs(fold.signOffs, entry.event, entry) };
    case 'suggestion':
      return { ...moved, suggestions: withSuggestion(fold.suggestions, entry.subject, entry.event, entry) };
    default:
      return moved;
  }
}

function withSuggestion(
  all: ReportFold['suggestions'],
  chapter: ChapterId,
  event: SuggestionEvent,
  header: EntryHeader,
): ReportFold['suggestions'] {
  const known = all.get(chapter);
  const suggestions = known ?? new ChapterSuggestions(chapter);
  suggestions.apply(event, header);
  return known === undefined ? new Map(all).set(chapter, suggestions) : all;
}

function withStage(fold: ReportFold): ReportFold {
  return { ...fold, stage: stageWith(fold.life, fold.stages, fold.seal !== null) };
}

/** The stage that applies: where the report stands in its life comes before where its work stands. */
export function stageWith(life: Lifecycle, { stage }: Stages, sealed: boolean): Stage {
  const standing = standingOf(life);
  if (standing !== 'active') return standing;
  return sealed ? 'sealed' : stage;
}

function withOutline(fold: ReportFold, event: OutlineEvent, header: EntryHeader): ReportFold {
  const epoch = event.op === 'create' && fold.epoch === '' ? event.epoch : fold.epoch;
  // Whoever made the report is its drafter until somebody says otherwise.
  const made = event.op === 'create' && fold.epoch === '';
  const stages: Stages = made ? { ...fold.stages, parts: [{ member: header.author, parts: ['drafter'] }] } : fold.stages;
  return { ...fold, epoch, stages, outline: reduceOutline(fold.outline, event, header) };
}

/** @returns the node when it is in the outline and has a text of its own. */
export function textNode(outline: Outline, id: NodeId): OutlineNode | null {
  const node = outline.nodes.find((other) => other.id === id);
  return node === undefined || node.kind === 'part' ? null : node;
}

/** Is this a node with text of its own that was taken out? It goes on taking text from those who may write it (docs/decisions/0100). */
export function isTrashedText(outline: Outline, id: NodeId): boolean {
  return outline.removed.some((other) => other.id === id && other.kind !== 'part');
}

/** @returns null for an entry whose payload this version cannot read: damaged, redacted, or of a newer version. */
export function readEntry(entry: Entry): DecodedEntry | null {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (error instanceof EntryFormatError) return null;
    throw error;
  }
}
