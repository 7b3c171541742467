import type { ErrorCode } from '../../shared/wire/codes.ts';

/** A refusal that a request gets as `{ error: { code, message, requestId, details? } }`. The message may be read by anybody. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: unknown;
  /** Whole seconds to stay away: sent as `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: ErrorCode, message: string, details?: unknown, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

export const notFound = (): HttpError => new HttpError(404, 'not-found', 'There is nothing here, or it is not yours to see.');
export const signedOut = (): HttpError =>
  new HttpError(401, 'signed-out', 'Sign in first: with name and password, by a one-time link, or with a token as Authorization: Bearer.');
export const forbidden = (): HttpError => new HttpError(403, 'forbidden', 'Your role does not allow this.');
