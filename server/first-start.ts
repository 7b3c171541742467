import { loginKey } from '../shared/access/credentials.ts';
import { isLoopback } from './config.ts';
import { newNodeId } from './core/new-report.ts';
import type { Ids, Records } from './core/ports.ts';
import type { App } from './create-app.ts';
import { SAMPLE_MEMBERS, sampleReport } from './sample/sample-report.ts';

export interface Invitation {
  readonly kind: 'set-up' | 'sign-in';
  /** '' for a set-up link: nobody has a name yet. */
  readonly name: string;
  /** Path of the page that uses the link. */
  readonly path: string;
}

export interface FirstStartParts {
  readonly app: App;
  readonly records: Records;
  readonly ids: Ids;
  readonly host: string;
  /** Asked for by --empty. */
  readonly empty: boolean;
  /** Asked for by --reset: a name to sign in with, or the name of somebody who has none. */
  readonly reset?: string | null;
}

/**
 * Makes an empty house usable, and gives out again the links that nobody has used yet.
 * The sample and its open links are only for a machine that nobody else reaches: elsewhere the first owner sets the house up.
 */
export async function prepareHouse({ app, records, ids, host, empty, reset = null }: FirstStartParts): Promise<readonly Invitation[]> {
  if (reset !== null) return [await resetPassword(app, records, reset)];
  if (records.accounts().length === 0) {
    if (empty || !isLoopback(host)) return [{ kind: 'set-up', name: '', path: `/setup/${await app.accounts.createLink(null)}` }];
    await createSample(app, ids);
  }
  // Away from loopback links go only to those whom an owner invites.
  if (!isLoopback(host)) return [];
  const waiting = app.accounts.neverSignedIn();
  const invitations: Invitation[] = [];
  for (const { id, name } of waiting) invitations.push({ kind: 'sign-in', name, path: `/join/${await app.accounts.createLink(id)}` });
  return invitations;
}

/** @throws Error in one sentence when nobody, or more than one, has that name. */
async function resetPassword(app: App, records: Records, wanted: string): Promise<Invitation> {
  const holder = records.credentials().find((credential) => loginKey(credential.login) === loginKey(wanted));
  const named = records.accounts().filter((account) => (holder === undefined ? account.name === wanted : account.id === holder.account));
  const [account, ...more] = named;
  if (account === undefined) throw new Error(`Nobody here signs in as ${wanted}, or has that name.`);
  if (more.length > 0) throw new Error(`More than one person is called ${wanted}. Say the name to sign in with.`);
  const secret = await app.people.reset(account.id);
  if (!secret.ok) throw new Error(`The password of ${wanted} could not be reset.`);
  return { kind: 'sign-in', name: account.name, path: `/join/${secret.value}` };
}

async function createSample(app: App, ids: Ids): Promise<void> {
  const [owner, ...editors] = SAMPLE_MEMBERS;
  const first = await app.accounts.createAccount(owner, true);
  const others = [];
  for (const name of editors) others.push(await app.accounts.createAccount(name, false));
  await app.reports.create({
    beginning: 'sample',
    content: sampleReport(() => newNodeId(ids)),
    members: [{ id: first.id, name: first.name, role: 'owner' }, ...others.map(({ id, name }) => ({ id, name, role: 'editor' as const }))],
  });
}
