import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { keptBuild } from '../../../scripts/lib/build.mjs';
import type { Press } from '../../../server/core/export/press.ts';
import { ChildPress } from '../../../server/export/child-press.ts';
import type { ExportCommand, ExportPreview, ExportState } from '../../../shared/api/export.ts';
import { TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import { DocxReader } from '../../support/docx-reader.ts';
import { pdfLetters } from '../../support/pdf-reader.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let owner: Person;
let editor: Person;
let reader: Person;
let stranger: Person;
let report: TestReport;

beforeAll(async () => {
  // Processes as the built server has them: this one must answer while pages are set.
  server = await startTestServer({ press: new ChildPress(join(await keptBuild(), 'dist-server/press.js'), '') });
  owner = await server.person('周敏');
  editor = await server.person('李明');
  reader = await server.person('陈读');
  stranger = await server.person('外人');
  report = await server.report([
    [owner, 'owner'],
    [editor, 'editor'],
    [reader, 'reader'],
  ]);
}, 180_000);
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const path = () => `/api/reports/${report.id}/exports`;

async function begin(person: Person, command: Partial<ExportCommand>): Promise<Response> {
  return server.request(person, 'POST', path(), { kind: 'docx', options: TEXT_ONLY, ...command });
}

async function made(
  person: Person,
  command: Partial<ExportCommand>,
): Promise<{ readonly state: ExportState; readonly answer: Response; readonly bytes: Uint8Array }> {
  const begun = await begin(person, command);
  expect(begun.status).toBe(201);
  const { id } = (await begun.json()) as ExportState;
  const state = await vi.waitFor(
    async () => {
      const now = (await (await server.request(person, 'GET', `${path()}/${id}`)).json()) as ExportState;
      expect(now.state).toBe('done');
      return now;
    },
    { timeout: 50_000, interval: 20 },
  );
  const answer = await server.request(person, 'GET', `${path()}/${id}/file`);
  expect(answer.status).toBe(200);
  return { state, answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

async function headOf(): Promise<number> {
  return ((await (await server.request(owner, 'GET', `/api/reports/${report.id}`)).json()) as { seq: number }).seq;
}

async function rename(person: Person, was: string, title: string): Promise<void> {
  const done = await server.request(person, 'POST', `/api/reports/${report.id}/outline`, { op: 'title', was, title });
  expect(done.status).toBe(200);
}

describe('files of a report over HTTP', () => {
  test('[EX3] a marked copy names who really did what, and when; it knows its report and its two points', async () => {
    const was = ((await (await server.request(owner, 'GET', `/api/reports/${report.id}`)).json()) as { outline: { title: string } }).outline
      .title;
    await rename(owner, was, '关于示例园区工作的报告');
    const from = await headOf();
    await rename(editor, '关于示例园区工作的报告', '关于示例园区2025年工作的报告');
    await rename(owner, '关于示例园区2025年工作的报告', '关于示例园区2025年度工作情况的报告');
    const to = await headOf();
    const { state, answer, bytes } = await made(owner, { kind: 'marked', from, seq: to });
    const file = new DocxReader(bytes);
    const told = file.changes().map(({ kind, author, text }) => `${kind} ${author} ${text}`);
    expect(told).toEqual(['ins 李明 2025年', 'ins 周敏 度', 'ins 周敏 情况']);
    expect(file.settled('reject')[0]?.runs.map(({ text }) => text)).toEqual(['关于示例园区工作的报告']);
    expect(file.settled('accept')[0]?.runs.map(({ text }) => text)).toEqual(['关于示例园区2025年度工作情况的报告']);
    expect(file.properties()).toEqual({ 'gongbi-report': report.id, 'gongbi-seq': String(to), 'gongbi-from-seq': String(from) });
    expect(state.file?.name).toBe(`关于示例园区2025年度工作情况的报告（第${from}笔至第${to}笔）花脸稿.docx`);
    const disposition = answer.headers.get('Content-Disposition')!;
    expect(disposition).toMatch(/^attachment; filename="report\.docx"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(state.file?.name);
  });

  test('[EX9] a past point gives what stood then, in every kind', async () => {
    const now = (await (await server.request(owner, 'GET', `/api/reports/${report.id}`)).json()) as {
      seq: number;
      outline: { title: string };
    };
    await rename(owner, now.outline.title, '后来的题目');
    const [text, page, word, pdf] = await Promise.all(
      (['txt', 'html', 'docx', 'pdf'] as const).map((kind) => made(owner, { kind, seq: now.seq })),
    );
    expect(new TextDecoder().decode(text!.bytes)).toContain(now.outline.title);
    expect(new TextDecoder().decode(page!.bytes)).toContain(
      `<h1 class="title" style="text-align:center;text-indent:0em">${now.outline.title}</h1>`,
    );
    expect(new DocxReader(word!.bytes).settled('accept')[0]?.runs[0]?.text).toBe(now.outline.title);
    expect(await pdfLetters(pdf!.bytes)).toContain(now.outline.title);
    expect(pdf!.state.file).toMatchObject({ pages: 1, fonts: { part: expect.any(String) } });
    const later = await made(owner, { kind: 'txt' });
    expect(new TextDecoder().decode(later.bytes)).toContain('后来的题目');
  });

  test('[EX10] whoever may read has the report as it is; the past and marked copies ask for the right to read the past', async () => {
    const head = await headOf();
    expect((await begin(reader, { kind: 'pdf' })).status).toBe(201);
    expect((await begin(reader, { kind: 'txt', seq: head })).status).toBe(201);
    expect((await begin(reader, { kind: 'txt', seq: 1 })).status).toBe(403);
    expect((await begin(reader, { kind: 'marked', from: 1, seq: head })).status).toBe(403);
    expect((await begin(stranger, {})).status).toBe(404);
    expect((await begin(owner, { seq: head + 1 })).status).toBe(400);
    expect((await begin(owner, { kind: 'marked' })).status).toBe(400);
    expect((await begin(owner, { kind: 'marked', from: 3, seq: 2 })).status).toBe(400);
    expect((await begin(owner, { options: { ...WHOLE_DOCUMENT, docNumber: 'a\nb' } })).status).toBe(400);
  });

  test('[EX10] an export is its maker’s alone, can be thrown away, and is forgotten after a while', async () => {
    const { state } = await made(owner, { kind: 'txt' });
    expect((await server.request(editor, 'GET', `${path()}/${state.id}`)).status).toBe(404);
    expect((await server.request(editor, 'GET', `${path()}/${state.id}/file`)).status).toBe(404);
    expect((await server.request(editor, 'DELETE', `${path()}/${state.id}`)).status).toBe(404);
    expect((await server.request(owner, 'DELETE', `${path()}/${state.id}`)).status).toBe(204);
    expect(await (await server.request(owner, 'GET', `${path()}/${state.id}/file`)).json()).toMatchObject({
      error: { code: 'no-such-export' },
    });
    const other = await made(owner, { kind: 'txt' });
    server.clock.advance(11 * 60_000);
    expect((await server.request(owner, 'GET', `${path()}/${other.state.id}`)).status).toBe(404);
  });

  test('[EX10] one member cannot fill the house with exports; one that is cancelled ends at once and makes no file', async () => {
    const started: string[] = [];
    const cancelled: string[] = [];
    const held: Press = {
      start: ({ kind }) => {
        started.push(kind);
        return { done: new Promise(() => {}), cancel: () => cancelled.push(kind) };
      },
      stop: async () => {},
    };
    const busy = await startTestServer({ press: held });
    const person = await busy.person('周敏');
    const other = await busy.report([[person, 'owner']]);
    const at = `/api/reports/${other.id}/exports`;
    const ask = (kind: string) => busy.request(person, 'POST', at, { kind, options: TEXT_ONLY });
    const ids: string[] = [];
    for (const kind of ['pdf', 'txt', 'html', 'docx']) ids.push(((await (await ask(kind)).json()) as ExportState).id);
    expect(await (await ask('pdf')).json()).toMatchObject({ error: { code: 'too-many-exports' } });
    await vi.waitFor(() => expect(started).toEqual(['pdf', 'txt']));
    expect((await busy.request(person, 'DELETE', `${at}/${ids[0]}`)).status).toBe(204);
    expect(cancelled).toEqual(['pdf']);
    expect(await (await busy.request(person, 'GET', `${at}/${ids[0]}`)).json()).toMatchObject({ state: 'cancelled', file: null });
    expect((await ask('preview')).status).toBe(201);
    await busy.close();
  });

  test('[EX8] pages to look at come as pictures, with how many there are and the fonts that were used', async () => {
    const { bytes, state } = await made(owner, { kind: 'preview', options: WHOLE_DOCUMENT });
    const preview = JSON.parse(new TextDecoder().decode(bytes)) as ExportPreview;
    expect(preview.total).toBe(state.file?.pages);
    expect(preview.pages[0]).toMatch(/^<svg viewBox="0 0 595/);
  });
});
