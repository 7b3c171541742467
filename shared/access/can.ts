import type { MemberId } from '../ids.ts';
import { type Part, ruleOf, type WorkStage } from './stage-table.ts';

/** What an action is about, where that matters. */
export interface Subject {
  readonly chapter?: string;
  /** It was assigned to whoever asks. */
  readonly assigned?: boolean;
  /** The chapter was opened for amendment while the text is frozen. */
  readonly amended?: boolean;
}

/** What a member may do at most in one report. */
export type Role = 'owner' | 'editor' | 'commenter' | 'reader';
export const ROLES: readonly Role[] = ['owner', 'editor', 'commenter', 'reader'];

/** 拟稿 → 征求意见 → 修改 → 核稿 → 会签 → 签发, sealed for good, put away; and the trash, which may be entered from anywhere. */
export type Stage = WorkStage | 'sealed' | 'archived' | 'trashed';

export type Action =
  | 'read'
  | 'readHistory'
  | 'writeText'
  | 'changeOutline'
  | 'manageMembers'
  | 'changeLifecycle'
  | 'appear'
  /** Decides about blanks: who is asked for them, which are none. */
  | 'manageBlanks'
  /** Writes a value into one blank, and nothing else. */
  | 'fillBlank'
  /** Puts on record that a proofreading finding is none, and why. */
  | 'ignoreFinding'
  /** Starts a thread, replies, edits and deletes own words. */
  | 'comment'
  /** Closes a thread with a disposition, opens it again, asks somebody for it. */
  | 'closeThread'
  /** Proposes a change, revises and withdraws own ones. */
  | 'suggest'
  /** Makes a proposed change part of the text. */
  | 'acceptSuggestion'
  | 'declineSuggestion'
  /** Says who holds which part, which stages the path has, until when. */
  | 'manageParts'
  /** Moves the report on to the next stage or sends it back. */
  | 'moveStage'
  /** Opens a chapter of a frozen text for amendment, closes it again. */
  | 'amend'
  | 'sign'
  | 'seal';

/** Who asks: `role` is null for somebody who does not belong to the report. */
export interface Actor {
  readonly member: MemberId;
  readonly role: Role | null;
  /** Left out where somebody holds none. */
  readonly parts?: readonly Part[];
}

const READER: readonly Action[] = ['read', 'appear'];
const COMMENTER: readonly Action[] = [...READER, 'comment', 'suggest'];
const EDITOR: readonly Action[] = [
  ...COMMENTER,
  'readHistory',
  'writeText',
  'changeOutline',
  'manageBlanks',
  'fillBlank',
  'ignoreFinding',
  'closeThread',
  'acceptSuggestion',
  'declineSuggestion',
  'amend',
];
const OWNER: readonly Action[] = [...EDITOR, 'manageMembers', 'changeLifecycle', 'manageParts', 'moveStage'];

const BY_ROLE: Record<Role, ReadonlySet<Action>> = {
  owner: new Set(OWNER),
  editor: new Set(EDITOR),
  commenter: new Set(COMMENTER),
  reader: new Set(READER),
};

/** What somebody may do with the one thing that was assigned to them, whatever their role. */
const WHEN_ASSIGNED: ReadonlySet<Action> = new Set<Action>(['fillBlank']);
/** A report in the trash is there for its owners only, to be looked at and brought back. */
const IN_TRASH: ReadonlySet<Action> = new Set<Action>(['read', 'readHistory', 'changeLifecycle', 'appear']);

/**
 * The one answer to "may they?", asked by HTTP, by the socket and by every button: a right is the role cut by the stage (`STAGE_TABLE`);
 * a part adds only what that table names. `subject` names the chapter where that matters; a chapter's owner is only who is asked for it
 * and gains nothing by it.
 */
export function can(actor: Actor, action: Action, subject: Subject | null, stage: Stage): boolean {
  const { role, parts = [] } = actor;
  if (role === null) return false;
  if (stage === 'trashed') return role === 'owner' && IN_TRASH.has(action);
  const byRole = BY_ROLE[role].has(action);
  const assigned = WHEN_ASSIGNED.has(action) && subject?.assigned === true;
  const rule = ruleOf(action, stage);
  switch (rule.by) {
    case 'role':
      return byRole || assigned;
    case 'parts':
      return byRole && holds(parts, rule.parts);
    case 'amended':
      return byRole && subject?.amended === true && holds(parts, rule.parts);
    case 'added':
      return holds(parts, rule.parts);
    case 'role-or':
      return byRole || holds(parts, rule.parts);
    case 'nobody':
      return false;
  }
}

function holds(held: readonly Part[], wanted: readonly Part[]): boolean {
  return held.some((part) => wanted.includes(part));
}

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}
