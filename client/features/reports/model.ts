import type { Stage } from '../../../shared/access/can.ts';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { EntryKind } from '../../../shared/log/entry.ts';

export const SHOWS = ['mine', 'owned', 'archived', 'trashed'] as const;
export type Show = (typeof SHOWS)[number];

/** Whether a report stands in the list that is looked at. */
export function isIn(show: Show, { standing, role }: Pick<HomeReport, 'standing' | 'role'>): boolean {
  if (show === 'archived' || show === 'trashed') return standing === show;
  return standing === 'active' && (show === 'mine' || role === 'owner');
}

/** The path of a report's work, in order. */
export const STEPS: readonly Stage[] = ['drafting', 'consulting', 'revising', 'checking', 'countersigning', 'issuing'];

/** Kinds of entries that have words of their own on the first screen. */
const TOLD = ['text', 'outline', 'members', 'particulars', 'lifecycle', 'revision', 'blank', 'proofreading', 'thread'] as const;

export function toldKind(kind: EntryKind): (typeof TOLD)[number] | 'other' {
  return TOLD.find((told) => told === kind) ?? 'other';
}
