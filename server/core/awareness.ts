import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientId, MemberId } from '../../shared/ids.ts';
import { MESSAGE } from '../../shared/wire/protocol.ts';

/**
 * Presence in one room (docs/PROTOCOL.md §5). Promises:
 * 1. who a state belongs to comes from the socket that sent it, never from its bytes;
 * 2. nobody can change or take away the state of another member;
 * 3. clocks that leave here never fall, over reconnects and restarts, so that y-protocols never ignores a newer state.
 */

/** Bounds of one client's share. */
export const AWARENESS_LIMITS = { idsPerSocket: 4, stateBytes: 4096, depth: 6, clock: 2 ** 31, statesPerMessage: 4096 } as const;

const MAX_KNOWN = 10_000;

/** The person as others see them. */
export interface AwarenessUser {
  readonly id: MemberId;
  readonly name: string;
  /** 1–6, as in the list of members. */
  readonly colour: number;
}

export interface AwarenessState {
  readonly client: ClientId;
  readonly clock: number;
  /** The client's own object; null = taken away. */
  readonly state: Readonly<Record<string, unknown>> | null;
}

/**
 * Reads an awareness update.
 * States with a clock beyond 2^31 are left out: they are this server's own, sent back by an ordinary y-websocket client.
 * @returns null when it is malformed or beyond the limits.
 */
export function parseAwareness(bytes: Uint8Array): readonly AwarenessState[] | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(decoder);
    if (count > AWARENESS_LIMITS.statesPerMessage) return null;
    const states: AwarenessState[] = [];
    for (let i = 0; i < count; i += 1) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarUint8Array(decoder);
      if (clock > AWARENESS_LIMITS.clock) continue;
      const state = client < 2 ** 32 ? parseState(json) : undefined;
      if (state === undefined) return null;
      states.push({ client, clock, state });
    }
    return decoding.hasContent(decoder) ? null : states;
  } catch {
    return null;
  }
}

function parseState(bytes: Uint8Array): AwarenessState['state'] | undefined {
  if (bytes.length > AWARENESS_LIMITS.stateBytes || depthOf(bytes) > AWARENESS_LIMITS.depth) return undefined;
  const value: unknown = JSON.parse(decoding.readVarString(decoding.createDecoder(withLength(bytes))));
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}

/** lib0 reads UTF-8 strings only with their length before them. */
function withLength(bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

/** Deepest nesting of brackets outside strings: known before JSON.parse builds anything. */
function depthOf(json: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i];
    if (inString) {
      if (byte === 0x5c) i += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return deepest;
}

interface Held<Speaker> {
  readonly speaker: Speaker;
  readonly member: MemberId;
  clock: number;
  json: string;
  /** It tells where the member's caret is. */
  readonly hasCaret: boolean;
}

/** Presence of one room. `Speaker` is whatever stands for a socket; it is compared, nothing more. */
export class RoomAwareness<Speaker> {
  private readonly held = new Map<ClientId, Held<Speaker>>();
  private readonly spokenFor = new Map<Speaker, Set<ClientId>>();
  /** Who announced an id first, and the last clock given out for it, for as long as the room is open. */
  private readonly known = new Map<ClientId, { readonly member: MemberId; clock: number }>();
  private readonly ownerOf: (client: ClientId) => MemberId | null;

  /** @param ownerOf the member to whom a client id belongs in this report, null when nobody wrote under it. */
  constructor(ownerOf: (client: ClientId) => MemberId | null) {
    this.ownerOf = ownerOf;
  }

  /**
   * Takes what a socket says about itself; what it says about others is ignored.
   * @returns the ids whose state changed.
   */
  update(speaker: Speaker, user: AwarenessUser, states: readonly AwarenessState[], now: number): ClientId[] {
    const changed: ClientId[] = [];
    for (const { client, state } of states) {
      if (!this.maySpeak(speaker, user.id, client)) continue;
      if (state === null) {
        if (this.remove(client, now)) changed.push(client);
        continue;
      }
      this.release(client);
      this.held.set(client, {
        speaker,
        member: user.id,
        clock: this.nextClock(client, user.id, now),
        hasCaret: typeof state['cursor'] === 'object' && state['cursor'] !== null,
        json: JSON.stringify({ ...state, user: { id: user.id, name: user.name, colour: user.colour } }),
      });
      this.idsOf(speaker).add(client);
      changed.push(client);
    }
    return changed;
  }

  /** The socket ended: its states are taken away. @returns the ids concerned. */
  leave(speaker: Speaker, now: number): ClientId[] {
    const ids = [...(this.spokenFor.get(speaker) ?? [])];
    this.spokenFor.delete(speaker);
    return ids.filter((client) => this.remove(client, now));
  }

  /** Ids for which this socket speaks. */
  ids(speaker: Speaker): ReadonlySet<ClientId> {
    return this.spokenFor.get(speaker) ?? NOBODY;
  }

  /** Members whose caret is in this room, each once. */
  carets(): MemberId[] {
    return [...new Set([...this.held.values()].filter((held) => held.hasCaret).map((held) => held.member))];
  }

  speakerOf(client: ClientId): Speaker | null {
    return this.held.get(client)?.speaker ?? null;
  }

  /** The message that tells the state of these ids (null for those that left); null when `clients` is empty. */
  encode(clients: readonly ClientId[]): Uint8Array | null {
    return clients.length === 0 ? null : encodeAwarenessMessage(clients.map((client) => this.outgoing(client)));
  }

  encodeAllBut(speaker: Speaker): Uint8Array | null {
    return this.encode([...this.held].filter(([, held]) => held.speaker !== speaker).map(([client]) => client));
  }

  private outgoing(client: ClientId): { client: ClientId; clock: number; json: string } {
    const held = this.held.get(client);
    if (held !== undefined) return { client, clock: held.clock, json: held.json };
    return { client, clock: this.known.get(client)?.clock ?? 0, json: 'null' };
  }

  private maySpeak(speaker: Speaker, member: MemberId, client: ClientId): boolean {
    const owner = this.ownerOf(client) ?? this.known.get(client)?.member ?? member;
    if (owner !== member) return false;
    const ids = this.spokenFor.get(speaker);
    return ids === undefined || ids.has(client) || ids.size < AWARENESS_LIMITS.idsPerSocket;
  }

  private remove(client: ClientId, now: number): boolean {
    const held = this.held.get(client);
    if (held === undefined) return false;
    this.release(client);
    this.nextClock(client, held.member, now);
    return true;
  }

  /** A member who comes back on a new socket takes the id over from the old one, which may not know yet that it is dead. */
  private release(client: ClientId): void {
    const held = this.held.get(client);
    if (held === undefined) return;
    this.spokenFor.get(held.speaker)?.delete(client);
    this.held.delete(client);
  }

  private nextClock(client: ClientId, member: MemberId, now: number): number {
    const known = this.known.get(client);
    const clock = Math.max(now, (known?.clock ?? 0) + 1);
    if (known === undefined) this.known.set(client, { member, clock });
    else known.clock = clock;
    if (this.known.size > MAX_KNOWN) this.forget();
    return clock;
  }

  /** A room that is open for weeks meets many ids; only those that nobody speaks for any more are dropped. */
  private forget(): void {
    for (const client of this.known.keys()) if (!this.held.has(client)) this.known.delete(client);
  }

  private idsOf(speaker: Speaker): Set<ClientId> {
    const ids = this.spokenFor.get(speaker) ?? new Set<ClientId>();
    this.spokenFor.set(speaker, ids);
    return ids;
  }
}

const NOBODY: ReadonlySet<ClientId> = new Set();

function encodeAwarenessMessage(states: readonly { client: ClientId; clock: number; json: string }[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, states.length);
  for (const { client, clock, json } of states) {
    encoding.writeVarUint(body, client);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, json);
  }
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, MESSAGE.awareness);
  encoding.writeVarUint8Array(message, encoding.toUint8Array(body));
  return encoding.toUint8Array(message);
}

/** Says nothing about nobody; keeps y-websocket's 30 s watchdog quiet. */
export const KEEP_ALIVE: Uint8Array = encodeAwarenessMessage([]);
