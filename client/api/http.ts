import type { Role } from '../../shared/access/can.ts';
import type { CorrectedTree, ImportCommand } from '../../shared/api/import.ts';
import type {
  Access,
  ApiError,
  AuthorAt,
  Created,
  ImportPreview,
  Me,
  MemberAdded,
  OutlineDone,
  ReportState,
  ReportSummary,
} from '../../shared/api.ts';
import type { ChapterId, ClientId, MemberId, ReportId, Seq } from '../../shared/ids.ts';
import type { OutlineCommand } from '../../shared/outline/outline.ts';
import type { ErrorCode } from '../../shared/wire/codes.ts';

/** `network`: no answer came. `unexpected`: an answer that is not this interface's (a proxy's page, say). */
export type FailureCode = ErrorCode | 'network' | 'unexpected';

/** A request that did not do what was asked. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: FailureCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** To quote when asking for help; '' when no answer came. */
  readonly requestId: string;
  /** E.g. `{ is }` of an outline clash. */
  readonly details: unknown;

  constructor(code: FailureCode, message: string, status: number, requestId = '', details?: unknown) {
    super(message);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.details = details;
  }
}

export interface ApiOptions {
  readonly fetch: typeof globalThis.fetch;
  /** '' = that of the page. */
  readonly origin: string;
  /** A script's `Authorization`. A browser has its cookie. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A file as it came, or pasted text. */
export type ImportSource = { readonly bytes: Uint8Array } | { readonly text: string };

/** The HTTP interface, route by route (shared/api.ts). Every method rejects with ApiFailure and with nothing else. */
export interface Api {
  me(): Promise<Me>;
  signIn(link: string): Promise<Me>;
  /** First owner of the house. */
  setUp(link: string, name: string): Promise<Me>;
  signOut(): Promise<void>;
  /** A token for a script of one's own, shown once. */
  createToken(label: string): Promise<{ readonly token: string }>;
  reports(): Promise<readonly ReportSummary[]>;
  createReport(title: string): Promise<Created>;
  report(report: ReportId): Promise<ReportState>;
  access(report: ReportId): Promise<Access>;
  changeOutline(report: ReportId, command: OutlineCommand): Promise<OutlineDone>;
  /** Makes an account and its one-time link. */
  inviteMember(report: ReportId, name: string, role: Role): Promise<MemberAdded>;
  /** Adds somebody who has an account, or changes a role. */
  setMember(report: ReportId, member: MemberId, role: Role): Promise<MemberAdded>;
  /** Takes a member out of the report, or leaves it oneself; what was written stays its writer's. */
  removeMember(report: ReportId, member: MemberId): Promise<{ readonly seq: Seq }>;
  authorAt(report: ReportId, chapter: ChapterId, client: ClientId, clock: number): Promise<AuthorAt>;
  previewImport(source: ImportSource): Promise<ImportPreview>;
  /** As recognised, or with the tree as it was put right. */
  importReport(source: ImportSource, tree?: CorrectedTree | null): Promise<Created>;
}

/** Requests by path, for the parts of the interface that have a file of their own beside this one. */
export interface Caller {
  get<Value>(path: string): Promise<Value>;
  post<Value>(path: string, body?: unknown): Promise<Value>;
  remove<Value>(path: string): Promise<Value>;
}

export function callerOf(options: ApiOptions): Caller {
  return {
    get: (path) => request(options, 'GET', path),
    post: (path, body) => request(options, 'POST', path, body === undefined ? undefined : jsonBody(body)),
    remove: (path) => request(options, 'DELETE', path),
  };
}

export function createApi(options: ApiOptions): Api {
  const get = <Value>(path: string) => request<Value>(options, 'GET', path);
  const post = <Value>(path: string, body: unknown) => request<Value>(options, 'POST', path, jsonBody(body));
  const postSource = <Value>(path: string, source: ImportSource) =>
    request<Value>(options, 'POST', path, 'text' in source ? jsonBody(source) : bytesBody(source.bytes));
  return {
    me: () => get('/api/me'),
    signIn: (link) => post('/api/session', { link }),
    setUp: (link, name) => post('/api/setup', { link, name }),
    signOut: () => request<void>(options, 'DELETE', '/api/session'),
    createToken: (label) => post('/api/tokens', { label }),
    reports: () => get('/api/reports'),
    createReport: (title) => post('/api/reports', { title }),
    report: (report) => get(`/api/reports/${report}`),
    access: (report) => get(`/api/reports/${report}/access`),
    changeOutline: (report, command) => post(`/api/reports/${report}/outline`, command),
    inviteMember: (report, name, role) => post(`/api/reports/${report}/members`, { name, role }),
    setMember: (report, member, role) => post(`/api/reports/${report}/members`, { member, role }),
    removeMember: (report, member) => request(options, 'DELETE', `/api/reports/${report}/members/${member}`),
    authorAt: (report, chapter, client, clock) => get(`/api/reports/${report}/chapters/${chapter}/author?client=${client}&clock=${clock}`),
    previewImport: (source) => postSource('/api/import/preview', source),
    importReport: (source, tree = null) =>
      tree === null ? postSource('/api/import', source) : post('/api/import', correctedImport(source, tree)),
  };
}

function correctedImport(source: ImportSource, tree: CorrectedTree): ImportCommand {
  if ('text' in source) return { text: source.text, tree };
  let binary = '';
  // By pieces: a call takes only so many arguments.
  for (let at = 0; at < source.bytes.length; at += 8_192) binary += String.fromCharCode(...source.bytes.subarray(at, at + 8_192));
  return { file: btoa(binary), tree };
}

interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

function jsonBody(value: unknown): Body {
  return { type: 'application/json', content: JSON.stringify(value) };
}

function bytesBody(bytes: Uint8Array): Body {
  return { type: 'application/octet-stream', content: new Uint8Array(bytes) };
}

/** @throws ApiFailure */
async function request<Value>({ fetch, origin, headers }: ApiOptions, method: string, path: string, body?: Body): Promise<Value> {
  const response = await send(fetch, origin + path, {
    method,
    credentials: 'same-origin',
    headers: { Accept: 'application/json', ...headers, ...(body === undefined ? {} : { 'Content-Type': body.type }) },
    ...(body === undefined ? {} : { body: body.content }),
  });
  if (response.status === 204) return undefined as Value;
  const answer = await readJson(response);
  if (!response.ok) throw failureOf(response.status, answer);
  if (answer === undefined) throw new ApiFailure('unexpected', 'The answer could not be read.', response.status);
  // The shapes are the contract of shared/api.ts; the server and this page are built from one tree.
  return answer as Value;
}

async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new ApiFailure('network', error instanceof Error ? error.message : String(error), 0);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function failureOf(status: number, answer: unknown): ApiFailure {
  if (!isApiError(answer)) return new ApiFailure('unexpected', `The server answered ${status}.`, status);
  const { code, message, requestId, details } = answer.error;
  return new ApiFailure(code, message, status, requestId, details);
}

function isApiError(answer: unknown): answer is ApiError {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return false;
  const { error } = answer;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && 'message' in error;
}
