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
}

/**
 * Makes an empty house usable, and gives out again the links that nobody has used yet.
 * The sample and its open links are only for a machine that nobody else reaches: elsewhere the first owner sets the house up.
 */
export async function prepareHouse({ app, records, ids, host, empty }: FirstStartParts): Promise<readonly Invitation[]> {
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
