import type { BlanksCommand, BlankView, FillCommand, FillDone, FilledMeanwhile, ValueFault } from '../../../shared/api/blanks.ts';
import type { BlankEvent } from '../../../shared/blanks/blank.ts';
import { unitNames } from '../../../shared/blanks/blank.ts';
import { checkValue } from '../../../shared/blanks/value.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import { encodeEvent, encodeTextPayload } from '../../../shared/log/codec.ts';
import type { OutlineEvent } from '../../../shared/outline/outline.ts';
import { parseSingleLine } from '../../../shared/outline/single-line.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CommandDraft } from '../new-report.ts';
import type { Report } from '../report.ts';
import { blanksOf, isAssignedTo, type JoinedBlank, lineBlanksOf } from './view.ts';

export type BlankFailure =
  /** Not assigned to this member, who may not write either. */
  | { readonly code: 'forbidden' }
  | { readonly code: 'no-such-blank' }
  | { readonly code: 'no-such-member' }
  | { readonly code: 'blank-filled'; readonly details: FilledMeanwhile }
  | { readonly code: 'blank-bad-value' | 'blank-doubt'; readonly details: ValueFault }
  /** Somebody types in that chapter without a pause. */
  | { readonly code: 'conflict' }
  | { readonly code: 'blank-nothing' };

/** How often a filling is planned anew because somebody typed in the chapter meanwhile. */
const TRIES = 40;

/**
 * Puts a value where a blank stands, in one entry with the note of its source, under the name of whoever fills it. Somebody who may not write
 * may do so where the blank is assigned to them, and nowhere else. To be called in turn with the report's other commands.
 */
export async function fillBlank(report: Report, author: MemberId, command: FillCommand): Promise<Result<FillDone, BlankFailure>> {
  if (command.blank.includes('.line.')) return fillLine(report, author, command);
  for (let tries = 0; tries < TRIES; tries += 1) {
    // What was typed and is not durable yet is waited for: the value would stand beside it.
    await report.whenDurable();
    const blank = named(await blanksOf(report), command.blank);
    if (blank === null) return err({ code: 'no-such-blank' });
    const judged = judgeFill(report, author, blank, command);
    if (!judged.ok) return judged;
    const { view } = blank;
    const before = report.stateVector(view.chapter, 'admitted');
    const question = { chapter: view.chapter, at: view.at, value: judged.value };
    const update = await report.readEngine().history(report.id, 'fill', question);
    if (!mayFill(report, author, blank)) return err({ code: 'forbidden' });
    const quiet =
      sameBytes(before, report.stateVector(view.chapter, 'admitted')) && sameBytes(before, report.stateVector(view.chapter, 'committed'));
    if (update === null || !quiet) continue;
    const event: BlankEvent = { op: 'fill', blank: blank.anchor, was: command.was, value: judged.value, source: command.source.trim() };
    const payload = encodeTextPayload({ via: 'blank', offlineSince: 0, wordsOf: null, update });
    const entries = await report.appendAndWait([
      { author, kind: 'text', subject: view.chapter, payload },
      draft(author, view.chapter, event),
    ]);
    return ok({ seq: entries[0]?.seq ?? report.head(), value: judged.value });
  }
  return err({ code: 'conflict' });
}

function judgeFill(report: Report, author: MemberId, blank: JoinedBlank, command: FillCommand): Result<string, BlankFailure> {
  const { view } = blank;
  if (!mayFill(report, author, blank)) return err({ code: 'forbidden' });
  if (view.state === 'gone') return err({ code: 'no-such-blank' });
  const is = view.state === 'filled' ? view.value : view.mask;
  if (is !== command.was) return err({ code: 'blank-filled', details: { is, by: view.filled?.by ?? null } });
  const judged = judgeValue(view, command);
  return judged.ok && judged.value === is ? err({ code: 'blank-nothing' }) : judged;
}

function judgeValue(blank: Pick<BlankView, 'kind' | 'unit'>, { value, sure }: FillCommand): Result<string, BlankFailure> {
  const checked = checkValue(blank, value);
  if (checked.refusal !== null) return err({ code: 'blank-bad-value', details: checked });
  return checked.doubts.length > 0 && !sure ? err({ code: 'blank-doubt', details: checked }) : ok(checked.value);
}

/** A mask in the title or a heading: the line gets its value like any change of the outline. */
async function fillLine(report: Report, author: MemberId, command: FillCommand): Promise<Result<FillDone, BlankFailure>> {
  if (!report.may(author, 'changeOutline', null)) return err({ code: 'forbidden' });
  const blank = lineBlanksOf(report).find(({ view }) => view.id === command.blank);
  if (blank === undefined || blank.view.mask !== command.was) return err({ code: 'no-such-blank' });
  const judged = judgeValue(blank.view, command);
  if (!judged.ok) return judged;
  const { line, offset, view } = blank;
  const is = line.slice(0, offset) + judged.value + line.slice(offset + view.mask.length);
  if (parseSingleLine(is) !== is)
    return err({ code: 'blank-bad-value', details: { value: judged.value, refusal: 'too-long', doubts: [] } });
  const node = report.fold.outline.nodes.find(({ id }) => id === view.chapter);
  const event: OutlineEvent =
    node === undefined ? { op: 'title', was: line, title: is } : { op: 'heading', node: node.id, was: line, heading: is, form: node.form };
  const entries = await report.appendAndWait([{ author, kind: 'outline', subject: node?.id ?? '', payload: encodeEvent(event) }]);
  return ok({ seq: entries[0]?.seq ?? report.head(), value: judged.value });
}

/** Whoever was asked for a blank may fill it while it waits, and put right what they themselves filled in. */
function mayFill(report: Report, member: MemberId, { view }: JoinedBlank): boolean {
  const assigned = isAssignedTo(view, member) && (view.state === 'open' || (view.state === 'filled' && view.filled?.by === member));
  return report.may(member, 'fillBlank', view.chapter, assigned) && report.damage === null;
}

/** Takes one's own filling back: the mask stands again as it stood, and is the same blank. */
export async function unfillBlank(report: Report, author: MemberId, seq: Seq): Promise<Result<Seq, BlankFailure>> {
  const blank = (await blanksOf(report)).find(({ view }) => view.state === 'filled' && view.filled?.seq === seq && !view.filled.byHand);
  if (blank === undefined) return err({ code: 'blank-nothing' });
  if (!mayFill(report, author, blank) || blank.view.filled?.by !== author) return err({ code: 'forbidden' });
  const { chapter } = blank.view;
  const plan = await report.readEngine().history(report.id, 'unreplace', { chapter, seq, by: author });
  if (plan === null || plan.back === 0) return err({ code: 'blank-nothing' });
  const payload = encodeTextPayload({ via: 'restore', offlineSince: 0, wordsOf: null, restored: plan.restored, update: plan.update });
  const entries = await report.appendAndWait([
    { author, kind: 'text', subject: chapter, payload },
    draft(author, chapter, { op: 'clear', blank: blank.anchor }),
  ]);
  return ok(entries[0]?.seq ?? report.head());
}

/** Who is asked for blanks, which are none, where a value comes from: entries of their own; no word of the text changes. */
export async function manageBlanks(report: Report, author: MemberId, command: BlanksCommand): Promise<Result<Seq, BlankFailure>> {
  const blanks = await blanksOf(report);
  // While this waited for its turn the right may have gone.
  if (!report.may(author, 'manageBlanks', null)) return err({ code: 'forbidden' });
  const wanted = command.op === 'assign' ? command.blanks : [command.blank];
  const found = wanted.map((id) => named(blanks, id));
  if (found.some((blank) => blank === null)) return err({ code: 'no-such-blank' });
  if (command.op === 'assign' && command.to !== null && report.roleOf(command.to) === null) return err({ code: 'no-such-member' });
  const drafts = found.flatMap((blank) => {
    const event = blank === null ? null : decide(blank, command);
    return blank === null || event === null ? [] : [draft(author, blank.view.chapter, event)];
  });
  if (drafts.length === 0) return ok(report.head());
  const entries = await report.appendAndWait(drafts);
  return ok(entries.at(-1)?.seq ?? report.head());
}

/** @returns null where it stands so already */
function decide({ view, anchor }: JoinedBlank, command: BlanksCommand): BlankEvent | null {
  switch (command.op) {
    case 'assign': {
      const { to, due } = command;
      if (to === null ? view.assigned === null : view.assigned?.to === to && view.assigned.due === due) return null;
      return { op: 'assign', blank: anchor, to, due: to === null ? null : due };
    }
    case 'dismiss':
      return view.state === 'open' || view.state === 'hint' ? { op: 'dismiss', blank: anchor, reason: command.reason.trim() } : null;
    case 'claim':
      return view.state === 'dismissed' || view.state === 'hint' ? { op: 'claim', blank: anchor } : null;
    case 'source':
      return view.state !== 'filled' || view.filled?.source === command.source.trim()
        ? null
        : { op: 'source', blank: anchor, value: view.value, source: command.source.trim() };
  }
}

function named(blanks: readonly JoinedBlank[], id: string): JoinedBlank | null {
  return (
    blanks.find(({ view }) => view.id === id) ??
    blanks.find(({ anchor, view }) => view.state !== 'gone' && unitNames(anchor).includes(id)) ??
    null
  );
}

function draft(author: MemberId, chapter: ChapterId, event: BlankEvent): CommandDraft {
  return { author, kind: 'blank', subject: chapter, payload: encodeEvent(event) };
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
