import { useTranslation } from 'react-i18next';
import type { Progress } from './model.ts';

/** 已填 15 / 36, with a bar. */
export function ProgressBar({ progress: { filled, total } }: { readonly progress: Progress }) {
  const { t } = useTranslation();
  const share = total === 0 ? 100 : (100 * filled) / total;
  return (
    <div className="blanks-progress">
      <span>{t('blanks.progress', { filled, total })}</span>
      <div
        className="bar"
        role="progressbar"
        aria-label={t('blanks.progressBar')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={filled}
      >
        <i style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
