import type { MemberId, Seq } from '../../../shared/ids.ts';
import { encodeEvent } from '../../../shared/log/codec.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { decideStages, type StageCommand, type StageRefusal } from '../../../shared/stages/decide.ts';
import type { GateRow } from '../../../shared/stages/gate.ts';
import { isFrozen } from '../../../shared/stages/stages.ts';
import type { ProofOffice } from '../proofreading.ts';
import type { Report } from '../report.ts';
import { textNode } from '../report-fold.ts';
import { gateOf } from './gate.ts';

export interface StageFailure {
  readonly code: StageRefusal | 'forbidden';
  /** What was open when the gate said no. */
  readonly gate?: readonly GateRow[];
}

/** The right that a command needs. */
export function actionOf(command: StageCommand) {
  switch (command.op) {
    case 'move':
      return 'moveStage' as const;
    case 'amend':
    case 'close':
      return 'amend' as const;
    default:
      return 'manageParts' as const;
  }
}

/**
 * Changes where a report stands or who has which part in it. To be called in turn with the report's other commands.
 * @returns the entry's seq, or the head when it stood so already
 */
export async function changeStages(
  report: Report,
  author: MemberId,
  command: StageCommand,
  office: ProofOffice,
): Promise<Result<Seq, StageFailure>> {
  const subject = 'chapter' in command ? command.chapter : null;
  const may = () => report.may(author, actionOf(command), subject);
  if (!may()) return err({ code: 'forbidden' });
  if (command.op === 'move' && command.overrides?.length && report.roleOf(author) !== 'owner') return err({ code: 'forbidden' });
  const forGate = command.op === 'move' && isFrozen(command.to) && !isFrozen(command.from);
  // What is being written now belongs to what the gate looks at.
  if (forGate) await report.whenDurable();
  const gate = forGate ? await gateOf(report, office) : [];
  const { fold } = report;
  const decided = decideStages(
    {
      stages: fold.stages,
      gate,
      belongs: (member) => report.roleOf(member) !== null,
      hasText: (chapter) => textNode(fold.outline, chapter) !== null,
    },
    command,
  );
  if (!decided.ok) return err({ code: decided.error, ...(decided.error.startsWith('gate-') ? { gate } : {}) });
  if (decided.value === null) return ok(report.head());
  // While the gate was looked at the right may have been taken away.
  if (!may()) return err({ code: 'forbidden' });
  const event = decided.value;
  const draft = { author, kind: 'stage', subject: subject ?? '', payload: encodeEvent(event) } as const;
  const [entry] = await report.appendAndWait([draft], { stages: event });
  return ok(entry?.seq ?? report.head());
}
