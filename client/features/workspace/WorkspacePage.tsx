import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Me } from '../../../shared/api.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { ReportConnection, ReportView } from '../../connection/report-connection.ts';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { useCalmStore } from '../../ui/calm.ts';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MeMenu } from '../me/index.ts';
import { SignedOutPage } from '../sign-in/index.ts';
import { useReport } from './use-report.ts';
import { Workspace } from './Workspace.tsx';

interface WorkspacePageProps {
  readonly report: ReportId;
  readonly me: Me;
}

/** A report as one works in it; before that, waiting for it or saying why it can't be opened. */
export function WorkspacePage({ report, me }: WorkspacePageProps) {
  const connection = useReport(report, me.id);
  return connection === null ? <Opening me={me} /> : <Opened connection={connection} me={me} />;
}

function Opened({ connection, me }: { readonly connection: ReportConnection; readonly me: Me }) {
  const { t } = useTranslation();
  const view = useCalmStore(connection.state, isUrgent);
  if (view.report !== null) return <Workspace connection={connection} view={view} report={view.report} me={me} />;
  if (view.refusal === 'signed-out') return <SignedOutPage />;
  if (view.phase !== 'offline' && view.refusal === null) return <Opening me={me} />;
  return (
    <div className="page">
      <header className="top">
        <Brand />
        <span className="grow" />
        <MeMenu me={me} />
      </header>
      <main role="alert">
        <Nothing
          headline={t('report.failedHeading')}
          acts={
            <>
              <Button onClick={() => connection.reconnect()}>{t('common.retry')}</Button>
              <Link href="/" className="btn">
                {t('common.backHome')}
              </Link>
            </>
          }
        >
          {t(view.refusal === null ? 'errors.network' : view.refusal === 'outdated' ? 'bars.oldSchema' : 'errors.not-found')}
        </Nothing>
      </main>
    </div>
  );
}

/** Everything but others' typing: that moves the entry's number, the counts and the places of carets, and nobody waits for those. */
function isUrgent(told: ReportView, now: ReportView): boolean {
  const { report, places: _, carets: __, textEntries: ___, ...rest } = now;
  if (Object.entries(rest).some(([key, value]) => value !== told[key as keyof ReportView])) return true;
  if (report === null || told.report === null) return report !== told.report;
  const { seq: _____, figures: ______, ...known } = report;
  return Object.entries(known).some(([key, value]) => value !== told.report?.[key as keyof typeof report]);
}

/** The workspace's frame with grey lines where words will stand. */
function Opening({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  return (
    <div className="workspace">
      <header className="top">
        <Brand />
        <span className="muted">{t('report.opening')}</span>
        <span className="grow" />
        <MeMenu me={me} />
      </header>
      <div className="ws" aria-hidden="true">
        <div className="outline opening">
          <Skeleton lines={8} />
        </div>
        <main className="desk">
          <div className="scroll">
            <div className="sheet">
              <Skeleton lines={10} />
            </div>
          </div>
        </main>
        <div className="panel opening">
          <Skeleton lines={4} />
        </div>
      </div>
    </div>
  );
}
