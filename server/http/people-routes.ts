import type { Request } from 'express';
import type { HousePerson, PersonLink } from '../../shared/api/accounts.ts';
import { type MemberId, parseMemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { People, PeopleRefusal } from '../core/account-people.ts';
import type { Accounts } from '../core/accounts.ts';
import type { Account } from '../core/ports.ts';
import { peopleError, personName } from './account-errors.ts';
import { newPersonBody, personBody } from './account-schemas.ts';
import { notFound } from './http-error.ts';
import { baseOf } from './report-routes.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

export interface PeopleRouteParts {
  readonly accounts: Accounts;
  readonly people: People;
}

/** Everybody of the house, for its administrators. */
export function peopleRoutes({ accounts, people }: PeopleRouteParts): readonly Route[] {
  const person = (result: Result<Account, PeopleRefusal>): HousePerson => {
    if (!result.ok) throw peopleError(result.error);
    return people.personOf(result.value);
  };
  return [
    { method: 'get', path: '/api/people', rule: 'admin', gives: 'HousePerson[]', handle: () => ({ json: people.all() }) },
    {
      method: 'post',
      path: '/api/people',
      rule: 'admin',
      body: 'json',
      takes: newPersonBody,
      status: 201,
      about: 'Makes an account, and the address that signs its owner in once.',
      gives: 'PersonLink',
      handle: async ({ body, request }) => {
        const { name, admin } = parse(newPersonBody, body);
        const account = await accounts.createAccount(personName(name), admin);
        const made: PersonLink = { person: people.personOf(account), link: joinAddress(request, await accounts.createLink(account.id)) };
        return { status: 201, json: made };
      },
    },
    {
      method: 'post',
      path: '/api/people/:member',
      rule: 'admin',
      body: 'json',
      takes: personBody,
      about: 'Makes somebody administrator or withdraws it (never the last one); suspends somebody or lets them back.',
      gives: 'HousePerson',
      handle: async ({ body, request, identity }) => {
        const asked = parse(personBody, body);
        const member = memberOf(request);
        if ('admin' in asked) return { json: person(await people.setAdmin(member, asked.admin)) };
        return { json: person(asked.suspended ? await people.suspend(member, identity.account.id) : await people.letBack(member)) };
      },
    },
    {
      method: 'post',
      path: '/api/people/:member/link',
      rule: 'admin',
      about: 'Takes password and sessions away, and gives an address that signs in once, to choose a new password.',
      gives: 'PersonLink',
      status: 201,
      handle: async ({ request }) => {
        const member = memberOf(request);
        const secret = await people.reset(member);
        if (!secret.ok) throw peopleError(secret.error);
        const account = accounts.find(member);
        if (account === null) throw notFound();
        const made: PersonLink = { person: people.personOf(account), link: joinAddress(request, secret.value) };
        return { status: 201, json: made };
      },
    },
  ];
}

function joinAddress(request: Request, secret: string): string {
  return `${baseOf(request)}/join/${secret}`;
}

function memberOf(request: Request): MemberId {
  const member = parseMemberId(request.params['member']);
  if (member === null) throw notFound();
  return member;
}
