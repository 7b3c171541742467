import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** How many colours there are before a second round begins. */
const ROUND = 6;

/** Members in order of joining, as everybody is drawn: the seventh has the first colour again, with a dotted edge. */
export function facesOf(members: readonly ReportMember[]): ReadonlyMap<MemberId, Face> {
  return new Map(
    members.map((member, index) => [member.id, { id: member.id, name: member.name, colour: member.colour, secondRound: index >= ROUND }]),
  );
}
