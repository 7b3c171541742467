import type { FoundPerson, InvitationAccepted, InvitationMade, InvitationRegistered } from '../../shared/api/accounts.ts';
import { parseSingleLine } from '../../shared/outline/single-line.ts';
import type { Invitations } from '../core/account-invitations.ts';
import type { PasswordAccounts } from '../core/account-passwords.ts';
import type { People } from '../core/account-people.ts';
import type { Accounts } from '../core/accounts.ts';
import type { Clock, Ids } from '../core/ports.ts';
import { linkError, passwordError, personName } from './account-errors.ts';
import { findQuery, invitationBody, offerBody, registerBody } from './account-schemas.ts';
import { secretOf } from './credentials.ts';
import { deviceName } from './device-name.ts';
import { HttpError, notFound } from './http-error.ts';
import { baseOf } from './report-routes.ts';
import type { Ask, Reply, Route } from './route.ts';
import { parse } from './route.ts';
import { beginSession } from './session-routes.ts';

export interface InvitationRouteParts {
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly people: People;
  readonly invitations: Invitations;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secureCookies: boolean;
}

const MOST_FOUND = 20;

/** Invitations into a report, and people of the house who could be added to it. */
export function invitationRoutes(parts: InvitationRouteParts): readonly Route[] {
  return [...makingRoutes(parts), ...acceptingRoutes(parts)];
}

function makingRoutes({ people, invitations, accounts }: InvitationRouteParts): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reports/:report/people',
      rule: 'manageMembers',
      query: findQuery,
      about: 'People of the house who do not belong to the report, by a part of their name; at most twenty.',
      gives: 'FoundPerson[]',
      handle: ({ report, request }) => {
        const { find } = parse(findQuery, { ...request.query });
        const members = new Set(report.fold.members.filter((member) => !member.left).map((member) => member.id));
        const found = people.search(find, MOST_FOUND, members).map((account): FoundPerson => {
          const { id, name, login } = people.meOf(account);
          return { id, name, login };
        });
        return { json: found };
      },
    },
    {
      method: 'get',
      path: '/api/reports/:report/invitations',
      rule: 'manageMembers',
      about: 'Open invitations, newest first.',
      gives: 'Invitation[]',
      handle: ({ report }) => ({ json: invitations.list(report.id) }),
    },
    {
      method: 'post',
      path: '/api/reports/:report/invitations',
      rule: 'manageMembers',
      body: 'json',
      takes: invitationBody,
      status: 201,
      about: 'Makes an invitation; its address is shown this once.',
      gives: 'InvitationMade',
      handle: async ({ report, identity, body, request }) => {
        const asked = parse(invitationBody, body);
        const note = parseSingleLine(asked.note);
        if (note === null) throw new HttpError(400, 'bad-name', 'A note is one line.');
        const made = await invitations.make(report.id, identity.account.id, { ...asked, note });
        if (made === null) throw new HttpError(429, 'too-many', 'Too many invitations are open. Revoke some first.');
        const json: InvitationMade = { invitation: made.invitation, link: `${baseOf(request)}/invite/${made.secret}` };
        return { status: 201, json };
      },
    },
    {
      method: 'delete',
      path: '/api/reports/:report/invitations/:invitation',
      rule: 'manageMembers',
      status: 204,
      about: 'Revokes an open invitation.',
      handle: async ({ report, request }) => {
        const id = request.params['invitation'];
        if (typeof id !== 'string' || !(await invitations.revoke(report.id, id))) throw notFound();
        return { status: 204 };
      },
    },
    {
      method: 'post',
      path: '/api/invitation',
      rule: 'anyone',
      body: 'json',
      takes: offerBody,
      about: 'What an invitation would grant; nothing is used up by looking.',
      gives: 'InvitationOffer',
      handle: async ({ request, body }) => {
        const secret = secretOf(request.headers);
        const viewer = secret === null ? null : (accounts.identify(secret)?.account ?? null);
        const offer = await invitations.offer(parse(offerBody, body).link, viewer);
        if (!offer.ok) throw linkError(offer.error);
        return { json: offer.value };
      },
    },
  ];
}

function acceptingRoutes(parts: InvitationRouteParts): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/invitation/accept',
      rule: 'signed-in',
      body: 'json',
      takes: offerBody,
      about: 'Somebody with an account joins the report.',
      gives: 'InvitationAccepted',
      handle: async ({ identity, body }) => {
        const done = await parts.invitations.accept(parse(offerBody, body).link, identity.account);
        if (!done.ok) throw linkError(done.error);
        const json: InvitationAccepted = { report: done.value };
        return { json };
      },
    },
    {
      method: 'post',
      path: '/api/invitation/register',
      rule: 'anyone',
      body: 'json',
      takes: registerBody,
      about: 'Somebody new: an account with name and password, a place in the report, and the cookie.',
      gives: 'InvitationRegistered',
      handle: (ask) => register(parts, ask),
    },
  ];
}

async function register(parts: InvitationRouteParts, { request, body }: Ask): Promise<Reply> {
  const { link, name, login, password } = parse(registerBody, body);
  const person = { name: personName(name), login, password };
  const done = await parts.invitations.register(link, person, deviceName(request.get('User-Agent')));
  if (!done.ok) {
    const { error } = done;
    switch (error.code) {
      case 'bad-login':
      case 'bad-password':
      case 'login-taken':
      case 'too-many':
        throw passwordError(error, parts.clock);
      default:
        throw linkError(error.code);
    }
  }
  const reply = await beginSession(parts, request, done.value);
  const json: InvitationRegistered = { me: parts.people.meOf(done.value.account), report: done.value.report };
  return { ...reply, json };
}
