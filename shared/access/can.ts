import type { MemberId } from '../ids.ts';

/** What an action is about, where that matters. */
export interface Subject {
  readonly chapter?: string;
  /** It was assigned to whoever asks. */
  readonly assigned?: boolean;
}

/** What a member may do at most in one report. */
export type Role = 'owner' | 'editor' | 'commenter' | 'reader';
export const ROLES: readonly Role[] = ['owner', 'editor', 'commenter', 'reader'];

/**
 * 拟稿 → 征求意见 → 修改 → 核稿 → 会签 → 签发 → 归档; and the trash, which may be entered from anywhere. Until stages are built, `drafting`,
 * `archived` and `trashed` are reachable.
 */
export type Stage = 'drafting' | 'consulting' | 'revising' | 'checking' | 'countersigning' | 'issuing' | 'archived' | 'trashed';

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
  | 'fillBlank';

/** Who asks: `role` is null for somebody who does not belong to the report. */
export interface Actor {
  readonly member: MemberId;
  readonly role: Role | null;
}

const BY_ROLE: Record<Role, ReadonlySet<Action>> = {
  owner: new Set<Action>([
    'read',
    'readHistory',
    'writeText',
    'changeOutline',
    'manageMembers',
    'changeLifecycle',
    'appear',
    'manageBlanks',
    'fillBlank',
  ]),
  editor: new Set<Action>(['read', 'readHistory', 'writeText', 'changeOutline', 'appear', 'manageBlanks', 'fillBlank']),
  commenter: new Set<Action>(['read', 'appear']),
  reader: new Set<Action>(['read', 'appear']),
};

/** Actions that change the report's words; a stage may take them from everybody (design §5). */
const CHANGES_WORDS: ReadonlySet<Action> = new Set<Action>(['writeText', 'changeOutline', 'fillBlank']);
/** What somebody may do with the one thing that was assigned to them, whatever their role. */
const WHEN_ASSIGNED: ReadonlySet<Action> = new Set<Action>(['fillBlank']);
/** Arranges the work on the words: as long as there is any. */
const ARRANGES: ReadonlySet<Action> = new Set<Action>(['manageBlanks']);
/** A report in the trash is there for its owners only, to be looked at and brought back. */
const IN_TRASH: ReadonlySet<Action> = new Set<Action>(['read', 'readHistory', 'changeLifecycle', 'appear']);
const OPEN_STAGES: ReadonlySet<Stage> = new Set<Stage>(['drafting', 'revising', 'checking']);

/**
 * The one answer to "may they?", asked by HTTP, by the socket and by every button: a right is the role cut by the stage.
 * `subject` names the chapter where that matters; a chapter's owner is only who is asked for it and gains nothing by it.
 */
export function can(actor: Actor, action: Action, subject: Subject | null, stage: Stage): boolean {
  if (actor.role === null) return false;
  if (!BY_ROLE[actor.role].has(action) && !(WHEN_ASSIGNED.has(action) && subject?.assigned === true)) return false;
  if (stage === 'trashed') return actor.role === 'owner' && IN_TRASH.has(action);
  if (stage === 'archived' && ARRANGES.has(action)) return false;
  return !CHANGES_WORDS.has(action) || OPEN_STAGES.has(stage);
}

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value);
}
