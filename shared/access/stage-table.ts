import type { Action, Stage } from './can.ts';

/** Whose turn it is in a report's life, beside their role; one person may hold several (design §5). */
export type Part = 'drafter' | 'checker' | 'countersigner' | 'issuer' | 'consulted';
/** 拟稿人, 核稿人, 会签人, 签发人, 意见单位. */
export const PARTS: readonly Part[] = ['drafter', 'checker', 'countersigner', 'issuer', 'consulted'];

/** Stages in which a report is worked on, in their order. */
export type WorkStage = 'drafting' | 'consulting' | 'revising' | 'checking' | 'countersigning' | 'issuing';
export const WORK_STAGES: readonly WorkStage[] = ['drafting', 'consulting', 'revising', 'checking', 'countersigning', 'issuing'];

/**
 * What a stage makes of a right:
 * - `role`: whoever's role has it;
 * - `parts`: whoever's role has it *and* who holds one of these parts;
 * - `amended`: like `parts`, and only in a chapter that was opened for amendment;
 * - `added`: whoever holds one of these parts, whatever their role;
 * - `role-or`: whoever's role has it, and whoever holds one of these parts besides;
 * - `nobody`.
 */
export type StageRule =
  | { readonly by: 'role' }
  | { readonly by: 'parts' | 'amended' | 'added' | 'role-or'; readonly parts: readonly Part[] }
  | { readonly by: 'nobody' };

const ROLE: StageRule = { by: 'role' };
const NOBODY: StageRule = { by: 'nobody' };
const CHECKER: StageRule = { by: 'parts', parts: ['checker'] };
/** Who may open a chapter for amendment and close it again. */
const AMENDERS: StageRule = { by: 'parts', parts: ['drafter', 'checker'] };
const AMENDED: StageRule = { by: 'amended', parts: ['drafter', 'checker'] };

type Row = Readonly<Record<WorkStage | 'sealed' | 'archived', StageRule>>;

/** A row from its eight cells, in the order of the stages; then 已签发 and 归档. */
function row(...cells: readonly [StageRule, StageRule, StageRule, StageRule, StageRule, StageRule, StageRule, StageRule]): Row {
  const [drafting, consulting, revising, checking, countersigning, issuing, sealed, archived] = cells;
  return { drafting, consulting, revising, checking, countersigning, issuing, sealed, archived };
}

const WORDS = row(ROLE, NOBODY, ROLE, CHECKER, AMENDED, AMENDED, NOBODY, NOBODY);
const UNTIL_SEALED = row(ROLE, ROLE, ROLE, ROLE, ROLE, ROLE, NOBODY, NOBODY);

/**
 * The stage table: who may do what while a report stands where (design §5; the offices' steps and records: 《党政机关公文处理工作条例》,
 * 中办发〔2012〕14号, ch. 5 and art. 25). An action that has no row is the role's in every stage. Server and buttons read this one table.
 */
export const STAGE_TABLE: Readonly<Partial<Record<Action, Row>>> = {
  writeText: WORDS,
  changeOutline: WORDS,
  fillBlank: WORDS,
  acceptSuggestion: WORDS,
  manageBlanks: UNTIL_SEALED,
  ignoreFinding: UNTIL_SEALED,
  comment: UNTIL_SEALED,
  closeThread: UNTIL_SEALED,
  suggest: UNTIL_SEALED,
  declineSuggestion: UNTIL_SEALED,
  manageParts: UNTIL_SEALED,
  moveStage: row(
    { by: 'role-or', parts: ['drafter'] },
    { by: 'role-or', parts: ['drafter'] },
    { by: 'role-or', parts: ['drafter'] },
    { by: 'role-or', parts: ['checker'] },
    { by: 'role-or', parts: ['drafter', 'checker'] },
    { by: 'role-or', parts: ['issuer'] },
    NOBODY,
    NOBODY,
  ),
  amend: row(NOBODY, NOBODY, NOBODY, NOBODY, AMENDERS, AMENDERS, NOBODY, NOBODY),
  sign: row(
    NOBODY,
    NOBODY,
    NOBODY,
    { by: 'added', parts: ['checker'] },
    { by: 'added', parts: ['countersigner'] },
    { by: 'added', parts: ['countersigner', 'issuer'] },
    NOBODY,
    NOBODY,
  ),
  seal: row(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, { by: 'added', parts: ['issuer'] }, NOBODY, NOBODY),
};

/** @returns what a stage makes of a right; the trash is not in the table (`can`) */
export function ruleOf(action: Action, stage: Exclude<Stage, 'trashed'>): StageRule {
  return STAGE_TABLE[action]?.[stage] ?? ROLE;
}
