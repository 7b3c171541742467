import type { BlanksCommand, FillCommand, FillDone } from '../../shared/api/blanks.ts';
import type { ProofreadingCommand } from '../../shared/api/proofreading.ts';
import type { ReplaceCommand, ReplaceDone, ReplaceUndo, ReplaceUndone } from '../../shared/api/replace.ts';
import type { RestoreCommand, RestoreDone } from '../../shared/api/restore.ts';
import type { SealCommand, SignCommand } from '../../shared/api/sign-off.ts';
import type { ThreadsCommand } from '../../shared/api/threads.ts';
import type { OutlineDone } from '../../shared/api.ts';
import type { ChapterId, MemberId, Seq } from '../../shared/ids.ts';
import { decideLifecycle, type LifecycleOp } from '../../shared/lifecycle/lifecycle.ts';
import { encodeEvent } from '../../shared/log/codec.ts';
import { decideOutline } from '../../shared/outline/decide.ts';
import type { OutlineCommand, OutlineEvent, OutlineRefusal } from '../../shared/outline/outline.ts';
import { decideParticulars, type ParticularChange, type ParticularsRefusal } from '../../shared/particulars/decide.ts';
import type { Result } from '../../shared/result.ts';
import { err, ok } from '../../shared/result.ts';
import { decideRevision, type RevisionCommand, type RevisionRefusal } from '../../shared/revisions/revision.ts';
import type { StageCommand } from '../../shared/stages/decide.ts';
import { type BlankFailure, fillBlank, manageBlanks, unfillBlank } from './blanks/commands.ts';
import { decideMembers, type MembersCommand, type MembersRefusal } from './members.ts';
import { type CommandDraft, firstText, newNodeId } from './new-report.ts';
import type { HouseKeys, Ids } from './ports.ts';
import { decideFindings, type ProofOffice, type ProofreadingFailure } from './proofreading.ts';
import { type ReplaceFailure, replaceAll, undoReplace } from './replace/replace.ts';
import type { Report } from './report.ts';
import { type RestoreFailure, restore } from './restore/restore.ts';
import { type SignFailure, sign, withdraw } from './sign-off/commands.ts';
import { type SealFailure, seal } from './sign-off/seal.ts';
import { changeStages, type StageFailure } from './stages/commands.ts';
import { changeThreads, type ThreadFailure } from './threads/commands.ts';

/**
 * What people ask for besides typing: decide (pure) → append → durable → answer.
 * One at a time in a report, so that each is decided on the outcome of the one before it. Rights are asked before (`can`).
 */
export class ReportCommands {
  private readonly report: Report;
  private readonly ids: Ids;
  private last: Promise<unknown> = Promise.resolve();

  constructor(report: Report, ids: Ids) {
    this.report = report;
    this.ids = ids;
  }

  changeOutline(author: MemberId, command: OutlineCommand): Promise<Result<OutlineDone, OutlineRefusal>> {
    return this.inTurn(async () => {
      const decided = decideOutline(this.report.fold.outline, command, {
        newId: () => newNodeId(this.ids),
        belongs: (member) => this.report.roleOf(member) !== null,
      });
      if (!decided.ok) return decided;
      const entries = await this.report.appendAndWait(outlineEntries(author, decided.value));
      const seq = entries[0]?.seq ?? this.report.head();
      return ok(decided.value.op === 'add' ? { seq, node: decided.value.node.id } : { seq });
    });
  }

  /** @returns the entry's seq, or the head when nothing had to change. */
  changeMembers(author: MemberId, command: MembersCommand): Promise<Result<Seq, MembersRefusal>> {
    return this.inTurn(async () => {
      const decided = decideMembers(this.report.fold.members, command);
      if (!decided.ok) return err(decided.error);
      if (decided.value === null) return ok(this.report.head());
      const payload = encodeEvent(decided.value);
      const entries = await this.report.appendAndWait([{ author, kind: 'members', subject: '', payload }], { members: decided.value });
      return ok(entries[0]?.seq ?? this.report.head());
    });
  }

  /** Names a point, renames or withdraws a name. @returns the entry's seq, which is a new revision's id */
  changeRevisions(author: MemberId, command: RevisionCommand): Promise<Result<Seq, RevisionRefusal>> {
    return this.inTurn(async () => {
      const decided = decideRevision(this.report.fold.revisions, command, this.report.head());
      if (!decided.ok) return decided;
      const entries = await this.report.appendAndWait([{ author, kind: 'revision', subject: '', payload: encodeEvent(decided.value) }]);
      return ok(entries[0]?.seq ?? this.report.head());
    });
  }

  /** Archives, throws away, brings back. @returns the entry's seq, or the head when the report stood so already */
  changeLifecycle(author: MemberId, op: LifecycleOp): Promise<Seq> {
    return this.inTurn(async () => {
      const event = decideLifecycle(this.report.fold.life, op);
      if (event === null) return this.report.head();
      const draft: CommandDraft = { author, kind: 'lifecycle', subject: '', payload: encodeEvent(event) };
      const entries = await this.report.appendAndWait([draft], { life: event });
      return entries[0]?.seq ?? this.report.head();
    });
  }

  /** Changes particulars, each field an entry of its own, all of them durable together. @returns the last entry's seq */
  changeParticulars(author: MemberId, changes: readonly ParticularChange[]): Promise<Result<Seq, ParticularsRefusal | 'frozen'>> {
    return this.inTurn(async () => {
      // While this waited for its turn the report may have been put away.
      if (!this.report.mayWrite(author, null)) return err('frozen');
      const decided = decideParticulars(this.report.fold.particulars, changes);
      if (!decided.ok) return decided;
      if (decided.value.length === 0) return ok(this.report.head());
      const drafts = decided.value.map(
        (event): CommandDraft => ({ author, kind: 'particulars', subject: '', payload: encodeEvent(event) }),
      );
      const entries = await this.report.appendAndWait(drafts);
      return ok(entries.at(-1)?.seq ?? this.report.head());
    });
  }

  /** Brings text back, unless something came that the person has not seen (`expect`). */
  restore(author: MemberId, chapter: ChapterId, command: RestoreCommand, expect: Seq): Promise<Result<RestoreDone, RestoreFailure>> {
    return this.inTurn(() => restore(this.report, author, chapter, command, expect));
  }

  /** Replaces the places that a preview showed. */
  replace(author: MemberId, command: ReplaceCommand): Promise<Result<ReplaceDone, ReplaceFailure>> {
    return this.inTurn(() => replaceAll(this.report, author, command));
  }

  /** Takes a replacement of this member back. */
  undoReplace(author: MemberId, undo: ReplaceUndo): Promise<Result<ReplaceUndone, ReplaceFailure>> {
    return this.inTurn(() => undoReplace(this.report, author, undo));
  }

  /** Puts a value into a blank, under the name of whoever fills it. */
  fillBlank(author: MemberId, command: FillCommand): Promise<Result<FillDone, BlankFailure>> {
    return this.inTurn(() => fillBlank(this.report, author, command));
  }

  /** Takes a filling of this member back. */
  unfillBlank(author: MemberId, seq: Seq): Promise<Result<Seq, BlankFailure>> {
    return this.inTurn(() => unfillBlank(this.report, author, seq));
  }

  /** Decides about blanks without touching the text. */
  manageBlanks(author: MemberId, command: BlanksCommand): Promise<Result<Seq, BlankFailure>> {
    return this.inTurn(() => manageBlanks(this.report, author, command));
  }

  /** Says something about the text, or what becomes of it. @returns the entry's seq, which is a new thread's id */
  changeThreads(author: MemberId, command: ThreadsCommand): Promise<Result<Seq, ThreadFailure>> {
    return this.inTurn(() => changeThreads(this.report, author, command));
  }

  /** Says that findings are meant as they stand, or takes that back. @returns the last entry's seq */
  decideFindings(author: MemberId, command: ProofreadingCommand, office: ProofOffice): Promise<Result<Seq, ProofreadingFailure>> {
    return this.inTurn(() => decideFindings(this.report, author, command, office));
  }

  /** Moves the report on or back, says who has which part, opens a chapter for amendment. */
  changeStages(author: MemberId, command: StageCommand, office: ProofOffice): Promise<Result<Seq, StageFailure>> {
    return this.inTurn(() => changeStages(this.report, author, command, office));
  }

  /** Puts a signature under the words that its signer saw; they have proved who they are. */
  sign(author: MemberId, command: SignCommand): Promise<Result<Seq, SignFailure>> {
    return this.inTurn(() => sign(this.report, author, command));
  }

  /** Issues the report: signs, numbers and seals it, in one act. */
  seal(author: MemberId, command: SealCommand, keys: HouseKeys, office: ProofOffice): Promise<Result<Seq, SealFailure>> {
    return this.inTurn(() => seal(this.report, author, command, keys, office));
  }

  /** Takes a signature of this member back. */
  withdrawSignature(author: MemberId, seq: Seq): Promise<Result<Seq, SignFailure>> {
    return this.inTurn(() => withdraw(this.report, author, seq));
  }

  private inTurn<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** A new node with text begins with its seed, durable together with the node. */
function outlineEntries(author: MemberId, event: OutlineEvent): readonly CommandDraft[] {
  const subject = event.op === 'create' || event.op === 'title' ? '' : event.op === 'add' ? event.node.id : event.node;
  const entry: CommandDraft = { author, kind: 'outline', subject, payload: encodeEvent(event) };
  return event.op === 'add' && event.node.kind !== 'part' ? [entry, firstText(author, event.node.id, [], 'seed')] : [entry];
}
