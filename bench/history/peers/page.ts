import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Account } from '../../../server/core/ports.ts';
import { type App, createApp } from '../../../server/create-app.ts';
import { InProcessPress } from '../../../server/export/start.ts';
import { passingHouseKeys } from '../../../server/house-keys.ts';
import { createDiagnosticLog } from '../../../server/log.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { sha256 } from '../../../server/storage/sha256.ts';
import { systemIds, systemScheduler } from '../../../server/system.ts';
import type { FedEntry } from '../../../server/text-engine/report-texts.ts';
import { startTextEngine } from '../../../server/text-engine/start.ts';
import type { HistoryPage } from '../../../shared/api/history.ts';
import type { ChapterId, ReportId } from '../../../shared/ids.ts';
import { encodeTextPayload } from '../../../shared/log/codec.ts';
import { entriesOf, MEMBERS } from '../chapter.ts';
import { once, report, sizes, timed } from '../measure.ts';

/**
 * The history panel's first page over HTTP from the whole server (embedded storage, text engine in its worker thread), on a report with the
 * trace and on an empty one.
 */
const { edits, rounds } = sizes();
const folder = mkdtempSync(join(tmpdir(), 'gongbi-bench-'));
const worker = resolve(process.env['GONGBI_BENCH_WORKER'] ?? 'dist-server/worker.js');
let now = Date.UTC(2026, 0, 5);
const log = createDiagnosticLog(
  (line) => process.stderr.write(line),
  () => now,
);
const engine = startTextEngine((fault) => log.write('error', 'text engine', { ...fault }), worker);
const storage = await openStorage({ adapter: 'embedded', folder, warn: (message) => log.write('warn', message) });
const app = createApp({
  keys: passingHouseKeys(),
  storage,
  engine,
  press: new InProcessPress(''),
  clock: { now: () => now },
  scheduler: systemScheduler,
  ids: systemIds,
  sha256,
  log,
});
try {
  report(await measure(app));
} finally {
  await app.close();
  rmSync(folder, { recursive: true });
}

async function measure({ accounts, reports, listen }: App): Promise<unknown> {
  const members: Account[] = [];
  for (const name of ['甲', '乙', '丙']) members.push(await accounts.createAccount(name, true));
  const signedIn = await accounts.signIn(await accounts.createLink(members[0]!.id));
  if (!signedIn.ok) throw new Error(signedIn.error);
  const headers = { cookie: `gongbi_session=${signedIn.value.secret}` };
  const url = `http://127.0.0.1:${await listen(0, '127.0.0.1')}`;
  const make = async (): Promise<{ readonly id: ReportId; readonly chapter: ChapterId }> => {
    const chapter = systemIds.next() as ChapterId;
    const node = { id: chapter, kind: 'chapter', heading: '测量', form: 'own-line', parent: null } as const;
    const content = { title: '测量', nodes: [node], texts: new Map([[chapter, []]]) };
    const [first, ...others] = members.map(({ id, name }) => ({ id, name, role: 'owner' as const }));
    const id = await reports.create({ beginning: 'empty', content, members: [first!, ...others] });
    return { id, chapter };
  };
  const empty = await make();
  const full = await make();
  const opened = (await reports.open(full.id))!;
  const append = async (entries: readonly FedEntry[]) => {
    for (const [index, { at, author, update }] of entries.entries()) {
      now = Math.max(now, at);
      const done = opened.appendAndWait([draft(full.chapter, members, author, update)]);
      // As many in flight as a busy room has; each is an entry of its own.
      if (index % 500 === 0 || index === entries.length - 1) await done;
      else done.catch(() => undefined);
    }
  };
  const [, ...entries] = entriesOf(edits);
  const last = entries.splice(-rounds - 1);
  const build = await once(() => append(entries));
  const get = async ({ id }: { readonly id: ReportId }): Promise<HistoryPage> => {
    const answer = await fetch(`${url}/api/reports/${id}/history?limit=30`, { headers });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as HistoryPage;
  };
  await get(empty);
  const first = await once(() => get(full));
  const { sittings } = await get(full);
  return {
    build,
    sittings: sittings.length,
    entries: opened.head(),
    first,
    again: await timed(rounds * 4, () => get(full)),
    afterKeystroke: await timed(
      rounds,
      () => get(full),
      () => append(last.splice(0, 1)),
    ),
    empty: await timed(rounds * 4, () => get(empty)),
  };
}

function draft(chapter: ChapterId, members: readonly Account[], author: FedEntry['author'], update: Uint8Array) {
  const payload = encodeTextPayload({ via: 'typing', offlineSince: 0, wordsOf: null, update });
  return { author: members[MEMBERS.indexOf(author)]!.id, kind: 'text' as const, subject: chapter, payload };
}
