import type { ChapterId, ReportId } from '../../shared/ids.ts';
import { parseRoomName } from '../../shared/ids.ts';
import { SYNC_PATH } from '../../shared/wire/protocol.ts';
import type { Greeting } from '../core/greeting.ts';

export interface SocketAddress {
  readonly report: ReportId;
  readonly chapter: ChapterId | null;
  readonly greeting: Greeting;
  /** A script's secret; browsers send their cookie. */
  readonly token: string | null;
}

const COUNT = /^\d{1,15}$/;
const SEEN = /^(\d{1,15})\.([0-9a-f]{64})$/;
const EPOCH = /^[a-z0-9]{1,64}$/;
const SECRET = /^[a-z0-9]{20,128}$/;

/**
 * Reads what stands behind GET in an upgrade. The path is taken as it stands, never decoded: ids need no escapes.
 * @returns null for anything that docs/PROTOCOL.md §1 does not describe.
 */
export function parseAddress(target: string): SocketAddress | null {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  if (!path.startsWith(SYNC_PATH)) return null;
  const name = parseRoomName(path.slice(SYNC_PATH.length));
  if (name === null) return null;
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
  const greeting = parseGreeting(query);
  const token = query.get('token');
  if (greeting === null || (token !== null && !SECRET.test(token))) return null;
  return { report: name.report, chapter: name.chapter, greeting, token };
}

function parseGreeting(query: URLSearchParams): Greeting | null {
  const protocol = countIn(query, 'protocol');
  const schema = countIn(query, 'schema');
  const since = countIn(query, 'since');
  const epoch = query.get('epoch');
  const seen = query.get('seen');
  if (typeof protocol !== 'number' || typeof schema !== 'number' || since === 'malformed') return null;
  if (epoch !== null && !EPOCH.test(epoch)) return null;
  if (seen === null) return { protocol, schema, since, epoch, seen: null };
  const [, seq, head] = SEEN.exec(seen) ?? [];
  if (seq === undefined || head === undefined) return null;
  return { protocol, schema, since, epoch, seen: { seq: Number(seq), head } };
}

function countIn(query: URLSearchParams, name: string): number | null | 'malformed' {
  const value = query.get(name);
  if (value === null) return null;
  return COUNT.test(value) ? Number(value) : 'malformed';
}
