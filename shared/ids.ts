/**
 * Ids are made by the server only, 16 to 26 characters of [a-z0-9], and are opaque everywhere else.
 * They name files on disk, so every boundary parses them again (docs/SPEC.md AC2).
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ReportId = Branded<'ReportId'>;
/** A node of the outline. A node with text is a chapter's (or passage's) room. */
export type NodeId = Branded<'NodeId'>;
/** Alias used where the node is known to have text of its own. */
export type ChapterId = NodeId;
export type MemberId = Branded<'MemberId'>;
/** One number of a report's log: 1, 2, 3 … without gaps. 0 stands for "before the first entry". */
export type Seq = number;
/** A Yjs writer id. Bound for ever, within a report, to the first member who used it. */
export type ClientId = number;

const ID = /^[a-z0-9]{16,26}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

export function parseReportId(value: unknown): ReportId | null {
  return isId(value) ? (value as ReportId) : null;
}

export function parseNodeId(value: unknown): NodeId | null {
  return isId(value) ? (value as NodeId) : null;
}

export function parseMemberId(value: unknown): MemberId | null {
  return isId(value) ? (value as MemberId) : null;
}

/** `<reportId>` is the report's own event socket, `<reportId>/<chapterId>` a chapter's room (design: one room, one Yjs document). */
export type RoomName = { readonly report: ReportId; readonly chapter: ChapterId | null };

export function formatRoomName(name: RoomName): string {
  return name.chapter === null ? name.report : `${name.report}/${name.chapter}`;
}

/** @returns null for anything that is not exactly one or two ids joined by a slash. */
export function parseRoomName(value: string): RoomName | null {
  const [first, second, ...rest] = value.split('/');
  if (rest.length > 0) return null;
  const report = parseReportId(first);
  if (report === null) return null;
  if (second === undefined) return { report, chapter: null };
  const chapter = parseNodeId(second);
  return chapter === null ? null : { report, chapter };
}
