import { PARTS, type Part, WORK_STAGES, type WorkStage } from '../access/stage-table.ts';
import type { MemberId, NodeId, Seq } from '../ids.ts';
import type { EntryHeader } from '../log/entry.ts';

/** Payload of kind `stage` (JSON). */
export type StageEvent =
  | { readonly op: 'path'; readonly path: readonly WorkStage[] }
  /** The whole set of a member's parts. `reason` is there when a part was handed over. */
  | { readonly op: 'parts'; readonly member: MemberId; readonly parts: readonly Part[]; readonly reason: string }
  | { readonly op: 'deadline'; readonly stage: WorkStage; readonly due: string | null }
  | {
      readonly op: 'move';
      readonly from: WorkStage;
      readonly to: WorkStage;
      /** Required when the report is sent back. */
      readonly reason: string;
      /** Soft items that were open and passed over, with the reason. */
      readonly overrides: readonly Override[];
    }
  | { readonly op: 'amend'; readonly chapter: NodeId; readonly reason: string }
  | { readonly op: 'close'; readonly chapter: NodeId }
  /** May editorial changes leave signatures as they are? */
  | { readonly op: 'editorial'; readonly keeps: boolean };

/** An item of the gate that was passed over. */
export interface Override {
  readonly item: string;
  readonly count: number;
  readonly reason: string;
}

/** A chapter open for amendment while the text is frozen. */
export interface Amendment {
  readonly chapter: NodeId;
  readonly reason: string;
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** The report was moved on or sent back. */
export interface StageMove {
  readonly from: WorkStage;
  readonly to: WorkStage;
  readonly reason: string;
  readonly overrides: readonly Override[];
  readonly by: MemberId;
  readonly at: number;
  readonly seq: Seq;
}

/** Where a report stands on its path, and who has which part in it. */
export interface Stages {
  readonly path: readonly WorkStage[];
  readonly stage: WorkStage;
  readonly parts: readonly { readonly member: MemberId; readonly parts: readonly Part[] }[];
  /** By stage, YYYY-MM-DD. */
  readonly deadlines: Readonly<Partial<Record<WorkStage, string>>>;
  readonly amendments: readonly Amendment[];
  /** Oldest first. */
  readonly moves: readonly StageMove[];
  readonly editorialKeeps: boolean;
}

/** Paths offered when a report is made; 拟稿 is always the first stage and 签发 the last. */
export const PATH_PRESETS: Readonly<Record<'full' | 'short' | 'checked', readonly WorkStage[]>> = {
  full: WORK_STAGES,
  checked: ['drafting', 'consulting', 'revising', 'checking', 'issuing'],
  short: ['drafting', 'countersigning', 'issuing'],
};
export type PathPreset = keyof typeof PATH_PRESETS;

export const FIRST_STAGES: Stages = {
  path: PATH_PRESETS.full,
  stage: 'drafting',
  parts: [],
  deadlines: {},
  amendments: [],
  moves: [],
  editorialKeeps: false,
};

export function partsOf(stages: Stages, member: MemberId): readonly Part[] {
  return stages.parts.find((held) => held.member === member)?.parts ?? [];
}

export function holders(stages: Stages, part: Part): readonly MemberId[] {
  return stages.parts.filter(({ parts }) => parts.includes(part)).map(({ member }) => member);
}

export function isAmended(stages: Stages, chapter: NodeId): boolean {
  return stages.amendments.some((amendment) => amendment.chapter === chapter);
}

/** The text is frozen: changed only in a chapter opened for amendment. */
export function isFrozen(stage: WorkStage): boolean {
  return stage === 'countersigning' || stage === 'issuing';
}

/** @returns the stage after the one the report stands in; null at the end of the path */
export function nextStage({ path, stage }: Stages): WorkStage | null {
  return path[path.indexOf(stage) + 1] ?? null;
}

type Header = Pick<EntryHeader, 'author' | 'at' | 'seq'>;

/** One entry applied; total. */
export function reduceStages(stages: Stages, event: StageEvent, header: Header): Stages {
  const set = { by: header.author, at: header.at, seq: header.seq };
  switch (event.op) {
    case 'path':
      return { ...stages, path: event.path };
    case 'parts': {
      const others = stages.parts.filter(({ member }) => member !== event.member);
      if (event.parts.length === 0) return { ...stages, parts: others };
      return { ...stages, parts: [...others, { member: event.member, parts: event.parts }] };
    }
    case 'deadline': {
      const { [event.stage]: _old, ...deadlines } = stages.deadlines;
      return { ...stages, deadlines: event.due === null ? deadlines : { ...deadlines, [event.stage]: event.due } };
    }
    case 'move': {
      const move: StageMove = { from: event.from, to: event.to, reason: event.reason, overrides: event.overrides, ...set };
      // Where the text is open anyway nothing is open for amendment; what was, is closed by the move.
      return { ...stages, stage: event.to, amendments: [], moves: [...stages.moves, move] };
    }
    case 'amend': {
      const amendment: Amendment = { chapter: event.chapter, reason: event.reason, ...set };
      return { ...stages, amendments: [...stages.amendments.filter(({ chapter }) => chapter !== event.chapter), amendment] };
    }
    case 'close':
      return { ...stages, amendments: stages.amendments.filter(({ chapter }) => chapter !== event.chapter) };
    case 'editorial':
      return { ...stages, editorialKeeps: event.keeps };
  }
}

export function isPart(value: unknown): value is Part {
  return PARTS.some((part) => part === value);
}

export function isWorkStage(value: unknown): value is WorkStage {
  return WORK_STAGES.some((stage) => stage === value);
}
