import type { Role } from '../access/can.ts';
import type { BlankEvent } from '../blanks/blank.ts';
import type { ChapterId, ClientId, MemberId, NodeId, Seq } from '../ids.ts';
import type { LifecycleEvent } from '../lifecycle/lifecycle.ts';
import type { OutlineEvent } from '../outline/outline.ts';
import type { ParticularsEvent } from '../particulars/particulars.ts';
import type { ProofreadingEvent } from '../proofreading/ignored.ts';
import type { RevisionEvent } from '../revisions/revision.ts';
import type { SealEvent } from '../sign-off/seal.ts';
import type { SignOffEvent } from '../sign-off/sign-offs.ts';
import type { StageEvent } from '../stages/stages.ts';
import type { SuggestionEvent } from '../suggestions/suggestion.ts';
import type { ThreadEvent } from '../threads/thread.ts';

/**
 * The report's log: everything a person sees is a fold over these entries (design §1).
 * `seq`, `at` and `author` are set by the server and by nobody else.
 * Kind numbers are stored: never renumber, only add. 9 and 11 keep their place for later issues.
 */
export const ENTRY_KINDS = {
  text: 1,
  outline: 2,
  members: 3,
  thread: 4,
  suggestion: 5,
  revision: 6,
  stage: 7,
  signOff: 8,
  seal: 9,
  particulars: 10,
  redaction: 11,
  blank: 12,
  lifecycle: 13,
  proofreading: 14,
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

/** How text came to be. Stored as a number: never renumber, only add. */
export const VIAS = { typing: 0, import: 1, restore: 2, suggestion: 3, blank: 4, move: 5, sample: 6, seed: 7, replace: 8 } as const;
export type Via = keyof typeof VIAS;

/** The part of an entry that the hash chain covers together with the payload's SHA-256 (docs/FORMAT.md). */
export interface EntryHeader {
  readonly seq: Seq;
  /** Server time, milliseconds since 1970; never smaller than the entry before it. */
  readonly at: number;
  /** Who caused the entry: the authenticated member, never anything a client said. */
  readonly author: MemberId;
  readonly kind: EntryKind;
  /** The chapter or node it concerns; '' when it concerns the whole report. */
  readonly subject: NodeId | '';
}

/** An entry as the log holds it: header and opaque payload bytes. */
export interface Entry extends EntryHeader {
  readonly payload: Uint8Array;
  /**
   * Present when the payload was redacted: the SHA-256 of what once stood there, which the hash chain goes on covering.
   * `payload` is then what stands in its place (same kind, same codec). Nothing writes it yet; every reader respects it.
   */
  readonly redactedHash?: Uint8Array;
}

/** Payload of kind `text`. */
export interface TextPayload {
  readonly via: Via;
  /** Server had not heard from that copy since this time (ms), 0 = it was connected: shown as 「离线期间写成」. */
  readonly offlineSince: number;
  /** Whose words these are when not the entry's author's (an accepted suggestion); null = the author's own. */
  readonly wordsOf: MemberId | null;
  /**
   * Which of the new ids are the same text as older ones: written down by the server where it brings text back itself, so that nobody has
   * to guess. Left out where there are none; then the copy table finds what it finds (docs/decisions/0021).
   */
  readonly restored?: readonly RestoredRange[];
  /** Yjs update, format V1, admitted. */
  readonly update: Uint8Array;
}

/** `length` new ids of the entry's chapter that are the same text as older ids. */
export interface RestoredRange {
  readonly client: ClientId;
  readonly clock: number;
  readonly length: number;
  /** null = the entry's own chapter. */
  readonly fromChapter: ChapterId | null;
  readonly fromClient: ClientId;
  readonly fromClock: number;
}

/** Payload of kind `members` (JSON). Names are those of the moment, so that a member who leaves stays readable. */
export type MembersEvent =
  | { readonly op: 'join'; readonly member: MemberId; readonly name: string; readonly role: Role }
  | { readonly op: 'role'; readonly member: MemberId; readonly role: Role }
  | { readonly op: 'name'; readonly member: MemberId; readonly name: string }
  | { readonly op: 'leave'; readonly member: MemberId };

/** An entry with its payload read; `text` keeps the update opaque. */
export type DecodedEntry =
  | (EntryHeader & { readonly kind: 'text'; readonly subject: ChapterId; readonly text: TextPayload })
  | (EntryHeader & { readonly kind: 'outline'; readonly event: OutlineEvent })
  | (EntryHeader & { readonly kind: 'members'; readonly event: MembersEvent })
  | (EntryHeader & { readonly kind: 'revision'; readonly event: RevisionEvent })
  | (EntryHeader & { readonly kind: 'particulars'; readonly event: ParticularsEvent })
  | (EntryHeader & { readonly kind: 'lifecycle'; readonly event: LifecycleEvent })
  | (EntryHeader & { readonly kind: 'blank'; readonly event: BlankEvent })
  | (EntryHeader & { readonly kind: 'thread'; readonly event: ThreadEvent })
  | (EntryHeader & { readonly kind: 'proofreading'; readonly event: ProofreadingEvent })
  | (EntryHeader & { readonly kind: 'stage'; readonly event: StageEvent })
  | (EntryHeader & { readonly kind: 'signOff'; readonly event: SignOffEvent })
  | (EntryHeader & { readonly kind: 'suggestion'; readonly subject: ChapterId; readonly event: SuggestionEvent })
  | (EntryHeader & { readonly kind: 'seal'; readonly event: SealEvent })
  | (EntryHeader & { readonly kind: UnreadKind; readonly payload: Uint8Array });

/** Kinds whose payload this version keeps as bytes. */
export type UnreadKind = 'redaction';
