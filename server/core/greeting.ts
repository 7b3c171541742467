import type { Role } from '../../shared/access/can.ts';
import type { MemberId, Seq } from '../../shared/ids.ts';
import type { CloseReason } from '../../shared/wire/codes.ts';
import { type Hello, PROTOCOL_VERSION, SCHEMA_VERSION } from '../../shared/wire/protocol.ts';
import type { OpenLog } from './ports.ts';
import type { ReportFold } from './report-fold.ts';

/** What a copy says when it connects (docs/PROTOCOL.md §1). */
export interface Greeting {
  readonly protocol: number;
  readonly schema: number;
  readonly since: Seq | null;
  readonly seen: { readonly seq: Seq; readonly head: string } | null;
  readonly epoch: string | null;
}

/** What was read for a socket before it is let in. */
export interface Prepared {
  readonly greeting: Greeting;
  /** Head of the log and of its chain when it was read; the entries after it are told on the socket. */
  readonly seq: Seq;
  readonly chainHead: string;
  /** Why the socket gets a hello and is closed then; null = it may stay. */
  readonly refusal: CloseReason | null;
  /** Server time of the entry that the copy is proved to have seen; null = nothing is known. */
  readonly seenAt: number | null;
}

/** Compares a copy with the log: is it of this report's history? */
export async function prepareGreeting(log: OpenLog, fold: ReportFold, greeting: Greeting): Promise<Prepared> {
  const { seq } = fold;
  const [chainHead, seen] = await Promise.all([log.chainHead(seq), checkSeen(log, seq, greeting)]);
  return { greeting, seq, chainHead, refusal: refusalOf(fold, greeting, seen.sound), seenAt: seen.at };
}

function refusalOf(fold: ReportFold, { protocol, epoch }: Greeting, seenIsSound: boolean): CloseReason | null {
  if (protocol !== PROTOCOL_VERSION) return 'oldSchema';
  return seenIsSound && (epoch === null || epoch === fold.epoch) ? null : 'otherEpoch';
}

async function checkSeen(log: OpenLog, head: Seq, { seen }: Greeting): Promise<{ sound: boolean; at: number | null }> {
  if (seen === null) return { sound: true, at: null };
  if (seen.seq > head || (await log.chainHead(seen.seq)) !== seen.head) return { sound: false, at: null };
  if (seen.seq > 0) for await (const entry of log.read(seen.seq - 1, seen.seq)) return { sound: true, at: entry.at };
  return { sound: true, at: null };
}

export interface Welcome {
  readonly member: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly mayWrite: boolean;
}

/** The first message on a socket. A browser with another chapter schema may read only. */
export function helloOf({ epoch }: ReportFold, { member, name, role, mayWrite }: Welcome, prepared: Prepared): Hello {
  const { greeting, seq, chainHead } = prepared;
  const writes = mayWrite && greeting.schema === SCHEMA_VERSION;
  return { kind: 'hello', protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, epoch, member, name, role, mayWrite: writes, seq, chainHead };
}
