import type { Request } from 'express';
import type { PasswordAccounts } from '../core/account-passwords.ts';
import type { People } from '../core/account-people.ts';
import type { Accounts, SignedIn } from '../core/accounts.ts';
import { SESSION_LIFE_MS } from '../core/accounts.ts';
import type { Clock } from '../core/ports.ts';
import { linkError, passwordError, personName } from './account-errors.ts';
import { setUpBody, signInBody, tokenBody } from './account-schemas.ts';
import { secretOf, sessionCookie } from './credentials.ts';
import { deviceName } from './device-name.ts';
import type { Ask, Reply, Route } from './route.ts';
import { parse } from './route.ts';

export interface SessionParts {
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly people: People;
  readonly clock: Clock;
  readonly secureCookies: boolean;
}

/** Signing in and out, the first owner, scripts' tokens. */
export function sessionRoutes(parts: SessionParts): readonly Route[] {
  const { accounts, people, secureCookies } = parts;
  return [
    { method: 'get', path: '/api/me', rule: 'signed-in', gives: 'Me', handle: ({ identity }) => ({ json: people.meOf(identity.account) }) },
    {
      method: 'post',
      path: '/api/session',
      rule: 'anyone',
      body: 'json',
      takes: signInBody,
      about: 'Signs in by name and password, or by a one-time link.',
      gives: 'Me',
      handle: (ask) => signIn(parts, ask),
    },
    {
      method: 'delete',
      path: '/api/session',
      rule: 'signed-in',
      status: 204,
      about: 'Signs out.',
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
      takes: setUpBody,
      about: 'Makes the first owner of the house, from its set-up link.',
      gives: 'Me',
      handle: (ask) => setUp(parts, ask),
    },
    {
      method: 'post',
      path: '/api/tokens',
      rule: 'admin',
      body: 'json',
      takes: tokenBody,
      status: 201,
      about: 'Makes a token for a script, shown this once.',
      gives: '{token}',
      handle: async ({ body, identity }) => {
        const token = await accounts.createToken(identity.account.id, parse(tokenBody, body).label);
        return { status: 201, json: { token } };
      },
    },
  ];
}

async function signIn(parts: SessionParts, { request, body }: Ask): Promise<Reply> {
  const { accounts, passwords, clock } = parts;
  const asked = parse(signInBody, body);
  const device = deviceName(request.get('User-Agent'));
  if ('link' in asked) {
    const done = await accounts.signIn(asked.link, device);
    if (!done.ok) throw linkError(done.error);
    return await beginSession(parts, request, done.value);
  }
  const done = await passwords.signIn({ ...asked, address: addressOf(request), device });
  if (!done.ok) throw passwordError(done.error, clock);
  return await beginSession(parts, request, done.value);
}

async function setUp(parts: SessionParts, { request, body }: Ask): Promise<Reply> {
  const { accounts, passwords, clock } = parts;
  const asked = parse(setUpBody, body);
  const name = personName(asked.name);
  const refusal = accounts.setUpRefusal(asked.link);
  if (refusal !== null) throw linkError(refusal);
  const device = deviceName(request.get('User-Agent'));
  const chosen = 'password' in asked ? await passwords.prepare(asked) : null;
  if (chosen !== null && !chosen.ok) throw passwordError(chosen.error, clock);
  const done = await accounts.setUp(asked.link, name, device, chosen?.value ?? null);
  if (!done.ok) throw linkError(done.error);
  return await beginSession(parts, request, done.value);
}

/** The answer that signs a browser in: a session of its own, and the one it had before ends. */
export async function beginSession(
  { accounts, people, secureCookies }: Pick<SessionParts, 'accounts' | 'people' | 'secureCookies'>,
  request: Request,
  { account, secret }: SignedIn,
): Promise<Reply> {
  const before = request.headers.authorization === undefined ? secretOf(request.headers) : null;
  if (before !== null) await accounts.forget(before);
  return { status: 200, json: people.meOf(account), cookie: sessionCookie(secret, SESSION_LIFE_MS / 1000, secureCookies) };
}

/** Where a request comes from, as the connection says it. */
export function addressOf(request: Request): string {
  return request.socket.remoteAddress ?? '';
}
