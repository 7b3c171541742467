import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Role } from '../access/can.ts';
import { isRole } from '../access/can.ts';
import type { ClientId, MemberId, Seq } from '../ids.ts';
import type { EntryKind, Via } from '../log/entry.ts';
import type { RejectCode } from './codes.ts';
import { REJECT, rejectCodeOf } from './codes.ts';

/**
 * The wire (docs/PROTOCOL.md): y-websocket's types 0 (sync) and 1 (awareness) as they are, and type 4, ours, with sub-kinds from 16 up
 * (sub-kinds 0–2 of a type 4 would be misread as sync by other Yjs servers and clients).
 * Parse at the door: every decode function returns null for bytes that are not exactly one message.
 */
export const PROTOCOL_VERSION = 1;
/** Version of the chapter schema (shared/text). An older browser gets read-only and "please reload". */
export const SCHEMA_VERSION = 1;

export const MESSAGE = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, gongbi: 4 } as const;
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;
export const GONGBI = {
  ack: 16,
  hello: 17,
  reject: 18,
  lease: 19,
  askLease: 20,
  attribution: 21,
  entry: 22,
  presence: 23,
  rights: 24,
  askAttribution: 25,
  looked: 26,
} as const;

/** First message on every socket, before any sync. */
export interface Hello {
  readonly kind: 'hello';
  readonly protocol: number;
  readonly schema: number;
  /** Changes when the server's document is another one; a retained copy of another epoch must not be merged. */
  readonly epoch: string;
  readonly member: MemberId;
  readonly name: string;
  readonly role: Role;
  /** Role cut by stage: may this socket write the chapter's text now? */
  readonly mayWrite: boolean;
  /** Head of the report's log and of its hash chain (hex) at that seq. */
  readonly seq: Seq;
  readonly chainHead: string;
}

/** Everything this socket sent up to its n-th update-bearing frame is durable; `seq` = entry of the newest of them, or the head when all were known. */
export interface Ack {
  readonly kind: 'ack';
  readonly seq: Seq;
  readonly n: number;
}

/** The n-th update-bearing frame was refused; nothing after it on this socket is admitted. */
export interface Reject {
  readonly kind: 'reject';
  readonly n: number;
  readonly code: RejectCode;
}

/** A client id that nobody used in this report, given to this member to write under. */
export interface Lease {
  readonly kind: 'lease';
  readonly clientId: ClientId;
}

/** Client → server: I am about to write and have no id of my own. */
export interface AskLease {
  readonly kind: 'ask-lease';
}

/** Client → server, in a chapter's room: tell me from now on who wrote what comes (`on`), or no longer. */
export interface AskAttribution {
  readonly kind: 'ask-attribution';
  readonly on: boolean;
}

/** Who caused the newly inserted id ranges of one text entry (live author colours). Told to sockets that asked. */
export interface AttributionMessage {
  readonly kind: 'attribution';
  readonly seq: Seq;
  readonly at: number;
  /** null = nobody's writing (imported text). */
  readonly author: MemberId | null;
  readonly actor: MemberId;
  readonly via: Via;
  readonly ranges: readonly { readonly client: ClientId; readonly clock: number; readonly length: number }[];
}

/** One log entry on the report's own socket. A text entry travels as its header only, an entry the reader may not see as a bare seq. */
export interface EntryMessage {
  readonly kind: 'entry';
  readonly seq: Seq;
  /** null = hidden: only the number is told, so that gaps stay detectable. */
  readonly entry: EntryNews | null;
}

export interface EntryNews {
  readonly at: number;
  readonly author: MemberId;
  readonly kind: EntryKind;
  readonly subject: string;
  /** Of a text entry: units inserted and deleted. */
  readonly added?: number;
  readonly removed?: number;
  /** Of any other entry: its event (JSON). */
  readonly event?: unknown;
}

/** Report socket: who has which chapter open, and whose caret is in it. Members of the report socket alone are listed under ''. */
export interface Presence {
  readonly kind: 'presence';
  readonly places: Readonly<Record<string, readonly MemberId[]>>;
  readonly carets: Readonly<Record<string, readonly MemberId[]>>;
}

/** Rights changed while connected. */
export interface Rights {
  readonly kind: 'rights';
  readonly role: Role;
  readonly mayWrite: boolean;
}

/** Report socket: this member has read something, here or on another device; what is unread is asked by HTTP. Told to that member alone. */
export interface Looked {
  readonly kind: 'looked';
}

export type GongbiMessage =
  | Hello
  | Ack
  | Reject
  | Lease
  | AskLease
  | AskAttribution
  | AttributionMessage
  | EntryMessage
  | Presence
  | Rights
  | Looked;

/** Encodes a whole frame: type 4, sub-kind, body. */
export function encodeGongbi(message: GongbiMessage): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.gongbi);
  switch (message.kind) {
    case 'ack':
      encoding.writeVarUint(encoder, GONGBI.ack);
      encoding.writeVarUint(encoder, message.seq);
      encoding.writeVarUint(encoder, message.n);
      break;
    case 'reject':
      encoding.writeVarUint(encoder, GONGBI.reject);
      encoding.writeVarUint(encoder, message.n);
      encoding.writeVarUint(encoder, REJECT[message.code]);
      break;
    case 'lease':
      encoding.writeVarUint(encoder, GONGBI.lease);
      encoding.writeVarUint(encoder, message.clientId);
      break;
    case 'ask-lease':
      encoding.writeVarUint(encoder, GONGBI.askLease);
      break;
    case 'looked':
      encoding.writeVarUint(encoder, GONGBI.looked);
      break;
    case 'ask-attribution':
      encoding.writeVarUint(encoder, GONGBI.askAttribution);
      encoding.writeVarUint(encoder, message.on ? 1 : 0);
      break;
    default: {
      // Rare, evolving messages carry JSON, so that a field can be added without a new protocol version.
      const { kind, ...body } = message;
      encoding.writeVarUint(encoder, JSON_SUBKINDS[kind]);
      encoding.writeVarString(encoder, JSON.stringify(body));
    }
  }
  return encoding.toUint8Array(encoder);
}

const JSON_SUBKINDS = {
  hello: GONGBI.hello,
  attribution: GONGBI.attribution,
  entry: GONGBI.entry,
  presence: GONGBI.presence,
  rights: GONGBI.rights,
} as const;

/**
 * Decodes what follows the type byte of a type-4 frame; the decoder must stand behind the type.
 * @returns null when it is not a message of this protocol version.
 */
export function decodeGongbi(decoder: decoding.Decoder): GongbiMessage | null {
  try {
    const message = decodeBody(decoder);
    return message !== null && !decoding.hasContent(decoder) ? message : null;
  } catch {
    return null;
  }
}

function decodeBody(decoder: decoding.Decoder): GongbiMessage | null {
  const sub = decoding.readVarUint(decoder);
  switch (sub) {
    case GONGBI.ack:
      return { kind: 'ack', seq: decoding.readVarUint(decoder), n: decoding.readVarUint(decoder) };
    case GONGBI.reject: {
      const n = decoding.readVarUint(decoder);
      const code = rejectCodeOf(decoding.readVarUint(decoder));
      return code === null ? null : { kind: 'reject', n, code };
    }
    case GONGBI.lease:
      return { kind: 'lease', clientId: decoding.readVarUint(decoder) };
    case GONGBI.askLease:
      return { kind: 'ask-lease' };
    case GONGBI.looked:
      return { kind: 'looked' };
    case GONGBI.askAttribution:
      return { kind: 'ask-attribution', on: decoding.readVarUint(decoder) === 1 };
    default: {
      const kind = (Object.keys(JSON_SUBKINDS) as (keyof typeof JSON_SUBKINDS)[]).find((name) => JSON_SUBKINDS[name] === sub);
      if (kind === undefined) return null;
      const body: unknown = JSON.parse(decoding.readVarString(decoder));
      return typeof body === 'object' && body !== null ? checkJson(kind, body as Record<string, unknown>) : null;
    }
  }
}

function checkJson(kind: keyof typeof JSON_SUBKINDS, body: Record<string, unknown>): GongbiMessage | null {
  const isCount = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  const sound = {
    hello: () =>
      isCount(body['protocol']) &&
      isCount(body['schema']) &&
      typeof body['epoch'] === 'string' &&
      typeof body['member'] === 'string' &&
      typeof body['name'] === 'string' &&
      isRole(body['role']) &&
      typeof body['mayWrite'] === 'boolean' &&
      isCount(body['seq']) &&
      typeof body['chainHead'] === 'string',
    attribution: () => isCount(body['seq']) && isCount(body['at']) && typeof body['actor'] === 'string' && Array.isArray(body['ranges']),
    entry: () => isCount(body['seq']) && (body['entry'] === null || typeof body['entry'] === 'object'),
    presence: () => [body['places'], body['carets']].every((told) => typeof told === 'object' && told !== null),
    rights: () => isRole(body['role']) && typeof body['mayWrite'] === 'boolean',
  }[kind]();
  return sound ? ({ ...body, kind } as unknown as GongbiMessage) : null;
}

/** Query parameters of the socket's address. `since` asks for exactly the entries after that seq; `seen` proves the log contains what this copy saw. */
export interface SocketParams {
  readonly protocol: number;
  readonly schema: number;
  readonly since?: Seq;
  /** `<seq>.<chain head hex>` of the last hello or ack known to this copy. */
  readonly seen?: string;
  /** Epoch of the local copy, if there is one. */
  readonly epoch?: string;
}
/** Sockets live under this path: /sync/<reportId> and /sync/<reportId>/<chapterId>. */
export const SYNC_PATH = '/sync/';
