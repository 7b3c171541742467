import type { MySession } from '../../shared/api/accounts.ts';
import type { PasswordAccounts } from '../core/account-passwords.ts';
import type { People } from '../core/account-people.ts';
import type { Accounts, Identity } from '../core/accounts.ts';
import type { Clock, Records, SessionRecord } from '../core/ports.ts';
import { passwordError, personName } from './account-errors.ts';
import { nameBody, passwordBody, settingsBody } from './account-schemas.ts';
import { notFound, signedOut } from './http-error.ts';
import type { Reply, Route, SignedInAsk } from './route.ts';
import { parse } from './route.ts';
import { addressOf } from './session-routes.ts';

export interface AccountRouteParts {
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly people: People;
  readonly clock: Clock;
}

/** One's own account: name, password, settings, devices. */
export function accountRoutes(parts: AccountRouteParts): readonly Route[] {
  const { accounts, people } = parts;
  const me = (account: ReturnType<Records['account']>): Reply => {
    if (account === null) throw signedOut();
    return { json: people.meOf(account) };
  };
  return [
    {
      method: 'post',
      path: '/api/account/name',
      rule: 'signed-in',
      body: 'json',
      takes: nameBody,
      about: 'Changes the name shown; every report of its member gets an entry.',
      gives: 'Me',
      handle: async ({ identity, body }) => me(await people.rename(identity.account.id, personName(parse(nameBody, body).name))),
    },
    {
      method: 'post',
      path: '/api/account/settings',
      rule: 'signed-in',
      body: 'json',
      takes: settingsBody,
      about: 'Language and theme on every device; null follows the device again.',
      gives: 'Me',
      handle: async ({ identity, body }) => me(await people.set(identity.account.id, parse(settingsBody, body))),
    },
    {
      method: 'post',
      path: '/api/account/password',
      rule: 'signed-in',
      body: 'json',
      takes: passwordBody,
      about: 'Sets the password; `old` is needed where there is one, `login` where there is none. Every other session and token ends.',
      gives: 'Me',
      handle: (ask) => choosePassword(parts, ask),
    },
    {
      method: 'get',
      path: '/api/account/sessions',
      rule: 'signed-in',
      about: 'Where one is signed in, and one’s tokens.',
      gives: 'MySession[]',
      handle: ({ identity }) => ({ json: sessionsOf(accounts, identity) }),
    },
    {
      method: 'delete',
      path: '/api/account/sessions',
      rule: 'signed-in',
      status: 204,
      about: 'Ends every other session and token; their sockets close within a second.',
      handle: async ({ identity }) => {
        const others = accounts.sessionsOf(identity.account.id).filter((session) => session.hash !== identity.sessionHash);
        for (const session of others) await accounts.signOut(session.hash);
        return { status: 204 };
      },
    },
    {
      method: 'delete',
      path: '/api/account/sessions/:session',
      rule: 'signed-in',
      status: 204,
      about: 'Ends one session or token of one’s own.',
      handle: async ({ identity, request }) => {
        const session = accounts.sessionsOf(identity.account.id).find((one) => sessionId(one) === request.params['session']);
        if (session === undefined) throw notFound();
        await accounts.signOut(session.hash);
        return { status: 204 };
      },
    },
  ];
}

async function choosePassword({ passwords, people, accounts, clock }: AccountRouteParts, ask: SignedInAsk): Promise<Reply> {
  const { old = null, login = null, password } = parse(passwordBody, ask.body);
  const { identity, request } = ask;
  const done = await passwords.choose(identity, { old, login, password, address: addressOf(request) });
  if (!done.ok) throw passwordError(done.error, clock, 403);
  const account = accounts.find(identity.account.id);
  if (account === null) throw signedOut();
  return { json: people.meOf(account) };
}

function sessionsOf(accounts: Accounts, { account, sessionHash }: Identity): readonly MySession[] {
  const sessions = accounts.sessionsOf(account.id).map((session): MySession => {
    const { kind, label, createdAt, seenAt } = session;
    return { id: sessionId(session), kind, label, since: createdAt, seenAt: seenAt ?? createdAt, mine: session.hash === sessionHash };
  });
  return sessions.sort((one, other) => Number(other.mine) - Number(one.mine) || other.seenAt - one.seenAt);
}

/** The start of the hash: it tells nothing about the secret. */
function sessionId(session: SessionRecord): string {
  return session.hash.slice(0, 20);
}
