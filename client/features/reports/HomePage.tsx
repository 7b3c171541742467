import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Home, HomeReport } from '../../../shared/api/home.ts';
import type { Me } from '../../../shared/api.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayDay } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { DeskBar } from '../search/index.ts';
import { type Beginning, NewReportDialog } from './NewReportDialog.tsx';
import { ReportList } from './ReportList.tsx';
import { TodoList } from './TodoList.tsx';
import { useHome } from './use-home.ts';

/** The first screen: what waits for me, then my reports. */
export function HomePage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { listing, again } = useHome();
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  usePageTitle(t('home.pageTitle'));

  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('common.skipToMain')}
      </a>
      <DeskBar me={me} />
      <main id="main" className="home" aria-busy={listing.state === 'asking'}>
        {listing.state === 'asking' ? (
          <div className="card home-wait">
            <Skeleton lines={6} />
          </div>
        ) : null}
        {listing.state === 'failed' ? (
          <div role="alert" className="card">
            <Nothing headline={t('home.failedHeading')} acts={<Button onClick={again}>{t('common.retry')}</Button>}>
              {failureWords(listing.failure)}
            </Nothing>
          </div>
        ) : null}
        {listing.state === 'here' ? <Here home={listing.home} me={me} onBegin={setBeginning} onChanged={again} /> : null}
      </main>
      {beginning === null || listing.state !== 'here' ? null : (
        <NewReportDialog beginning={beginning} reports={listing.home.reports} onClose={() => setBeginning(null)} />
      )}
    </div>
  );
}

interface HereProps {
  readonly home: Home;
  readonly me: Me;
  readonly onBegin: (beginning: Beginning) => void;
  readonly onChanged: () => void;
}

function Here({ home, me, onBegin, onChanged }: HereProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { reports, todos } = home;
  const bare = reports.length === 0;
  const acts = (
    <>
      <Button look={bare ? 'primary' : 'plain'} onClick={() => go('/import')}>
        {t('home.import')}
      </Button>
      <Button onClick={() => onBegin({ kind: 'new' })}>
        <Plus aria-hidden="true" />
        {t('home.create')}
      </Button>
    </>
  );
  if (bare) {
    return (
      <div className="card">
        <h1 className="unseen">{t('home.reports')}</h1>
        <Nothing headline={t('home.emptyHeading')} acts={me.admin ? acts : undefined}>
          {t(me.admin ? 'home.emptyHint' : 'home.emptyHintMember')}
        </Nothing>
      </div>
    );
  }
  return (
    <>
      <div className="home-head">
        <h1>{todos.length === 0 ? t('home.nothingWaiting') : t('home.waiting', { count: todos.length })}</h1>
        <span className="muted">{sayDay(Date.now())}</span>
        <span className="grow" />
        {me.admin ? <span className="row home-acts">{acts}</span> : null}
      </div>
      {todos.length === 0 ? null : <TodoList todos={todos} />}
      <ReportList
        reports={reports}
        me={me}
        onChanged={onChanged}
        onCopy={(report: HomeReport, masked) => onBegin({ kind: 'copy', report, masked })}
      />
    </>
  );
}
