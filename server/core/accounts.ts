import { encodeUtf8 } from 'lib0/string';
import type { MemberId } from '../../shared/ids.ts';
import { parseMemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { err, invariant, ok } from '../../shared/result.ts';
import type { Account, Clock, Ids, Records, Sha256, SignInLink } from './ports.ts';

/** Who a request or a socket comes from. */
export interface Identity {
  readonly account: Account;
  /** Names the session or token in the store; the secret itself is never kept. */
  readonly sessionHash: string;
}

export interface SignedIn {
  readonly account: Account;
  /** The session's secret, to be put into the cookie. */
  readonly secret: string;
}

export type LinkRefusal = 'not-found' | 'link-used' | 'link-expired';

const DAY_MS = 24 * 60 * 60 * 1000;
export const LINK_LIFE_MS = 7 * DAY_MS;
export const SESSION_LIFE_MS = 60 * DAY_MS;
export const TOKEN_LIFE_MS = 365 * DAY_MS;

export interface AccountsParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sha256: Sha256;
}

/**
 * Accounts, one-time links, sessions and tokens. Promises: a secret is never stored, only its SHA-256; a link signs in once, and using one
 * ends every other open link of the same account; a set-up link works only while the house has no account.
 */
export class Accounts {
  private readonly parts: AccountsParts;
  private readonly beingUsed = new Set<string>();

  constructor(parts: AccountsParts) {
    this.parts = parts;
  }

  /** @returns null for a secret that is unknown, ended or expired. */
  identify(secret: string): Identity | null {
    return this.identifyHash(this.hash(secret));
  }

  /** As `identify`, for a session known by its hash: asked again and again while a socket is open. */
  identifyHash(hash: string): Identity | null {
    const session = this.parts.records.session(hash);
    if (session === null || session.expiresAt <= this.parts.clock.now()) return null;
    const account = this.parts.records.account(session.account);
    return account === null ? null : { account, sessionHash: hash };
  }

  find(id: MemberId): Account | null {
    return this.parts.records.account(id);
  }

  async createAccount(name: string, admin: boolean): Promise<Account> {
    const id = parseMemberId(this.parts.ids.next());
    invariant(id !== null, 'Ids.next() gives ids');
    const account: Account = { id, name, admin, createdAt: this.parts.clock.now() };
    await this.parts.records.putAccount(account);
    return account;
  }

  /** @param account null = a set-up link for the first owner. @returns the link's secret, shown this once. */
  async createLink(account: MemberId | null): Promise<string> {
    const secret = this.secret();
    const expiresAt = this.parts.clock.now() + LINK_LIFE_MS;
    await this.parts.records.putLink({ hash: this.hash(secret), account, expiresAt, usedAt: null });
    return secret;
  }

  signIn(secret: string): Promise<Result<SignedIn, LinkRefusal>> {
    return this.use(secret, async (link) => {
      const account = link.account === null ? null : this.parts.records.account(link.account);
      return account === null ? err('not-found') : ok(account);
    });
  }

  /** Makes the first account, an admin, from a set-up link. */
  setUp(secret: string, name: string): Promise<Result<SignedIn, LinkRefusal>> {
    return this.use(secret, async (link) => {
      if (link.account !== null) return err('not-found');
      return this.parts.records.accounts().length > 0 ? err('link-used') : ok(await this.createAccount(name, true));
    });
  }

  signOut(hash: string): Promise<void> {
    return this.parts.records.removeSession(hash);
  }

  /** @returns a script's bearer secret, shown this once. */
  createToken(account: MemberId, label: string): Promise<string> {
    return this.createSession(account, 'token', label, TOKEN_LIFE_MS);
  }

  /** Accounts that never used a link, so that their links can be given out again. */
  neverSignedIn(): readonly Account[] {
    const used = new Set(this.parts.records.links().flatMap((link) => (link.usedAt === null ? [] : [link.account])));
    const founder = this.parts.records.links().some((link) => link.account === null && link.usedAt !== null);
    return this.parts.records.accounts().filter((account) => !used.has(account.id) && !(founder && account.admin));
  }

  private async use(
    secret: string,
    accountFor: (link: SignInLink) => Promise<Result<Account, LinkRefusal>>,
  ): Promise<Result<SignedIn, LinkRefusal>> {
    const { records, clock } = this.parts;
    const hash = this.hash(secret);
    const link = records.link(hash);
    if (link === null) return err('not-found');
    // Two requests with one link at the same moment: the second finds it in use.
    if (link.usedAt !== null || this.beingUsed.has(hash)) return err('link-used');
    if (link.expiresAt <= clock.now()) return err('link-expired');
    this.beingUsed.add(hash);
    try {
      const account = await accountFor(link);
      if (!account.ok) return account;
      await records.putLink({ ...link, usedAt: clock.now() });
      await this.endOtherLinks(link);
      return ok({ account: account.value, secret: await this.createSession(account.value.id, 'browser', '', SESSION_LIFE_MS) });
    } finally {
      this.beingUsed.delete(hash);
    }
  }

  private async endOtherLinks(used: SignInLink): Promise<void> {
    const now = this.parts.clock.now();
    const open = this.parts.records.links().filter((link) => link.account === used.account && link.usedAt === null && link.expiresAt > now);
    for (const link of open) await this.parts.records.putLink({ ...link, expiresAt: now });
  }

  private async createSession(account: MemberId, kind: 'browser' | 'token', label: string, life: number): Promise<string> {
    const secret = this.secret();
    const createdAt = this.parts.clock.now();
    await this.parts.records.putSession({ hash: this.hash(secret), account, kind, label, createdAt, expiresAt: createdAt + life });
    return secret;
  }

  private secret(): string {
    return this.parts.ids.next() + this.parts.ids.next();
  }

  private hash(secret: string): string {
    return Array.from(this.parts.sha256(encodeUtf8(secret)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
