import { useTranslation } from 'react-i18next';
import { figure } from '../../i18n/start.ts';
import { type Progress, ProgressBar } from '../blanks/index.ts';
import { useSayCount } from '../counts/index.ts';
import type { OutlineTotals } from './model.ts';

/** The foot of the outline: the whole report in figures. */
export function Totals({ totals, progress }: { readonly totals: OutlineTotals; readonly progress: Progress | null }) {
  const { t } = useTranslation();
  const { parts, chapters, count, blanks } = totals;
  const sayCount = useSayCount();
  const shape = [parts > 0 ? t('outline.totalParts', { count: parts }) : null, t('outline.totalChapters', { count: chapters })];
  return (
    <dl className="totals">
      <div>
        <dt>{t('outline.totals')}</dt>
        <dd title={sayCount(count)}>
          {[...shape, t('outline.characters', { count: count.characters })].filter((part) => part !== null).join(' · ')}
        </dd>
      </div>
      {progress !== null && progress.total > 0 ? (
        <div>
          <dt className="unseen">{t('outline.totalBlanks')}</dt>
          <dd className="totals-blanks">
            <ProgressBar progress={progress} />
          </dd>
        </div>
      ) : (
        <div>
          <dt>{t('outline.totalBlanks')}</dt>
          <dd className={blanks > 0 ? 'blanks' : undefined}>{figure(blanks)}</dd>
        </div>
      )}
    </dl>
  );
}
