import type { Role } from '../../shared/access/can.ts';
import type {
  FoundPerson,
  HousePerson,
  Invitation,
  InvitationAccepted,
  InvitationMade,
  InvitationOffer,
  InvitationRegistered,
  Me,
  MySession,
  MySettings,
  PersonLink,
} from '../../shared/api/accounts.ts';
import type { MemberId, ReportId } from '../../shared/ids.ts';
import { type ApiOptions, callerOf } from './http.ts';

/** A name and password that somebody wants to sign in with. */
export interface Wanted {
  readonly login: string;
  readonly password: string;
}

/** Accounts, invitations and the people of the house (shared/api/accounts.ts). Every method rejects with ApiFailure and with nothing else. */
export interface AccountsApi {
  signIn(login: string, password: string): Promise<Me>;
  /** First owner of the house, with a password. */
  setUp(link: string, name: string, wanted: Wanted): Promise<Me>;
  rename(name: string): Promise<Me>;
  /** What is left out stays. */
  changeSettings(change: Partial<MySettings>): Promise<Me>;
  /** @param old left out where there is none */
  choosePassword(wanted: Wanted, old?: string): Promise<Me>;
  sessions(): Promise<readonly MySession[]>;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
  people(): Promise<readonly HousePerson[]>;
  addPerson(name: string, admin: boolean): Promise<PersonLink>;
  changePerson(member: MemberId, change: { readonly admin: boolean } | { readonly suspended: boolean }): Promise<HousePerson>;
  resetPerson(member: MemberId): Promise<PersonLink>;
  findPeople(report: ReportId, find: string): Promise<readonly FoundPerson[]>;
  invitations(report: ReportId): Promise<readonly Invitation[]>;
  invite(report: ReportId, role: Role, days: number, note: string): Promise<InvitationMade>;
  revoke(report: ReportId, invitation: string): Promise<void>;
  offer(link: string): Promise<InvitationOffer>;
  accept(link: string): Promise<InvitationAccepted>;
  register(link: string, name: string, wanted: Wanted): Promise<InvitationRegistered>;
}

export function createAccountsApi(options: ApiOptions): AccountsApi {
  const { get, post, remove } = callerOf(options);
  return {
    signIn: (login, password) => post('/api/session', { login, password }),
    setUp: (link, name, wanted) => post('/api/setup', { link, name, ...wanted }),
    rename: (name) => post('/api/account/name', { name }),
    changeSettings: (change) => post('/api/account/settings', change),
    choosePassword: (wanted, old) => post('/api/account/password', { ...wanted, ...(old === undefined ? {} : { old }) }),
    sessions: () => get('/api/account/sessions'),
    endSession: (id) => remove(`/api/account/sessions/${id}`),
    endOtherSessions: () => remove('/api/account/sessions'),
    people: () => get('/api/people'),
    addPerson: (name, admin) => post('/api/people', { name, admin }),
    changePerson: (member, change) => post(`/api/people/${member}`, change),
    resetPerson: (member) => post(`/api/people/${member}/link`),
    findPeople: (report, find) => get(`/api/reports/${report}/people?find=${encodeURIComponent(find)}`),
    invitations: (report) => get(`/api/reports/${report}/invitations`),
    invite: (report, role, days, note) => post(`/api/reports/${report}/invitations`, { role, days, note }),
    revoke: (report, invitation) => remove(`/api/reports/${report}/invitations/${invitation}`),
    offer: (link) => post('/api/invitation', { link }),
    accept: (link) => post('/api/invitation/accept', { link }),
    register: (link, name, wanted) => post('/api/invitation/register', { link, name, ...wanted }),
  };
}
