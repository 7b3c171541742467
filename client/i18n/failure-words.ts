import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../api/http.ts';

/** What went wrong with a request: a code of the server, or that no answer of its came. */
export interface FailureLike {
  readonly code: FailureCode;
  /** '' when no answer came. */
  readonly requestId: string;
}

/** A failure in words that say what to do; a fault of the server carries the number to quote. */
export function useFailureWords(): (failure: FailureLike) => string {
  const { t } = useTranslation();
  return ({ code, requestId }) => {
    const words = t(`errors.${code}`);
    return code === 'internal' && requestId !== '' ? t('errors.withId', { words, id: requestId }) : words;
  };
}
