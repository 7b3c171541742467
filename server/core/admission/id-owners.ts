import type { ClientId, MemberId } from '../../../shared/ids.ts';
import { FIRST_LEASED_CLIENT_ID } from '../../../shared/text/seed.ts';

/** A writer keeps one id over months; whoever needs more than this in a day is a fault or an attack (each id costs every reader for ever). */
export const NEW_IDS_A_DAY = 64;
/** Each suggestion has ids of its own: the most that a person proposes in a day of hard work, many times over. */
export const NEW_LANES_A_DAY = 4_096;
const DAY = 86_400_000;

/**
 * Whose client id is whose, in one report, for ever: the first member who wrote under an id keeps it.
 * Without this a squatter takes a colleague's next clocks and the colleague's words are lost with equal state vectors (history.md §2, t8).
 * A fold over the log, but for `lease`, which holds an id for its member until it is first used.
 */
export class IdOwners {
  readonly #owners = new Map<ClientId, MemberId>();
  readonly #leased = new Map<ClientId, MemberId>();
  /** New ids of the newest day seen, by member: log time never runs backwards. */
  readonly #newToday = new Map<MemberId, number>();
  readonly #newLanesToday = new Map<MemberId, number>();
  /** Ids that suggestions are written under: the text gets them by accepting only, which the server does. */
  readonly #lanes = new Set<ClientId>();
  #day = -1;

  /** @returns the member who wrote under this id, or null. */
  ownerOf(client: ClientId): MemberId | null {
    return this.#owners.get(client) ?? null;
  }

  /** Has nobody written under this id, and does nobody hold it? */
  isFree(client: ClientId): boolean {
    return client >= FIRST_LEASED_CLIENT_ID && !this.#owners.has(client) && !this.#leased.has(client);
  }

  /** Holds a free id for a member. Not in the log: after a restart an unused lease is free again, and may still be used by its holder. */
  lease(client: ClientId, member: MemberId): void {
    this.#leased.set(client, member);
  }

  /**
   * May `member` write new text under this id?
   * @param others how many further new ids the same update claims
   */
  judge(client: ClientId, member: MemberId, at: number, others: number): 'admit' | 'foreign-client' | 'too-many-ids' {
    const owner = this.#owners.get(client);
    if (owner !== undefined) return owner === member && !this.#lanes.has(client) ? 'admit' : 'foreign-client';
    if (client < FIRST_LEASED_CLIENT_ID) return 'foreign-client';
    const holder = this.#leased.get(client);
    if (holder !== undefined && holder !== member) return 'foreign-client';
    const today = Math.floor(at / DAY) > this.#day ? 0 : (this.#newToday.get(member) ?? 0);
    return today + others < NEW_IDS_A_DAY ? 'admit' : 'too-many-ids';
  }

  /** May `member` write a suggestion under this id? Nobody writes both text and suggestions under one id. */
  judgeLane(client: ClientId, member: MemberId, at: number): 'admit' | 'foreign-client' | 'foreign-lane' | 'too-many-ids' {
    const owner = this.#owners.get(client);
    if (owner !== undefined) {
      if (!this.#lanes.has(client)) return 'foreign-client';
      return owner === member ? 'admit' : 'foreign-lane';
    }
    if (client < FIRST_LEASED_CLIENT_ID || (this.#leased.get(client) ?? member) !== member) return 'foreign-client';
    const today = Math.floor(at / DAY) > this.#day ? 0 : (this.#newLanesToday.get(member) ?? 0);
    return today < NEW_LANES_A_DAY ? 'admit' : 'too-many-ids';
  }

  /** Records the first use of an id; later uses change nothing. */
  bind(client: ClientId, member: MemberId, at: number): void {
    this.#bind(client, member, at, this.#newToday);
  }

  /** Records the first write to a lane. */
  bindLane(client: ClientId, member: MemberId, at: number): void {
    if (this.#bind(client, member, at, this.#newLanesToday)) this.#lanes.add(client);
  }

  #bind(client: ClientId, member: MemberId, at: number, count: Map<MemberId, number>): boolean {
    if (this.#owners.has(client)) return false;
    this.#owners.set(client, member);
    this.#leased.delete(client);
    const day = Math.floor(at / DAY);
    if (day > this.#day) {
      this.#day = day;
      this.#newToday.clear();
      this.#newLanesToday.clear();
    }
    count.set(member, (count.get(member) ?? 0) + 1);
    return true;
  }
}
