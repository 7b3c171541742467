import { encodeUtf8 } from 'lib0/string';
import type { MemberId } from '../../shared/ids.ts';
import { parseMemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { err, invariant, ok } from '../../shared/result.ts';
import type { Account, Clock, Credential, HouseChange, Ids, PasswordHash, Records, SessionRecord, Sha256, SignInLink } from './ports.ts';

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

/** What a first owner may choose at once; without it only links sign in. */
export interface NewCredential {
  readonly login: string;
  readonly password: PasswordHash;
}

export type LinkRefusal = 'not-found' | 'link-used' | 'link-expired' | 'suspended';

const DAY_MS = 24 * 60 * 60 * 1000;
export const LINK_LIFE_MS = 7 * DAY_MS;
export const SESSION_LIFE_MS = 60 * DAY_MS;
export const TOKEN_LIFE_MS = 365 * DAY_MS;
/** When a session was last seen is written at most this often. */
const SEEN_EVERY_MS = 10 * 60 * 1000;

export interface AccountsParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sha256: Sha256;
  /** Told what failed behind a request that went on without it. */
  readonly trouble: (what: string, error: unknown) => void;
}

/**
 * Accounts, one-time links, sessions and tokens. Promises: a secret is never stored, only its SHA-256; a link signs in once, and using one
 * ends every other open link of the same account; a set-up link works only while the house has no account; a suspended account has no session.
 */
export class Accounts {
  private readonly parts: AccountsParts;
  private readonly beingUsed = new Set<string>();
  private readonly seen = new Map<string, number>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: AccountsParts) {
    this.parts = parts;
  }

  /** @returns null for a secret that is unknown, ended or expired, or whose account is suspended. */
  identify(secret: string): Identity | null {
    return this.identifyHash(this.hash(secret));
  }

  /** As `identify`, for a session known by its hash: asked again and again while a socket is open. */
  identifyHash(hash: string): Identity | null {
    const session = this.parts.records.session(hash);
    if (session === null || session.expiresAt <= this.parts.clock.now()) return null;
    const account = this.parts.records.account(session.account);
    if (account === null || account.suspendedAt !== undefined) return null;
    this.noteSeen(session);
    return { account, sessionHash: hash };
  }

  find(id: MemberId): Account | null {
    return this.parts.records.account(id);
  }

  /** An account that is not stored yet. */
  newAccount(name: string, admin: boolean): Account {
    const id = parseMemberId(this.parts.ids.next());
    invariant(id !== null, 'Ids.next() gives ids');
    return { id, name, admin, createdAt: this.parts.clock.now() };
  }

  async createAccount(name: string, admin: boolean): Promise<Account> {
    const account = this.newAccount(name, admin);
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

  /** @param device what the browser calls itself */
  signIn(secret: string, device = ''): Promise<Result<SignedIn, LinkRefusal>> {
    return this.use(secret, device, (link) => {
      const account = link.account === null ? null : this.parts.records.account(link.account);
      if (account === null) return err('not-found');
      return account.suspendedAt === undefined ? ok({ account, change: {} }) : err('suspended');
    });
  }

  /** Why a set-up link would be refused now; null when it would work. Asked before anything costly is done for it. */
  setUpRefusal(secret: string): LinkRefusal | null {
    const link = this.parts.records.link(this.hash(secret));
    if (link === null || link.account !== null) return 'not-found';
    if (link.usedAt !== null || this.parts.records.accounts().length > 0) return 'link-used';
    return link.expiresAt <= this.parts.clock.now() ? 'link-expired' : null;
  }

  /** Makes the first account, an admin, from a set-up link. */
  setUp(secret: string, name: string, device = '', chosen: NewCredential | null = null): Promise<Result<SignedIn, LinkRefusal>> {
    return this.use(secret, device, (link) => {
      if (link.account !== null) return err('not-found');
      if (this.parts.records.accounts().length > 0) return err('link-used');
      const account = this.newAccount(name, true);
      const credentials: Credential[] = chosen === null ? [] : [{ account: account.id, ...chosen }];
      return ok({ account, change: { accounts: [account], credentials } });
    });
  }

  signOut(hash: string): Promise<void> {
    return this.parts.records.removeSession(hash);
  }

  /** Signing out by the secret of a cookie that a new session replaces. Unknown ones are passed over. */
  async forget(secret: string): Promise<void> {
    const hash = this.hash(secret);
    if (this.parts.records.session(hash) !== null) await this.signOut(hash);
  }

  /** @returns a script's bearer secret, shown this once. */
  async createToken(account: MemberId, label: string): Promise<string> {
    const { secret, session } = this.newSession(account, 'token', label, TOKEN_LIFE_MS);
    await this.parts.records.putSession(session);
    return secret;
  }

  /** A browser's session that is not stored yet. */
  newBrowserSession(account: MemberId, device: string): { readonly secret: string; readonly session: SessionRecord } {
    return this.newSession(account, 'browser', device, SESSION_LIFE_MS);
  }

  /** Sessions and tokens of an account that have not expired. */
  sessionsOf(account: MemberId): readonly SessionRecord[] {
    const now = this.parts.clock.now();
    const living = this.parts.records.sessions().filter((session) => session.account === account && session.expiresAt > now);
    return living.map((session) => ({ ...session, seenAt: this.seenAt(session) }));
  }

  /** Accounts that never used a link and have no password, so that their links can be given out again. */
  neverSignedIn(): readonly Account[] {
    const { records } = this.parts;
    const used = new Set(records.links().flatMap((link) => (link.usedAt === null ? [] : [link.account])));
    const founder = records.links().some((link) => link.account === null && link.usedAt !== null);
    const hasPassword = (account: Account): boolean => (records.credential(account.id)?.password ?? null) !== null;
    return records
      .accounts()
      .filter(
        (account) => !used.has(account.id) && !(founder && account.admin) && account.suspendedAt === undefined && !hasPassword(account),
      );
  }

  /** Open links of an account, ended: for a change that is being made. */
  endedLinks(account: MemberId | null): readonly SignInLink[] {
    const now = this.parts.clock.now();
    const open = this.parts.records.links().filter((link) => link.account === account && link.usedAt === null && link.expiresAt > now);
    return open.map((link) => ({ ...link, expiresAt: now }));
  }

  /** One change of accounts at a time, each judged on the outcome of the one before it. */
  inTurn<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** SHA-256 in hex, as secrets are stored. */
  hash(secret: string): string {
    return Array.from(this.parts.sha256(encodeUtf8(secret)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  secret(): string {
    return this.parts.ids.next() + this.parts.ids.next();
  }

  private async use(
    secret: string,
    device: string,
    accountFor: (link: SignInLink) => Result<{ readonly account: Account; readonly change: HouseChange }, LinkRefusal>,
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
      return await this.inTurn(async () => {
        // While this waited for its turn an administrator may have ended it.
        if ((records.link(hash)?.expiresAt ?? 0) <= clock.now()) return err('link-expired');
        const found = accountFor(link);
        if (!found.ok) return found;
        const { account, change } = found.value;
        const started = this.newBrowserSession(account.id, device);
        const others = this.endedLinks(link.account).filter((other) => other.hash !== hash);
        await records.change({ ...change, links: [...others, { ...link, usedAt: clock.now() }], sessions: [started.session] });
        return ok({ account, secret: started.secret });
      });
    } finally {
      this.beingUsed.delete(hash);
    }
  }

  private newSession(account: MemberId, kind: SessionRecord['kind'], label: string, life: number) {
    const secret = this.secret();
    const createdAt = this.parts.clock.now();
    const session: SessionRecord = { hash: this.hash(secret), account, kind, label, createdAt, expiresAt: createdAt + life };
    return { secret, session };
  }

  private seenAt(session: SessionRecord): number {
    return Math.max(session.createdAt, session.seenAt ?? 0, this.seen.get(session.hash) ?? 0);
  }

  private noteSeen(session: SessionRecord): void {
    const now = this.parts.clock.now();
    if (now - this.seenAt(session) < SEEN_EVERY_MS) return;
    if (this.seen.size > 10_000) this.seen.clear();
    this.seen.set(session.hash, now);
    this.parts.records.touchSession(session.hash, now).catch((error: unknown) => this.parts.trouble('session not marked as seen', error));
  }
}
