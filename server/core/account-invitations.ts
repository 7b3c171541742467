import { can, type Role } from '../../shared/access/can.ts';
import type { Invitation, InvitationOffer } from '../../shared/api/accounts.ts';
import type { MemberId, ReportId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { err, ok } from '../../shared/result.ts';
import type { PasswordAccounts, Wanted, WantedRefusal } from './account-passwords.ts';
import type { Accounts, SignedIn } from './accounts.ts';
import type { Account, Clock, HouseChange, InvitationRecord, Records } from './ports.ts';
import type { Report } from './report.ts';
import type { Reports } from './reports.ts';

export interface InvitationsParts {
  readonly records: Records;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly reports: Reports;
}

export interface NewInvitation {
  readonly role: Role;
  readonly days: number;
  readonly note: string;
}

export interface NewPerson extends Wanted {
  readonly name: string;
}

/** `link-void`: whoever made it could not make it any more. `already`: belongs to the report. `not-for-new`: its maker may not make accounts. */
export type InvitationRefusal = 'not-found' | 'link-used' | 'link-expired' | 'link-void' | 'already' | 'not-for-new';

/** What an invitation's link leads to now. */
interface Standing {
  readonly record: InvitationRecord;
  readonly report: Report;
  readonly maker: Account;
}

const DAY_MS = 24 * 60 * 60 * 1000;
export const MOST_OPEN_INVITATIONS = 100;
/** How much of an invitation's hash names it in addresses: it tells nothing about the secret. */
const ID_LENGTH = 20;

/**
 * Invitations into a report: single use, expiring, revocable. An invitation grants at most what its maker could still grant when it is
 * accepted: an owner's makes members of people with an account, an administrator's makes accounts too.
 */
export class Invitations {
  private readonly parts: InvitationsParts;

  constructor(parts: InvitationsParts) {
    this.parts = parts;
  }

  /** @returns null when too many are open already. */
  async make(
    report: ReportId,
    by: MemberId,
    { role, days, note }: NewInvitation,
  ): Promise<{ invitation: Invitation; secret: string } | null> {
    const { records, accounts, clock } = this.parts;
    await this.forgetOld();
    if (this.openOf(report).length >= MOST_OPEN_INVITATIONS) return null;
    const secret = accounts.secret();
    const createdAt = clock.now();
    const record: InvitationRecord = {
      hash: accounts.hash(secret),
      report,
      role,
      note,
      createdBy: by,
      createdAt,
      expiresAt: createdAt + days * DAY_MS,
      usedAt: null,
      usedBy: null,
    };
    await records.change({ invitations: [record] });
    return { invitation: this.shown(record), secret };
  }

  /** Open invitations of a report, newest first. */
  list(report: ReportId): readonly Invitation[] {
    return this.openOf(report)
      .map((record) => this.shown(record))
      .sort((one, other) => other.createdAt - one.createdAt);
  }

  /** @returns false when there is no such open invitation: used, expired and revoked ones alike. */
  revoke(report: ReportId, id: string): Promise<boolean> {
    return this.parts.accounts.inTurn(async () => {
      const record = this.openOf(report).find((open) => idOf(open) === id);
      if (record === undefined) return false;
      await this.parts.records.removeInvitation(record.hash);
      return true;
    });
  }

  /** What the link would grant; nothing is used up by looking. @param viewer who is signed in, if anybody */
  async offer(secret: string, viewer: Account | null): Promise<Result<InvitationOffer, InvitationRefusal>> {
    const standing = await this.standing(secret);
    if (!standing.ok) return standing;
    const { record, report, maker } = standing.value;
    const role = viewer === null ? null : report.roleOf(viewer.id);
    return ok({
      title: report.fold.outline.title,
      role: record.role,
      invitedBy: maker.name,
      expiresAt: record.expiresAt,
      forNewPeople: maker.admin,
      already: role === null ? null : { report: report.id, role },
    });
  }

  /** Somebody with an account joins the report. */
  accept(secret: string, account: Account): Promise<Result<ReportId, InvitationRefusal>> {
    return this.parts.accounts.inTurn(async () => {
      const standing = await this.standing(secret);
      if (!standing.ok) return standing;
      const { record, report } = standing.value;
      if (report.roleOf(account.id) !== null) return err('already');
      await this.join(record, report, account, {});
      return ok(report.id);
    });
  }

  /** Somebody new: account, password, place in the report and session, or nothing of it. */
  async register(
    secret: string,
    person: NewPerson,
    device: string,
  ): Promise<Result<SignedIn & { readonly report: ReportId }, { readonly code: InvitationRefusal } | WantedRefusal>> {
    const { accounts, passwords } = this.parts;
    const first = await this.standing(secret);
    if (!first.ok) return err({ code: first.error });
    if (!first.value.maker.admin) return err({ code: 'not-for-new' });
    const wanted = await passwords.prepare(person);
    if (!wanted.ok) return wanted;
    return accounts.inTurn(async () => {
      // Judged again in turn: while the password was hashed the link may have been used, or the name taken.
      const standing = await this.standing(secret);
      if (!standing.ok) return err({ code: standing.error });
      const { record, report, maker } = standing.value;
      if (!maker.admin) return err({ code: 'not-for-new' });
      if (!passwords.isFree(wanted.value.login, null)) return err({ code: 'login-taken' });
      const account = accounts.newAccount(person.name, false);
      const { secret: cookie, session } = accounts.newBrowserSession(account.id, device);
      const credentials = [{ account: account.id, ...wanted.value }];
      await this.join(record, report, account, { accounts: [account], credentials, sessions: [session] });
      return ok({ account, secret: cookie, report: report.id });
    });
  }

  /**
   * The link is used up first, then the report's log takes the member in, in the name of who invited them: a link never works twice,
   * whatever fails. If the log fails the invitation is open again (not if the power fails between the two).
   */
  private async join(record: InvitationRecord, report: Report, account: Account, change: HouseChange): Promise<void> {
    const { records, reports, clock } = this.parts;
    await records.change({ ...change, invitations: [{ ...record, usedAt: clock.now(), usedBy: account.id }] });
    const command = { op: 'set', member: account.id, name: account.name, role: record.role } as const;
    try {
      await reports.commandsOf(report).changeMembers(record.createdBy, command);
    } catch (error) {
      await records.change({ invitations: [record] });
      throw error;
    }
    await reports.index(report);
  }

  private async standing(secret: string): Promise<Result<Standing, InvitationRefusal>> {
    const { records, accounts, reports, clock } = this.parts;
    const record = records.invitation(accounts.hash(secret));
    if (record === null) return err('not-found');
    if (record.usedAt !== null) return err('link-used');
    if (record.expiresAt <= clock.now()) return err('link-expired');
    const report = await reports.open(record.report);
    const maker = records.account(record.createdBy);
    if (report === null || maker === null || maker.suspendedAt !== undefined) return err('link-void');
    const actor = { member: maker.id, role: report.roleOf(maker.id) };
    if (!can(actor, 'manageMembers', null, report.fold.stage)) return err('link-void');
    return ok({ record, report, maker });
  }

  private openOf(report: ReportId): readonly InvitationRecord[] {
    const now = this.parts.clock.now();
    return this.parts.records.invitations().filter((one) => one.report === report && one.usedAt === null && one.expiresAt > now);
  }

  private shown(record: InvitationRecord): Invitation {
    const { role, note, createdBy, createdAt, expiresAt } = record;
    const forNewPeople = this.parts.records.account(createdBy)?.admin ?? false;
    return { id: idOf(record), role, note, createdBy, createdAt, expiresAt, forNewPeople };
  }

  /** A used or expired link says so for a month; then it is unknown. */
  private async forgetOld(): Promise<void> {
    const before = this.parts.clock.now() - 30 * DAY_MS;
    const old = this.parts.records.invitations().filter((one) => Math.min(one.usedAt ?? one.expiresAt, one.expiresAt) < before);
    for (const { hash } of old) await this.parts.records.removeInvitation(hash);
  }
}

function idOf(record: InvitationRecord): string {
  return record.hash.slice(0, ID_LENGTH);
}
