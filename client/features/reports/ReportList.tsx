import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { Me } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { isIn, SHOWS, type Show } from './model.ts';
import { ReportRow } from './ReportRow.tsx';
import { useLife } from './use-life.ts';

interface ReportListProps {
  readonly reports: readonly HomeReport[];
  readonly me: Me;
  readonly onChanged: () => void;
  readonly onCopy: (report: HomeReport, masked: boolean) => void;
}

const NONE = { mine: 'home.noneMine', owned: 'home.noneOwned', archived: 'home.noneArchived', trashed: 'home.noneTrashed' } as const;

/** My reports, the last changed first: in work, put away, thrown away. */
export function ReportList({ reports, me, onChanged, onCopy }: ReportListProps) {
  const { t } = useTranslation();
  const [show, setShow] = useState<Show>('mine');
  const [leaving, setLeaving] = useState<HomeReport | null>(null);
  const life = useLife(onChanged);
  const shown = reports.filter((report) => isIn(show, report));
  return (
    <section aria-labelledby="reports-heading">
      <div className="home-head">
        <h2 id="reports-heading">{t('home.reports')}</h2>
        <span className="muted">
          {show === 'archived'
            ? t('home.archivedCount', { count: shown.length })
            : show === 'trashed'
              ? t('home.trashedCount', { count: shown.length })
              : t('home.activeCount', { count: shown.length })}
        </span>
        <span className="grow" />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a form where there is none */}
        <div className="filters" role="group" aria-label={t('home.filters')}>
          {SHOWS.map((one) => (
            <Button key={one} size="sm" className="pill" aria-pressed={show === one} onClick={() => setShow(one)}>
              {t(`home.show.${one}`)}
            </Button>
          ))}
        </div>
      </div>
      <div className="card">
        {shown.length === 0 ? (
          <p className="home-none">{t(NONE[show])}</p>
        ) : (
          <>
            <div className="rep rep-head" aria-hidden="true">
              <span>{t('home.columnTitle')}</span>
              <span>{t('home.columnStage')}</span>
              <span>{t('home.columnProgress')}</span>
              <span>{t('home.columnMembers')}</span>
              <span>{t('home.columnChanged')}</span>
              <span className="unseen">{t('home.columnActs')}</span>
            </div>
            <ul>
              {shown.map((report) => (
                <ReportRow
                  key={report.id}
                  report={report}
                  me={me}
                  onLife={(op) => void life(report, op)}
                  onCopy={(masked) => onCopy(report, masked)}
                  onLeave={() => setLeaving(report)}
                />
              ))}
            </ul>
          </>
        )}
      </div>
      {leaving === null ? null : <LeaveDialog report={leaving} me={me} onClose={() => setLeaving(null)} onLeft={onChanged} />}
    </section>
  );
}
