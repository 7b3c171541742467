import type { HistoryKind } from '../../../shared/api/history.ts';

/** Kinds of changes as people call them; each stands for some kinds of entries, and every kind of entry belongs to one. */
export const GROUPS = {
  text: ['text', 'suggestion', 'redaction'],
  outline: ['outline'],
  blank: ['blank'],
  proofreading: ['proofreading'],
  comment: ['thread'],
  signOff: ['stage', 'signOff', 'seal'],
  revision: ['revision'],
  matters: ['particulars', 'members', 'lifecycle'],
} as const satisfies Readonly<Record<string, readonly HistoryKind[]>>;

export type Group = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[];

/** The group whose kinds are asked for; null = every change. */
export function groupOf(kinds: readonly HistoryKind[] | undefined): Group | null {
  return GROUP_NAMES.find((group) => GROUPS[group].join() === kinds?.join()) ?? null;
}

/** Does the report hold anything of this group? */
export function isHeld(group: Group, held: readonly HistoryKind[]): boolean {
  return GROUPS[group].some((kind) => held.includes(kind));
}
