import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { afterAll, expect, test } from 'vitest';
import type { ThreadsDone } from '../../../shared/api/threads.ts';
import { startTestServer } from '../../support/test-server.ts';

const server = await startTestServer();
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

/** The words of each `cell` in each `line` of a part. */
function readTable(file: Uint8Array, part: string, line: string, cell: string): string[][] {
  const rows: string[][] = [];
  let inWords = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    if (name === line) rows.push([]);
    if (name === cell) rows.at(-1)?.push('');
    if (name === 'w:br') rows.at(-1)!.push(`${rows.at(-1)!.pop()}\n`);
    inWords = name === 't' || name === 'w:t' || name === 'v';
  });
  parser.on('closetag', () => {
    inWords = false;
  });
  parser.on('text', (text) => {
    const row = rows.at(-1);
    if (inWords && row !== undefined && row.length > 0) row[row.length - 1] += text;
  });
  parser.write(strFromU8(unzipSync(file)[part]!)).close();
  return rows;
}

test('[OP1] the table of opinions says in every cell what was said and decided, as a workbook and as a Word file', async () => {
  const [zhou, gu] = [await server.person('周砚秋', true), await server.person('顾亦凡')];
  const report = await server.report([
    [zhou, 'owner'],
    [gu, 'commenter'],
  ]);
  const address = `/api/reports/${report.id}`;
  const say = async (text: string): Promise<number> => {
    const target = { on: 'node', node: report.chapter };
    const body = { op: 'start', target, body: { text, mentions: [] }, to: null, due: null };
    return ((await (await server.request(gu, 'POST', `${address}/threads`, body)).json()) as ThreadsDone).seq;
  };
  const first = await say('=1+1 请写明 <起算点> & 口径\n另：附表缺');
  const taken = await say('写错了');
  await say('第二条');
  await server.request(gu, 'POST', `${address}/threads`, { op: 'delete', thread: taken, comment: taken });
  const close = { op: 'close', thread: first, disposition: 'partly', reason: '口径不变' };
  await server.request(zhou, 'POST', `${address}/threads`, close);

  const expected = [
    ['序号', '意见人', '章节', '原文', '意见', '采纳情况', '理由', '改动'],
    ['1', '顾亦凡', '一、工作情况', '一、工作情况', '=1+1 请写明 <起算点> & 口径\n另：附表缺', '部分采纳', '口径不变', ''],
    ['2', '顾亦凡', '一、工作情况', '一、工作情况', '第二条', '', '', ''],
  ];
  const file = async (kind: string) => server.request(gu, 'GET', `${address}/opinions?kind=${kind}`);
  const book = await file('xlsx');
  expect([book.status, book.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  const sheet = readTable(new Uint8Array(await book.arrayBuffer()), 'xl/worksheets/sheet1.xml', 'row', 'c');
  expect(sheet[0]).toEqual(['《测试报告》意见采纳情况表']);
  expect(sheet.slice(1)).toEqual(expected);
  const word = new Uint8Array(await (await file('docx')).arrayBuffer());
  expect(readTable(word, 'word/document.xml', 'w:tr', 'w:tc')).toEqual(expected);
  expect((await file('html')).status).toBe(400);
  const stranger = await server.person('外人');
  expect((await server.request(stranger, 'GET', `${address}/opinions?kind=xlsx`)).status).toBe(404);
});
