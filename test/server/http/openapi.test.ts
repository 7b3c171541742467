import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../../server/http/route.ts';
import { writeFigures } from '../../support/figures.ts';
import { repository } from '../../support/repository.ts';
import { routeTableAlone } from '../../support/route-table.ts';
import { type Person, startTestServer, type TestServer } from '../../support/test-server.ts';

const table: readonly Route[] = routeTableAlone();
const nameOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method.toUpperCase()} ${route.path}`;

interface Operation {
  readonly 'x-rule': string;
  readonly security?: unknown;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Record<string, unknown> }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let server: TestServer;
let admin: Person;
let document: Document;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.person('管理员', true);
  document = (await (await server.request(null, 'GET', '/api/openapi.json')).json()) as Document;
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
  writeFigures('desk-interface', {
    routes: table.length,
    withForm: table.filter(({ takes, query }) => takes !== undefined || query !== undefined).length,
  });
});

describe('the OpenAPI document', () => {
  test('[OA1] holds every route with its rule, and nothing else but /healthz', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => `${method.toUpperCase()} ${path} ${operation['x-rule']}`),
    );
    const wanted = table.map((route) => `${nameOf(route)} ${route.rule}`.replace(/:(\w+)/g, '{$1}'));
    expect(documented.sort()).toEqual([...wanted, 'GET /healthz anyone'].sort());
    expect(document.openapi).toBe('3.1.0');
  });

  test('[OA1] every route that takes JSON says in which form', () => {
    expect(table.filter((route) => route.body !== undefined && route.takes === undefined).map(nameOf)).toEqual([]);
    expect(table.filter((route) => route.gives === undefined && route.status !== 204).map(nameOf)).toEqual([]);
  });

  test('[OA1] names path and query parameters, and asks for a session where one is needed', () => {
    const find = document.paths['/api/reports/{report}/people']?.['get'];
    expect(find?.parameters?.map((one) => `${one.in} ${one.name}`)).toEqual(['path report', 'query find']);
    expect(find?.security).toEqual([{ cookie: [] }, { token: [] }]);
    expect(document.paths['/api/session']?.['post']?.security).toBeUndefined();
  });

  test('[OA1] a form is that which the server asks', async () => {
    const schema = document.paths['/api/account/settings']?.['post']?.requestBody?.content['application/json']?.schema;
    expect(schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { theme: { anyOf: [{ enum: ['system', 'light', 'dark'] }, { type: 'null' }] } },
    });
  });

  const documented = table.filter(
    (route) => !route.path.includes(':report') && route.body === 'json' && route.path !== '/api/openapi.json',
  );
  test.each(documented.map((route) => [nameOf(route), route] as const))(
    '[OA1] %s refuses a field that its form does not know',
    async (_name, route) => {
      const path = route.path.replace(/:\w+/, admin.account.id);
      const answer = await server.request(admin, route.method.toUpperCase(), path, { 'no-such-field': 1 });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: 'bad-request' } });
    },
  );
});

describe('docs/API.md', () => {
  const text = readFileSync(join(repository, 'docs/API.md'), 'utf8');
  const lines = [...text.matchAll(/^\| `(GET|POST|DELETE) ([^`? ]+)[^|]*\| ([^|]+) \|/gm)].map((match) => ({
    name: `${match[1]} ${match[2]}`,
    right: (match[3] ?? '').trim(),
  }));

  test('[OA2] has a line for every route, and no other', () => {
    const written = [...new Set(lines.map((line) => line.name))].sort();
    expect(written).toEqual([...new Set([...table.map(nameOf), 'GET /healthz'])].sort());
  });

  test('[OA2] says the right that each route asks', () => {
    const wrong = table.flatMap((route) => {
      const said = lines.filter((line) => line.name === nameOf(route)).map((line) => line.right);
      const rule = route.rule === 'signed-in' ? /signed in|belong/ : route.rule === 'anyone' ? /anyone/ : new RegExp(`\\b${route.rule}\\b`);
      return said.length > 0 && said.every((right) => rule.test(right)) ? [] : [`${nameOf(route)}: ${said.join(' / ')} but ${route.rule}`];
    });
    expect(wrong).toEqual([]);
  });

  test('[OA2] names every code that a refusal may have', () => {
    const codes = readFileSync(join(repository, 'shared/wire/codes.ts'), 'utf8');
    const union = codes.slice(codes.indexOf('export type ErrorCode'));
    const missing = [...union.matchAll(/\| '([a-z-]+)'/g)].map((match) => match[1] ?? '').filter((code) => !text.includes(`\`${code}\``));
    expect(missing.filter((code) => code !== 'read-only')).toEqual([]);
  });
});
