import { type Part, WORK_STAGES, type WorkStage } from '../access/stage-table.ts';
import type { MemberId, NodeId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { type GateRow, openRows } from './gate.ts';
import { holders, isAmended, isFrozen, type Override, partsOf, type StageEvent, type Stages } from './stages.ts';

/** What people ask for; rights are asked before (`can`). */
export type StageCommand =
  | { readonly op: 'path'; readonly path: readonly WorkStage[] }
  | { readonly op: 'parts'; readonly member: MemberId; readonly parts: readonly Part[]; readonly reason?: string }
  | { readonly op: 'deadline'; readonly stage: WorkStage; readonly due: string | null }
  | {
      readonly op: 'move';
      /** Where the report stood when they asked: two who move it on at once move it once. */
      readonly from: WorkStage;
      readonly to: WorkStage;
      readonly reason?: string;
      readonly overrides?: readonly { readonly item: string; readonly reason: string }[];
    }
  | { readonly op: 'amend'; readonly chapter: NodeId; readonly reason: string }
  | { readonly op: 'close'; readonly chapter: NodeId }
  | { readonly op: 'editorial'; readonly keeps: boolean };

export type StageRefusal =
  /** The report stands in another stage by now. */
  | 'stage-moved'
  | 'stage-unreachable'
  /** 拟稿 first, 签发 last, in their order, and the stage it stands in is on it. */
  | 'path-invalid'
  /** From 会签 on the path stands. */
  | 'path-fixed'
  | 'reason-missing'
  | 'reason-too-long'
  /** The drafter cannot be the one who issues. */
  | 'drafter-issues'
  /** Somebody who signs must be named before the report comes to them. */
  | 'signers-missing'
  | 'not-a-member'
  | 'no-such-chapter'
  | 'not-frozen'
  /** Chapters are open for amendment. */
  | 'amending'
  | 'due-invalid'
  /** The gate has open hard items. */
  | 'gate-closed'
  /** The gate has open soft items without a reason. */
  | 'gate-unanswered';

export const REASON_MOST = 500;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export interface StageFacts {
  readonly stages: Stages;
  belongs(member: MemberId): boolean;
  hasText(chapter: NodeId): boolean;
  /** What is open, as the gate saw it; asked for when the report is moved on into 会签 or 签发. */
  readonly gate: readonly GateRow[];
}

/** Judges a command. @returns the event; null when it stands so already */
export function decideStages(facts: StageFacts, command: StageCommand): Result<StageEvent | null, StageRefusal> {
  const { stages } = facts;
  const reason = ('reason' in command ? (command.reason ?? '') : '').trim();
  if ([...reason].length > REASON_MOST) return err('reason-too-long');
  switch (command.op) {
    case 'path':
      return decidePath(stages, command.path);
    case 'parts':
      return decideParts(facts, command.member, command.parts, reason);
    case 'deadline': {
      if (command.due !== null && !DAY.test(command.due)) return err('due-invalid');
      if ((stages.deadlines[command.stage] ?? null) === command.due) return ok(null);
      return ok({ op: 'deadline', stage: command.stage, due: command.due });
    }
    case 'move':
      return decideMove(facts, command.from, command.to, reason, command.overrides ?? []);
    case 'amend':
      if (!isFrozen(stages.stage)) return err('not-frozen');
      if (!facts.hasText(command.chapter)) return err('no-such-chapter');
      if (reason === '') return err('reason-missing');
      return ok(isAmended(stages, command.chapter) ? null : { op: 'amend', chapter: command.chapter, reason });
    case 'close':
      return ok(isAmended(stages, command.chapter) ? { op: 'close', chapter: command.chapter } : null);
    case 'editorial':
      return ok(stages.editorialKeeps === command.keeps ? null : { op: 'editorial', keeps: command.keeps });
  }
}

function decidePath(stages: Stages, path: readonly WorkStage[]): Result<StageEvent | null, StageRefusal> {
  if (isFrozen(stages.stage)) return err('path-fixed');
  const places = path.map((stage) => WORK_STAGES.indexOf(stage));
  const inOrder = places.every((place, index) => place >= 0 && (index === 0 || place > places[index - 1]!));
  if (!inOrder || path[0] !== 'drafting' || path.at(-1) !== 'issuing' || !path.includes(stages.stage)) return err('path-invalid');
  return ok(path.join() === stages.path.join() ? null : { op: 'path', path });
}

function decideParts(
  { stages, belongs }: StageFacts,
  member: MemberId,
  parts: readonly Part[],
  reason: string,
): Result<StageEvent | null, StageRefusal> {
  if (parts.length > 0 && !belongs(member)) return err('not-a-member');
  if (parts.includes('drafter') && parts.includes('issuer')) return err('drafter-issues');
  const held = partsOf(stages, member);
  if (held.length === parts.length && held.every((part) => parts.includes(part))) return ok(null);
  return ok({ op: 'parts', member, parts: [...new Set(parts)], reason });
}

function decideMove(
  { stages, gate }: StageFacts,
  from: WorkStage,
  to: WorkStage,
  reason: string,
  answers: readonly { readonly item: string; readonly reason: string }[],
): Result<StageEvent | null, StageRefusal> {
  if (from !== stages.stage) return err('stage-moved');
  const [at, wanted] = [stages.path.indexOf(from), stages.path.indexOf(to)];
  if (wanted < 0 || wanted === at || wanted > at + 1) return err('stage-unreachable');
  if (wanted < at) return reason === '' ? err('reason-missing') : ok({ op: 'move', from, to, reason, overrides: [] });
  if (stages.amendments.length > 0) return err('amending');
  const signer: Part | null =
    to === 'countersigning' ? 'countersigner' : to === 'issuing' ? 'issuer' : to === 'checking' ? 'checker' : null;
  if (signer !== null && holders(stages, signer).length === 0) return err('signers-missing');
  if (!isFrozen(to)) return ok({ op: 'move', from, to, reason, overrides: [] });
  const open = openRows(gate);
  if (open.some(({ hard }) => hard)) return err('gate-closed');
  const overrides: Override[] = [];
  for (const { item, count } of open) {
    const answer = answers.find((other) => other.item === item)?.reason.trim() ?? '';
    if (answer === '') return err('gate-unanswered');
    if ([...answer].length > REASON_MOST) return err('reason-too-long');
    overrides.push({ item, count, reason: answer });
  }
  return ok({ op: 'move', from, to, reason, overrides });
}
