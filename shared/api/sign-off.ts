import type { Part, WorkStage } from '../access/stage-table.ts';
import type { MemberId, NodeId, Seq } from '../ids.ts';
import type { MissingSignature } from '../sign-off/seal.ts';
import type { Opinion, Standing } from '../sign-off/sign-offs.ts';
import type { GateRow } from '../stages/gate.ts';
import type { Stages } from '../stages/stages.ts';

/** GET /api/reports/:report/stages */
export interface StagesState {
  readonly seq: Seq;
  readonly stages: Stages;
}

/** POST /api/reports/:report/stages */
export interface StagesDone {
  readonly seq: Seq;
  readonly state: StagesState;
}

/** GET /api/reports/:report/gate: what is open now, before 会签 and 签发. */
export interface Gate {
  readonly seq: Seq;
  readonly rows: readonly GateRow[];
}

/** `details` of `gate-closed` and `gate-unanswered`. */
export interface GateShut {
  readonly rows: readonly GateRow[];
}

/** A signature as people see it: how it stands is told for each chapter that it covers. */
export interface SignOffView {
  readonly seq: Seq;
  readonly by: MemberId;
  readonly at: number;
  readonly part: Part;
  readonly opinion: Opinion;
  readonly text: string;
  readonly onBehalf: { readonly name: string; readonly authority: string } | null;
  readonly upTo: Seq;
  /** Hex of the log's chain head at `upTo`. */
  readonly head: string;
  readonly withdrawn: { readonly at: number; readonly seq: Seq } | null;
  /** The whole report was signed: title, particulars and order too. */
  readonly whole: boolean;
  /** Title, particulars or order are others than those signed. */
  readonly frameMoved: boolean;
  readonly chapters: readonly ChapterSignedView[];
}

export interface ChapterSignedView {
  readonly node: NodeId;
  readonly standing: Standing;
  /** Paragraphs of the signed text that are gone or changed. */
  readonly gone: number;
  /** Paragraphs that were not in the signed text. */
  readonly added: number;
}

/** GET /api/reports/:report/sign-off */
export interface SignOffState {
  readonly seq: Seq;
  readonly stage: WorkStage | 'sealed' | 'archived' | 'trashed';
  readonly stages: Stages;
  /** What would be signed now: sent back with the signature, so that nobody signs what they did not see. */
  readonly text: {
    readonly frame: string;
    readonly report: string;
    readonly chapters: readonly { readonly node: NodeId; readonly hash: string }[];
  };
  /** null = not sealed. */
  readonly seal: {
    readonly number: string;
    readonly by: MemberId;
    readonly at: number;
    readonly seq: Seq;
    readonly upTo: Seq;
    readonly head: string;
  } | null;
  /** Oldest first. */
  readonly signOffs: readonly SignOffView[];
  /** In which part the asker may sign now; null = it is not their turn. */
  readonly mine: Part | null;
}

/** What somebody signs, and how. */
export interface SignCommand {
  readonly opinion: Opinion;
  readonly text: string;
  readonly onBehalf: { readonly name: string; readonly authority: string } | null;
  /** The chapters as they were seen. */
  readonly chapters: readonly { readonly node: NodeId; readonly hash: string }[];
  /** Given when the whole report is signed; null = these chapters alone. */
  readonly frame: string | null;
}

/** Issues the report as it was seen. */
export interface SealCommand {
  /** 发文字号 */
  readonly number: string;
  /** The report's hash as it was seen. */
  readonly report: string;
}

/** `details` of `signatures-missing`. */
export interface SignaturesMissing {
  readonly missing: readonly MissingSignature[];
}

/** POST /api/reports/:report/sign-off */
export interface SignOffDone {
  readonly seq: Seq;
  readonly state: SignOffState;
}

/** `details` of `sign-moved` and `sign-amending`. */
export interface SignMoved {
  readonly chapters: readonly NodeId[];
  readonly frame: boolean;
  readonly state: SignOffState;
}
