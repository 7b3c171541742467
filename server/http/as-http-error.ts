import { ReportUnavailable } from '../core/report-error.ts';
import { HttpError } from './http-error.ts';

/** What Express and its body readers throw, and what the core throws, as the one form of refusal. Anything else is a fault of ours. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof ReportUnavailable) return unavailable(error);
  if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number') {
    if (error.status === 413) return new HttpError(413, 'too-big', 'This is larger than what can be taken here.');
    if (error.status >= 400 && error.status < 500) return new HttpError(error.status, 'bad-request', 'The request cannot be read.');
  }
  if (error instanceof URIError) return new HttpError(400, 'bad-request', 'The address cannot be read.');
  return new HttpError(500, 'internal', 'Something went wrong on the server. Nothing was changed by this request.');
}

function unavailable(error: ReportUnavailable): HttpError {
  switch (error.code) {
    case 'corrupt':
      return new HttpError(503, 'corrupt', 'The stored record of this report is damaged; it can only be read.');
    case 'storage':
      return new HttpError(503, 'storage', 'The server cannot store or read this report now. Nothing was changed; try again shortly.');
    case 'stopping':
      return new HttpError(503, 'storage', 'The server is stopping. Try again shortly.');
  }
}
