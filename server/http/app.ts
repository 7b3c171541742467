import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { ApiError } from '../../shared/api.ts';
import { parseReportId } from '../../shared/ids.ts';
import type { Invitations } from '../core/account-invitations.ts';
import type { PasswordAccounts } from '../core/account-passwords.ts';
import type { People } from '../core/account-people.ts';
import type { Accounts, Identity } from '../core/accounts.ts';
import type { Exports } from '../core/export/exports.ts';
import type { Clock, HouseKeys, Ids } from '../core/ports.ts';
import type { ReadMarkBook } from '../core/read-marks/read-marks.ts';
import type { Report } from '../core/report.ts';
import type { Reports } from '../core/reports.ts';
import type { TableFiles } from '../core/threads/opinions.ts';
import type { DiagnosticLog } from '../log.ts';
import { TokenBucket } from '../ws/limits.ts';
import { accountRoutes } from './account-routes.ts';
import { asHttpError } from './as-http-error.ts';
import { blankRoutes } from './blank-routes.ts';
import { secretOf } from './credentials.ts';
import { exportRoutes } from './export-routes.ts';
import { securityHeaders } from './headers.ts';
import { historyRoutes } from './history-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { forbidden, HttpError, notFound, signedOut } from './http-error.ts';
import { importRoutes } from './import-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { openApiRoute } from './openapi.ts';
import { isOwnOrigin } from './origin.ts';
import { particularsRoutes } from './particulars-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { proofreadingRoutes } from './proofreading-routes.ts';
import { readMarkRoutes } from './read-mark-routes.ts';
import { replaceRoutes } from './replace-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { restoreRoutes } from './restore-routes.ts';
import { revisionRoutes } from './revision-routes.ts';
import { parse, type Reply, type Route } from './route.ts';
import { searchRoutes } from './search-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { signOffRoutes } from './sign-off-routes.ts';
import { stageRoutes } from './stage-routes.ts';
import { staticFiles } from './static-files.ts';
import { termRoutes } from './term-routes.ts';
import { threadRoutes } from './thread-routes.ts';

export interface HttpParts {
  readonly readMarks: ReadMarkBook;
  readonly accounts: Accounts;
  readonly passwords: PasswordAccounts;
  readonly people: People;
  readonly invitations: Invitations;
  readonly reports: Reports;
  readonly exports: Exports;
  readonly tables: TableFiles;
  readonly clock: Clock;
  readonly keys: HouseKeys;
  readonly ids: Ids;
  readonly log: DiagnosticLog;
  readonly origins: readonly string[];
  readonly secureCookies: boolean;
  /** Absolute path of the built client, null = only the interface is served. */
  readonly webRoot: string | null;
}

export const MAX_BYTES = 10 * 1024 * 1024;
/** Tries to sign in from one address: secrets can't be guessed, but nobody needs to try. */
const SIGN_IN_TRIES = { burst: 100, perSecond: 1 };

/** Every route of the interface with the rule that guards it. */
export function routeTable(parts: HttpParts): readonly Route[] {
  const routes = [
    ...sessionRoutes(parts),
    ...accountRoutes(parts),
    ...peopleRoutes(parts),
    ...invitationRoutes(parts),
    ...reportRoutes(parts),
    ...revisionRoutes(parts),
    ...blankRoutes(parts),
    ...replaceRoutes(parts),
    ...restoreRoutes(parts),
    ...readMarkRoutes(parts),
    ...historyRoutes(),
    ...exportRoutes(parts),
    ...importRoutes(parts),
    ...homeRoutes(parts),
    ...particularsRoutes(parts),
    ...proofreadingRoutes(parts),
    ...termRoutes(parts),
    ...searchRoutes(parts),
    ...threadRoutes(parts),
    ...stageRoutes(parts),
    ...signOffRoutes(parts),
  ];
  return [...routes, openApiRoute(routes)];
}

/** The HTTP side: headers, origin, who asks, may they; then the route; one form of error. */
export function createHttpApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use(securityHeaders);
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true });
  });
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(ownOriginOnly(parts.origins));
  app.use(['/api/session', '/api/setup', '/api/invitation'], limitTries(parts.clock));
  for (const route of routeTable(parts)) app[route.method](route.path, guard(route, parts), ...bodyReader(route), run(route));
  if (parts.webRoot !== null) app.use(staticFiles(parts.webRoot));
  app.use(() => {
    throw notFound();
  });
  app.use(errorAnswer(parts));
  return app;
}

function ownOriginOnly(origins: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const { origin, host } = request.headers;
    const fetchSite = request.get('Sec-Fetch-Site');
    if (isOwnOrigin({ origin, host, fetchSite }, origins)) return next();
    throw new HttpError(403, 'cross-origin', 'This request comes from a page of another origin.');
  };
}

function limitTries(clock: Clock): RequestHandler {
  const buckets = new Map<string, TokenBucket>();
  return (request, _response, next) => {
    if (request.method !== 'POST') return next();
    const address = request.socket.remoteAddress ?? '';
    if (buckets.size > 10_000) for (const [key, bucket] of buckets) if (bucket.isFull()) buckets.delete(key);
    const bucket = buckets.get(address) ?? new TokenBucket(SIGN_IN_TRIES, clock);
    buckets.set(address, bucket);
    if (bucket.take(1)) return next();
    throw new HttpError(429, 'too-many', 'Too many tries from this address. Wait a minute.');
  };
}

/** What a guarded request carries on to its handler. */
interface Locals {
  identity?: Identity;
  report?: Report;
}

/** Runs before the body is read, so that nobody who may not ask can make the server hold megabytes. */
function guard(route: Route, { accounts, reports }: HttpParts): RequestHandler {
  return async (request, response: Response<unknown, Locals>, next) => {
    if (route.rule === 'anyone') return next();
    const secret = secretOf(request.headers);
    const identity = secret === null ? null : accounts.identify(secret);
    if (identity === null) throw signedOut();
    response.locals.identity = identity;
    if (route.rule === 'signed-in') return next();
    if (route.rule === 'admin') {
      if (!identity.account.admin) throw forbidden();
      return next();
    }
    const id = parseReportId(request.params['report']);
    const report = id === null ? null : await reports.open(id);
    if (report === null || !report.may(identity.account.id, 'read', null)) throw notFound();
    if (!report.may(identity.account.id, route.rule, null)) throw forbidden();
    response.locals.report = report;
    next();
  };
}

function bodyReader(route: Route): RequestHandler[] {
  if (route.body === undefined) return [];
  if (route.body === 'json') return [express.json({ limit: '256kb' })];
  // Text as JSON is longer than the text: escapes, and a corrected tree holds it once more. The text itself is measured again by its route.
  return [express.raw({ limit: MAX_BYTES, type: 'application/octet-stream' }), express.json({ limit: 4 * MAX_BYTES })];
}

function run(route: Route): RequestHandler {
  return async (request, response: Response<unknown, Locals>) => {
    const { identity, report } = response.locals;
    const body: unknown = request.body;
    if (route.takes !== undefined && !Buffer.isBuffer(body) && body !== undefined) parse(route.takes, body);
    if (route.query !== undefined) parse(route.query, { ...request.query });
    answer(request, response, await handle(route, { request, body, identity, report }));
  };
}

type Asked = { request: Parameters<RequestHandler>[0]; body: unknown; identity: Identity | undefined; report: Report | undefined };

function handle(route: Route, { request, body, identity, report }: Asked): Promise<Reply> | Reply {
  if (route.rule === 'anyone') return route.handle({ request, body });
  if (identity === undefined) throw signedOut();
  if (route.rule === 'signed-in' || route.rule === 'admin') return route.handle({ request, body, identity });
  if (report === undefined) throw notFound();
  return route.handle({ request, body, identity, report });
}

function answer(request: Request, response: Response, reply: Reply): void {
  response.status(reply.status ?? 200);
  if (reply.immutable !== undefined) {
    response.set({ ETag: reply.immutable, 'Cache-Control': 'private, max-age=31536000, immutable', Vary: 'Cookie, Authorization' });
    if (request.get('If-None-Match') === reply.immutable) {
      response.status(304).end();
      return;
    }
  }
  if (reply.cookie !== undefined) response.append('Set-Cookie', reply.cookie);
  if (reply.file !== undefined) sendFile(response, reply.file);
  else if (reply.text !== undefined) response.type('text/plain').send(reply.text);
  else if (reply.json !== undefined) response.json(reply.json);
  else response.end();
}

/** A browser that knows RFC 5987 takes the name as it is; any other gets one in ASCII. Never shown in the page: it is saved. */
function sendFile(response: Response, { content, type, name }: NonNullable<Reply['file']>): void {
  const ascii = `report${/\.\w+$/.exec(name)?.[0] ?? ''}`;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  response.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}` });
  response.end(content);
}

function errorAnswer({ ids, log }: HttpParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const requestId = ids.next();
    const refusal = asHttpError(error);
    if (refusal.status >= 500)
      log.write('error', 'request failed', { requestId, method: request.method, route: request.route?.path, error });
    if (response.headersSent) return next(error);
    const details = refusal.details === undefined ? {} : { details: refusal.details };
    if (refusal.retryAfter !== undefined) response.set('Retry-After', String(refusal.retryAfter));
    const body: ApiError = { error: { code: refusal.code, message: refusal.message, requestId, ...details } };
    response.set('Cache-Control', 'no-store').status(refusal.status).json(body);
  };
}
