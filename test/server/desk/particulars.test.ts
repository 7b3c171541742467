import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ParticularsClash, ParticularsDone, ParticularsState } from '../../../shared/api/particulars.ts';
import type { ApiError } from '../../../shared/api.ts';
import type { EntryHeader } from '../../../shared/log/entry.ts';
import type { ParticularChange } from '../../../shared/particulars/decide.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let report: TestReport;

beforeAll(async () => {
  server = await startTestServer();
  owner = await server.person('沈知微', true);
  editor = await server.person('陆闻远');
  reader = await server.person('顾青禾');
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const fresh = async (): Promise<void> => {
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
};
const change = (person: Person, ...changes: readonly ParticularChange[]) =>
  server.request(person, 'POST', `/api/reports/${report.id}/particulars`, { changes });
const state = async (person: Person): Promise<ParticularsState> =>
  (await (await server.request(person, 'GET', `/api/reports/${report.id}/particulars`)).json()) as ParticularsState;
const errorOf = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as ApiError).error });

test('[PA1] each changed field is an entry with its author; all who read see it, at its place in the log', async () => {
  await fresh();
  const socket = await server.dial(reader, report.id);
  const { seq } = await socket.hear('hello');
  const answer = await change(
    editor,
    { field: 'addressees', was: [], value: ['市委', '市政府'] },
    { field: 'date', was: '', value: '2026-01-09' },
  );
  expect(answer.status).toBe(200);
  const done = (await answer.json()) as ParticularsDone;
  expect(done.seq).toBe(seq + 2);
  const seen = await state(reader);
  expect(seen).toEqual(done.state);
  expect(seen.values).toMatchObject({ addressees: ['市委', '市政府'], date: '2026-01-09', signer: '' });
  expect(seen.set.date).toMatchObject({ by: editor.account.id, name: '陆闻远', seq: seq + 2 });
  const entries = (await (await server.request(owner, 'GET', `/api/reports/${report.id}/entries?after=${seq}`)).json()) as EntryHeader[];
  expect(entries.map(({ kind, author }) => [kind, author])).toEqual([
    ['particulars', editor.account.id],
    ['particulars', editor.account.id],
  ]);
  expect((await socket.hear('entry')).entry).toMatchObject({ kind: 'particulars', event: { op: 'set', field: 'addressees', was: [] } });
});

test('[PA1] of two who change one field the second is refused, with both values, and nothing of theirs is taken', async () => {
  await fresh();
  expect((await change(owner, { field: 'signer', was: '', value: '沈知微' })).status).toBe(200);
  const refused = await errorOf(
    await change(editor, { field: 'signer', was: '', value: '陆闻远' }, { field: 'note', was: '', value: '此件公开发布' }),
  );
  expect(refused).toMatchObject({ status: 409, code: 'particulars-clash' });
  const { fields, state: now } = refused.details as ParticularsClash;
  expect(fields).toEqual({ signer: '沈知微' });
  expect(now.set.signer?.name).toBe('沈知微');
  expect((await state(editor)).values.note).toBe('');
});

test('[PA2] a value that cannot stand is named by its field', async () => {
  await fresh();
  const refused = await errorOf(
    await change(editor, { field: 'date', was: '', value: '2026-02-30' }, { field: 'secrecyPeriod', was: '', value: '1年' }),
  );
  expect(refused).toMatchObject({ status: 400, code: 'particulars-bad' });
  expect(refused.details).toEqual({ faults: { date: 'not-a-date', secrecyPeriod: 'period-alone' } });
  for (const body of [
    { changes: [] },
    { changes: [{ field: 'colour', was: '', value: '' }] },
    { changes: [{ field: 'note', was: 1, value: '' }] },
  ]) {
    expect((await server.request(editor, 'POST', `/api/reports/${report.id}/particulars`, body)).status).toBe(400);
  }
});

test('[PA3] readers read them and do not write; in the archive nobody writes', async () => {
  await fresh();
  expect((await change(reader, { field: 'note', was: '', value: '甲' })).status).toBe(403);
  expect((await server.request(owner, 'POST', `/api/reports/${report.id}/lifecycle`, { op: 'archive' })).status).toBe(200);
  expect((await change(owner, { field: 'note', was: '', value: '甲' })).status).toBe(403);
  expect((await state(reader)).values.note).toBe('');
});
