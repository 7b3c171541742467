import { z } from 'zod';
import type { Me } from '../../shared/api.ts';
import { parseSingleLine } from '../../shared/outline/single-line.ts';
import type { Result } from '../../shared/result.ts';
import type { Accounts, LinkRefusal, SignedIn } from '../core/accounts.ts';
import { SESSION_LIFE_MS } from '../core/accounts.ts';
import type { Account } from '../core/ports.ts';
import { sessionCookie } from './credentials.ts';
import { HttpError } from './http-error.ts';
import type { Reply, Route } from './route.ts';
import { parse } from './route.ts';

const link = z.string().regex(/^[a-z0-9]{20,128}$/);
const signInBody = z.strictObject({ link });
const setUpBody = z.strictObject({ link, name: z.string().max(400) });
const tokenBody = z.strictObject({ label: z.string().min(1).max(100) });

export interface SessionParts {
  readonly accounts: Accounts;
  readonly secureCookies: boolean;
}

/** Signing in and out, the first owner, scripts' tokens. */
export function sessionRoutes({ accounts, secureCookies }: SessionParts): readonly Route[] {
  const signedIn = (result: Result<SignedIn, LinkRefusal>): Reply => {
    if (!result.ok) throw linkError(result.error);
    const cookie = sessionCookie(result.value.secret, SESSION_LIFE_MS / 1000, secureCookies);
    return { status: 200, json: meOf(result.value.account), cookie };
  };
  return [
    { method: 'get', path: '/api/me', rule: 'signed-in', handle: ({ identity }) => ({ json: meOf(identity.account) }) },
    {
      method: 'post',
      path: '/api/session',
      rule: 'anyone',
      body: 'json',
      handle: async ({ body }) => signedIn(await accounts.signIn(parse(signInBody, body).link)),
    },
    {
      method: 'delete',
      path: '/api/session',
      rule: 'signed-in',
      handle: async ({ identity }) => {
        await accounts.signOut(identity.sessionHash);
        return { status: 204, cookie: sessionCookie('', 0, secureCookies) };
      },
    },
    {
      method: 'post',
      path: '/api/setup',
      rule: 'anyone',
      body: 'json',
      handle: async ({ body }) => {
        const asked = parse(setUpBody, body);
        return signedIn(await accounts.setUp(asked.link, personName(asked.name)));
      },
    },
    {
      method: 'post',
      path: '/api/tokens',
      rule: 'admin',
      body: 'json',
      handle: async ({ body, identity }) => {
        const token = await accounts.createToken(identity.account.id, parse(tokenBody, body).label);
        return { status: 201, json: { token } };
      },
    },
  ];
}

/** @throws HttpError 400 for a name that is empty, too long or not one line. */
export function personName(value: string): string {
  const name = parseSingleLine(value);
  if (name === null || name === '' || name.length > 60)
    throw new HttpError(400, 'bad-request', 'A name is one line of 1 to 60 characters.');
  return name;
}

function meOf(account: Account): Me {
  return { id: account.id, name: account.name, admin: account.admin };
}

function linkError(refusal: LinkRefusal): HttpError {
  switch (refusal) {
    case 'link-used':
      return new HttpError(410, 'link-used', 'This link has been used already. Ask for a new one.');
    case 'link-expired':
      return new HttpError(410, 'link-expired', 'This link is too old. Ask for a new one.');
    case 'not-found':
      return new HttpError(404, 'not-found', 'This link is not known here.');
  }
}
