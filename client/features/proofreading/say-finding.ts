import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/proofreading/finding.ts';

/** What a finding says, in the person's language. */
export function useSayFinding(): (finding: Pick<Finding, 'message' | 'params'>) => string {
  const { t } = useTranslation();
  return useCallback(({ message, params }) => t(`proof.messages.${message}`, { ...params }), [t]);
}
