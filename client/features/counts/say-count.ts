import { useTranslation } from 'react-i18next';
import type { TextCount } from '../../../shared/counting/count.ts';

/** A count in all three ways, a line each, for a hint: people compare it with what Word says and with what was asked of them. */
export function useSayCount(): (count: TextCount) => string {
  const { t } = useTranslation();
  return ({ characters, withoutPunctuation, words }) =>
    [
      t('counts.characters', { n: characters }),
      t('counts.withoutPunctuation', { n: withoutPunctuation }),
      t('counts.words', { n: words }),
    ].join('\n');
}
