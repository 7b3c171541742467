import { useTranslation } from 'react-i18next';
import type { HomeReport } from '../../../shared/api/home.ts';
import { STEPS } from './model.ts';

/** How far a report's work has come: done, now, still to come; and in words. */
export function StagePath({ report }: { readonly report: HomeReport }) {
  const { t } = useTranslation();
  const now = STEPS.indexOf(report.workStage);
  const { standing } = report;
  return (
    <div className="rep-stage">
      <div className="steps" aria-hidden="true">
        {STEPS.map((step, index) => (
          <i key={step} className={standing !== 'active' ? 'put-away' : index < now ? 'done' : index === now ? 'now' : ''} />
        ))}
      </div>
      <div className="cap">
        {standing === 'active'
          ? t('home.step', { stage: t(`home.stages.${report.workStage}`), step: now + 1, steps: STEPS.length })
          : t(`home.standing.${standing}`)}
      </div>
    </div>
  );
}
