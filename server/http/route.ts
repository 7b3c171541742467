import type { Request } from 'express';
import { type ZodType, z } from 'zod';
import type { Action } from '../../shared/access/can.ts';
import type { ChapterId } from '../../shared/ids.ts';
import { parseNodeId } from '../../shared/ids.ts';
import type { Identity } from '../core/accounts.ts';
import type { Report } from '../core/report.ts';
import { HttpError, notFound } from './http-error.ts';

/** What a handler gives back. */
export interface Reply {
  readonly status?: number;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as plain text instead. */
  readonly text?: string;
  /** Sent as a file to be saved under this name. */
  readonly file?: { readonly content: Uint8Array; readonly type: string; readonly name: string };
  readonly cookie?: string;
  /** Set for an answer that can never become another: its name, a quoted ETag. The browser may keep it. */
  readonly immutable?: string;
}

/** Who may use a route. A report's routes name the action that `can()` is asked. */
export type Rule = 'anyone' | 'signed-in' | 'admin' | Action;

export interface Ask {
  readonly request: Request;
  /** Parsed JSON, or bytes where the route takes them. */
  readonly body: unknown;
}
export interface SignedInAsk extends Ask {
  readonly identity: Identity;
}
export interface ReportAsk extends SignedInAsk {
  readonly report: Report;
}

interface RouteOf<R extends Rule, A> {
  readonly method: 'get' | 'post' | 'delete';
  /** Express path; a report's routes carry `:report`. */
  readonly path: string;
  readonly rule: R;
  /** `bytes`: up to 10 MiB as application/octet-stream, or JSON of the same size. */
  readonly body?: 'json' | 'bytes';
  /** The form of its JSON. Judged before the handler runs, and printed in the OpenAPI document: the two can't differ. */
  readonly takes?: ZodType;
  /** The form of its query, likewise. */
  readonly query?: ZodType;
  /** What it is for, in one line. */
  readonly about?: string;
  /** Name of the type of `shared/api` that it answers with; `text` for plain text, `file` for a download, left out for 204. */
  readonly gives?: string;
  /** Status of its answer, when not 200. */
  readonly status?: 201 | 204;
  handle(ask: A): Promise<Reply> | Reply;
}

export type Route = RouteOf<'anyone', Ask> | RouteOf<'signed-in', SignedInAsk> | RouteOf<'admin', SignedInAsk> | RouteOf<Action, ReportAsk>;

/** @throws HttpError 400 naming every place that does not fit. */
export function parse<Value>(schema: ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new HttpError(400, 'bad-request', 'The request does not have the expected form.', { issues });
}

/** @throws HttpError 404 for anything that is no id. */
export function chapterOf(request: Request): ChapterId {
  const chapter = parseNodeId(request.params['chapter']);
  if (chapter === null) throw notFound();
  return chapter;
}

/** A whole number from a query string. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));
