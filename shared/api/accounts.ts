import type { Role } from '../access/can.ts';
import type { MemberId, ReportId } from '../ids.ts';

/** Shapes of the HTTP interface about accounts. Times are milliseconds since 1970. */

export type ThemeName = 'system' | 'light' | 'dark';
export type LanguageName = 'zh-CN' | 'en';

/** What follows a member to every device; null = as the device says. */
export interface MySettings {
  readonly language: LanguageName | null;
  readonly theme: ThemeName | null;
}

/** Who asks. GET /api/me, and the answer to every way of signing in and to every change of one's own account. */
export interface Me {
  readonly id: MemberId;
  readonly name: string;
  readonly admin: boolean;
  /** Name to sign in with; null while there is none. */
  readonly login: string | null;
  readonly hasPassword: boolean;
  readonly settings: MySettings;
}

/** GET /api/account/sessions: newest first seen first. */
export interface MySession {
  readonly id: string;
  readonly kind: 'browser' | 'token';
  /** A browser and its system, 「Chrome · Windows」, or a token's name; '' when unknown. */
  readonly label: string;
  readonly since: number;
  /** To about ten minutes. */
  readonly seenAt: number;
  /** The one that asks. */
  readonly mine: boolean;
}

/** GET /api/people: everybody of the house, for its administrators. */
export interface HousePerson {
  readonly id: MemberId;
  readonly name: string;
  readonly login: string | null;
  readonly hasPassword: boolean;
  readonly admin: boolean;
  readonly suspended: boolean;
  readonly createdAt: number;
  /** null = never signed in, or every session has ended. */
  readonly seenAt: number | null;
}

/** POST /api/people {name, admin} → 201; POST /api/people/:member/link: an address that signs them in once, shown this once. */
export interface PersonLink {
  readonly person: HousePerson;
  readonly link: string;
}

/** GET /api/reports/:report/people?find= : people of the house who could be added, at most twenty. */
export interface FoundPerson {
  readonly id: MemberId;
  readonly name: string;
  readonly login: string | null;
}

/** GET /api/reports/:report/invitations: the open ones. */
export interface Invitation {
  readonly id: string;
  readonly role: Role;
  readonly note: string;
  readonly createdBy: MemberId;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** May somebody without an account use it? Only an administrator's. */
  readonly forNewPeople: boolean;
}

/** POST /api/reports/:report/invitations {role, days, note} → 201; the link is shown this once. */
export interface InvitationMade {
  readonly invitation: Invitation;
  readonly link: string;
}

/** POST /api/invitation {link}: what it would grant; nothing is used up by looking. */
export interface InvitationOffer {
  readonly title: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly expiresAt: number;
  readonly forNewPeople: boolean;
  /** Set when who asks is signed in and belongs to the report already: there is nothing to accept. */
  readonly already: { readonly report: ReportId; readonly role: Role } | null;
}

/** POST /api/invitation/accept {link}: somebody signed in joins. */
export interface InvitationAccepted {
  readonly report: ReportId;
}

/** POST /api/invitation/register {link, name, login, password}: a new account that joins; with the cookie. */
export interface InvitationRegistered {
  readonly me: Me;
  readonly report: ReportId;
}

/** `details` of the code `too-many` where tries are counted. */
export interface TooManyDetails {
  /** Whole seconds until another try is taken. */
  readonly retryAfter: number;
}
