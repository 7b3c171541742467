import type { HousePerson, LanguageName, Me, ThemeName } from '../../shared/api/accounts.ts';
import type { MemberId, ReportId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { err, ok } from '../../shared/result.ts';
import type { PasswordAccounts } from './account-passwords.ts';
import type { Accounts } from './accounts.ts';
import type { Account, AccountSettings, Clock, Records } from './ports.ts';
import type { Reports } from './reports.ts';

export interface PeopleParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly reports: Reports;
  readonly trouble: (what: string, error: unknown) => void;
}

/** `last-admin`: the house keeps at least one administrator who can sign in. `self`: nobody suspends themselves. */
export type PeopleRefusal = 'not-found' | 'last-admin' | 'self';

/** The people of the house: what each may set for themselves, and what administrators do for others. */
export class People {
  private readonly parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.parts = parts;
  }

  meOf(account: Account): Me {
    const credential = this.parts.records.credential(account.id);
    const { language = null, theme = null } = account.settings ?? {};
    return {
      id: account.id,
      name: account.name,
      admin: account.admin,
      login: credential?.login ?? null,
      hasPassword: (credential?.password ?? null) !== null,
      settings: { language, theme },
    };
  }

  all(): readonly HousePerson[] {
    return this.parts.records.accounts().map((account) => this.personOf(account));
  }

  personOf(account: Account): HousePerson {
    const { login, hasPassword } = this.meOf(account);
    const seen = this.parts.accounts.sessionsOf(account.id).map((session) => session.seenAt ?? session.createdAt);
    return {
      id: account.id,
      name: account.name,
      login,
      hasPassword,
      admin: account.admin,
      suspended: account.suspendedAt !== undefined,
      createdAt: account.createdAt,
      seenAt: seen.length === 0 ? null : Math.max(...seen),
    };
  }

  /** By a part of the name shown or of the name to sign in with; suspended ones are left out. */
  search(text: string, most: number, leftOut: ReadonlySet<MemberId>): readonly Account[] {
    const wanted = text.trim().normalize('NFKC').toLowerCase();
    const fits = (account: Account): boolean => {
      const login = this.parts.records.credential(account.id)?.login ?? '';
      return `${account.name}\n${login}`.normalize('NFKC').toLowerCase().includes(wanted);
    };
    const here = (account: Account): boolean => account.suspendedAt === undefined && !leftOut.has(account.id);
    return this.parts.records
      .accounts()
      .filter((account) => here(account) && fits(account))
      .slice(0, most);
  }

  /** The name shown, from now on; every report one belongs to gets an entry, so that its log knows the names of each moment. */
  async rename(id: MemberId, name: string): Promise<Account | null> {
    const renamed = await this.update(id, (account) => ok({ ...account, name }));
    if (!renamed.ok) return null;
    for (const { id: report, members } of this.parts.reports.records.reports())
      if (members.includes(id)) await this.renameIn(report, id, name);
    return renamed.value;
  }

  /** A setting that is null follows the device again; one that is left out stays. */
  async set(
    id: MemberId,
    asked: { readonly language?: LanguageName | null | undefined; readonly theme?: ThemeName | null | undefined },
  ): Promise<Account | null> {
    const changed = await this.update(id, (account) => ok({ ...account, settings: settingsOf(account.settings ?? {}, asked) }));
    return changed.ok ? changed.value : null;
  }

  setAdmin(id: MemberId, admin: boolean): Promise<Result<Account, PeopleRefusal>> {
    return this.update(id, (account) => {
      if (!admin && this.isLastAdmin(account)) return err('last-admin');
      return ok({ ...account, admin });
    });
  }

  /** Ends sessions, tokens and open links at once; sockets follow within a second. What was written stays its writer's. */
  suspend(id: MemberId, by: MemberId): Promise<Result<Account, PeopleRefusal>> {
    const { records, accounts, clock } = this.parts;
    return accounts.inTurn(async () => {
      const account = records.account(id);
      if (account === null) return err('not-found');
      if (id === by) return err('self');
      if (this.isLastAdmin(account)) return err('last-admin');
      const suspended: Account = { ...account, suspendedAt: account.suspendedAt ?? clock.now() };
      const endSessions = accounts.sessionsOf(id).map((session) => session.hash);
      await records.change({ accounts: [suspended], links: accounts.endedLinks(id), endSessions });
      return ok(suspended);
    });
  }

  letBack(id: MemberId): Promise<Result<Account, PeopleRefusal>> {
    return this.update(id, ({ suspendedAt: _, ...account }) => ok(account));
  }

  /** @returns the secret of a one-time link. */
  async reset(id: MemberId): Promise<Result<string, PeopleRefusal>> {
    const account = this.parts.records.account(id);
    return account === null ? err('not-found') : ok(await this.parts.passwords.reset(account));
  }

  private isLastAdmin(account: Account): boolean {
    const admins = this.parts.records.accounts().filter((other) => other.admin && other.suspendedAt === undefined);
    return admins.every((admin) => admin.id === account.id) && admins.length > 0;
  }

  private update(id: MemberId, change: (account: Account) => Result<Account, PeopleRefusal>): Promise<Result<Account, PeopleRefusal>> {
    return this.parts.accounts.inTurn(async () => {
      const account = this.parts.records.account(id);
      if (account === null) return err('not-found');
      const changed = change(account);
      if (changed.ok) await this.parts.records.putAccount(changed.value);
      return changed;
    });
  }

  /** A report that can't be written now keeps the old name there until the next renaming; the account has the new one. */
  private async renameIn(id: ReportId, member: MemberId, name: string): Promise<void> {
    try {
      const report = await this.parts.reports.open(id);
      if (report !== null) await this.parts.reports.commandsOf(report).changeMembers(member, { op: 'name', member, name });
    } catch (error) {
      this.parts.trouble('name not changed in a report', error);
    }
  }
}

function settingsOf(
  known: AccountSettings,
  asked: { readonly language?: LanguageName | null | undefined; readonly theme?: ThemeName | null | undefined },
): AccountSettings {
  const language = asked.language === undefined ? (known.language ?? null) : asked.language;
  const theme = asked.theme === undefined ? (known.theme ?? null) : asked.theme;
  return { ...(language === null ? {} : { language }), ...(theme === null ? {} : { theme }) };
}
