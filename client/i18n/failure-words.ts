import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../api/http.ts';

/** What went wrong with a request: a code of the server, or that no answer of its came. */
export interface FailureLike {
  readonly code: FailureCode;
  /** '' when no answer came. */
  readonly requestId: string;
  /** Of the code `too-many`: how long to stay away. */
  readonly details?: unknown;
}

/** A failure in words that say what to do; a fault of the server carries the number to quote. */
export function useFailureWords(): (failure: FailureLike) => string {
  const { t } = useTranslation();
  return ({ code, requestId, details }) => {
    const wait = code === 'too-many' ? secondsIn(details) : null;
    if (wait !== null)
      return wait > 60 ? t('errors.waitMinutes', { count: Math.ceil(wait / 60) }) : t('errors.waitSeconds', { count: wait });
    const words = t(`errors.${code}`);
    return code === 'internal' && requestId !== '' ? t('errors.withId', { words, id: requestId }) : words;
  };
}

function secondsIn(details: unknown): number | null {
  if (typeof details !== 'object' || details === null || !('retryAfter' in details)) return null;
  return typeof details.retryAfter === 'number' ? details.retryAfter : null;
}
