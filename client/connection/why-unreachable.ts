import type { ReportId } from '../../shared/ids.ts';
import type { Api } from '../api/http.ts';
import { ApiFailure } from '../api/http.ts';

/** `network`: the server cannot be reached; `later`: it can, and a socket should open at one of the next attempts. */
export type Unreachable = 'network' | 'signed-out' | 'forbidden' | 'later';

/** Asks over HTTP why a socket could not be opened: a browser is not told. */
export async function whyUnreachable(api: Api, report: ReportId): Promise<Unreachable> {
  try {
    const access = await api.access(report);
    return access.role === null ? 'forbidden' : 'later';
  } catch (failure) {
    if (!(failure instanceof ApiFailure)) throw failure;
    switch (failure.code) {
      case 'signed-out':
        return 'signed-out';
      case 'forbidden':
      case 'not-found':
        return 'forbidden';
      case 'network':
        return 'network';
      default:
        return 'later';
    }
  }
}
