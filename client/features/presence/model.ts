import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { parseNodeId } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** Report socket's message: place ('' = the report alone) → who is there. */
export type Places = Readonly<Record<string, readonly MemberId[]>>;

/** Somebody who has the report open, and in which chapter. */
export interface PresentPerson {
  readonly face: Face;
  /** null: in no chapter. */
  readonly place: NodeId | null;
}

/** Everybody else who is here, in order of joining; who is in several chapters is shown in the first of the outline's order. */
export function presentPeople(
  places: Places,
  faces: ReadonlyMap<MemberId, Face>,
  members: readonly ReportMember[],
  order: readonly NodeId[],
  me: MemberId,
): readonly PresentPerson[] {
  const placeOf = new Map<MemberId, NodeId | null>();
  for (const id of order) for (const member of places[id] ?? []) if (!placeOf.has(member)) placeOf.set(member, id);
  for (const member of Object.values(places).flat()) if (!placeOf.has(member)) placeOf.set(member, null);
  return members.flatMap((member) => {
    const place = placeOf.get(member.id);
    const face = faces.get(member.id);
    return place === undefined || face === undefined || member.id === me ? [] : [{ face, place }];
  });
}

/** Who is in which chapter, oneself left out. */
export function facesByChapter(places: Places, faces: ReadonlyMap<MemberId, Face>, me: MemberId): ReadonlyMap<NodeId, readonly Face[]> {
  const result = new Map<NodeId, readonly Face[]>();
  for (const [place, members] of Object.entries(places)) {
    const id = parseNodeId(place);
    if (id === null) continue;
    const here = members.filter((member) => member !== me).flatMap((member) => faces.get(member) ?? []);
    if (here.length > 0) result.set(id, here);
  }
  return result;
}
