import { z } from 'zod';
import type { Route, Rule } from './route.ts';

/** The interface as an OpenAPI 3.1 document, made from the table of routes: what is printed is what is asked. */
export function openApiOf(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, unknown>> = { '/healthz': { get: healthz } };
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Gongbi 公笔', version: '1', description: 'Times are milliseconds since 1970. See docs/API.md.' },
    paths,
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'gongbi_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
      responses: { Refused: { description: 'A refusal', content: { 'application/json': { schema: ERROR } } } },
    },
  };
}

export interface OpenApi {
  readonly openapi: string;
  readonly info: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: unknown;
}

/** GET /api/openapi.json: the table with itself in it. */
export function openApiRoute(others: readonly Route[]): Route {
  const route: Route = {
    method: 'get',
    path: '/api/openapi.json',
    rule: 'anyone',
    about: 'This document.',
    gives: 'OpenAPI 3.1',
    handle: () => ({ json: document }),
  };
  const document = openApiOf([...others, route]);
  return route;
}

const ERROR = z.toJSONSchema(
  z.strictObject({
    error: z.strictObject({ code: z.string(), message: z.string(), requestId: z.string(), details: z.unknown().optional() }),
  }),
);
const healthz = { summary: 'Is the server up?', 'x-rule': 'anyone', responses: { 200: { description: '{"ok":true}' } } };

function operationOf(route: Route): unknown {
  const parameters = [...pathParameters(route), ...queryParameters(route)];
  const body = bodyOf(route);
  return {
    ...(route.about === undefined ? {} : { summary: route.about }),
    'x-rule': route.rule satisfies Rule,
    ...(route.rule === 'anyone' ? {} : { security: [{ cookie: [] }, { token: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: body } }),
    responses: { [route.status ?? 200]: answerOf(route), default: { $ref: '#/components/responses/Refused' } },
  };
}

function answerOf({ gives }: Route): unknown {
  if (gives === undefined) return { description: 'Done; no content' };
  if (gives === 'file') return { description: 'A file to be saved', content: { 'application/octet-stream': {} } };
  const type = gives === 'text' ? 'text/plain' : 'application/json';
  return { description: gives === 'text' ? 'Plain text' : `\`${gives}\` of shared/api`, content: { [type]: {} } };
}

function bodyOf(route: Route): Record<string, unknown> | null {
  if (route.body === undefined) return null;
  const json = { 'application/json': route.takes === undefined ? {} : { schema: schemaOf(route.takes) } };
  return route.body === 'json' ? json : { 'application/octet-stream': {}, ...json };
}

function pathParameters({ path }: Route): readonly unknown[] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: Route): readonly unknown[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

/** What may be sent, before anything is read out of it. A check that JSON Schema can't say is left out of it, and asked all the same. */
function schemaOf(schema: z.ZodType): { properties?: Record<string, unknown>; required?: string[] } {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as { properties?: Record<string, unknown>; required?: string[] };
}
