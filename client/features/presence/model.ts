import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** Report socket's message: room ('' = the report alone) → who has it open. Several rooms are open around where somebody reads. */
export type Places = Readonly<Record<string, readonly MemberId[]>>;
/** Report socket's message: chapter → whose caret is in it, whether the chapter is open here or not. */
export type Carets = Readonly<Record<string, readonly MemberId[]>>;

/** Somebody who has the report open, and where. */
export interface PresentPerson {
  readonly face: Face;
  /** null: in no chapter. */
  readonly place: NodeId | null;
  /** The caret is there; else it is the middle of what is open around the person. */
  readonly exact: boolean;
}

/**
 * Everybody else who is here, in order of joining.
 * @param order chapters in document order
 */
export function presentPeople(
  places: Places,
  carets: Carets,
  faces: ReadonlyMap<MemberId, Face>,
  members: readonly ReportMember[],
  order: readonly NodeId[],
  me: MemberId,
): readonly PresentPerson[] {
  const here = new Set([...Object.values(places).flat(), ...Object.values(carets).flat()]);
  return members.flatMap((member): PresentPerson[] => {
    const face = faces.get(member.id);
    if (face === undefined || member.id === me || !here.has(member.id)) return [];
    const caret = order.find((chapter) => carets[chapter]?.includes(member.id));
    if (caret !== undefined) return [{ face, place: caret, exact: true }];
    const rooms = order.filter((chapter) => places[chapter]?.includes(member.id));
    return [{ face, place: rooms[Math.floor((rooms.length - 1) / 2)] ?? null, exact: false }];
  });
}

/** Who is in which chapter. */
export function facesByChapter(people: readonly PresentPerson[]): ReadonlyMap<NodeId, readonly Face[]> {
  const result = new Map<NodeId, Face[]>();
  for (const { face, place } of people) if (place !== null) result.set(place, [...(result.get(place) ?? []), face]);
  return result;
}
