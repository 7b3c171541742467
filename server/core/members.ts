import type { Role } from '../../shared/access/can.ts';
import type { ReportMember } from '../../shared/api.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { MembersEvent } from '../../shared/log/entry.ts';
import type { Result } from '../../shared/result.ts';
import { err, ok } from '../../shared/result.ts';

/** Who belongs to the report, as a fold over its `members` entries. Order of joining; those who left stay in the record. */
export type Members = readonly ReportMember[];

export const NO_MEMBERS: Members = [];
const COLOURS = 6;

/** One entry applied; total: an event about somebody unknown changes nothing. */
export function reduceMembers(members: Members, event: MembersEvent): Members {
  switch (event.op) {
    case 'join': {
      const known = members.find((member) => member.id === event.member);
      if (known === undefined) {
        const colour = (members.length % COLOURS) + 1;
        return [...members, { id: event.member, name: event.name, role: event.role, colour, left: false }];
      }
      return replace(members, { ...known, name: event.name, role: event.role, left: false });
    }
    case 'role':
    case 'name':
    case 'leave': {
      const known = members.find((member) => member.id === event.member);
      if (known === undefined) return members;
      if (event.op === 'leave') return replace(members, { ...known, left: true });
      return replace(members, event.op === 'role' ? { ...known, role: event.role } : { ...known, name: event.name });
    }
  }
}

function replace(members: Members, changed: ReportMember): Members {
  return members.map((member) => (member.id === changed.id ? changed : member));
}

/** @returns the role of a present member, null for everybody else. */
export function roleIn(members: Members, id: MemberId): Role | null {
  const member = members.find((other) => other.id === id);
  return member === undefined || member.left ? null : member.role;
}

export type MembersCommand =
  | { readonly op: 'set'; readonly member: MemberId; readonly name: string; readonly role: Role }
  | { readonly op: 'name'; readonly member: MemberId; readonly name: string }
  | { readonly op: 'leave'; readonly member: MemberId };

/** `last-owner`: a report can't be left without an owner (design §5). */
export type MembersRefusal = { readonly code: 'last-owner' } | { readonly code: 'no-such-member' };

/** Judges a change of members; rights are not asked here. @returns null as value when nothing changes. */
export function decideMembers(members: Members, command: MembersCommand): Result<MembersEvent | null, MembersRefusal> {
  const role = roleIn(members, command.member);
  if (command.op === 'leave') {
    if (role === null) return err({ code: 'no-such-member' });
    return isLastOwner(members, command.member) ? err({ code: 'last-owner' }) : ok({ op: 'leave', member: command.member });
  }
  if (command.op === 'name') {
    // Who has left keeps the name they left with.
    if (role === null) return err({ code: 'no-such-member' });
    const known = members.some((member) => member.id === command.member && member.name === command.name);
    return ok(known ? null : { op: 'name', member: command.member, name: command.name });
  }
  if (role === null) return ok({ op: 'join', member: command.member, name: command.name, role: command.role });
  if (role === command.role) return ok(null);
  if (command.role !== 'owner' && isLastOwner(members, command.member)) return err({ code: 'last-owner' });
  return ok({ op: 'role', member: command.member, role: command.role });
}

function isLastOwner(members: Members, id: MemberId): boolean {
  return members.filter((member) => !member.left && member.role === 'owner').every((member) => member.id === id);
}
