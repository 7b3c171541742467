import { useTranslation } from 'react-i18next';
import { figure } from '../../i18n/start.ts';
import type { OutlineTotals } from './model.ts';

/** The foot of the outline: the whole report in figures. */
export function Totals({ totals }: { readonly totals: OutlineTotals }) {
  const { t } = useTranslation();
  const { parts, chapters, characters, blanks } = totals;
  const shape = [parts > 0 ? t('outline.totalParts', { count: parts }) : null, t('outline.totalChapters', { count: chapters })];
  return (
    <dl className="totals">
      <div>
        <dt>{t('outline.totals')}</dt>
        <dd>{[...shape, t('outline.characters', { count: characters })].filter((part) => part !== null).join(' · ')}</dd>
      </div>
      <div>
        <dt>{t('outline.totalBlanks')}</dt>
        <dd className={blanks > 0 ? 'blanks' : undefined}>{figure(blanks)}</dd>
      </div>
    </dl>
  );
}
