import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Me, ReportSummary } from '../../../shared/api.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { LanguageSwitch, MeMenu, signedOutNow } from '../me/index.ts';
import { api, ask } from '../requests/index.ts';
import { NewReportDialog } from './NewReportDialog.tsx';
import { ReportRow } from './ReportRow.tsx';

type Listing =
  | { readonly state: 'asking' }
  | { readonly state: 'here'; readonly reports: readonly ReportSummary[] }
  | { readonly state: 'failed'; readonly failure: FailureLike };

export function HomePage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const [listing, setListing] = useState<Listing>({ state: 'asking' });
  const [round, setRound] = useState(0);
  const [creating, setCreating] = useState(false);
  usePageTitle(t('home.pageTitle'));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    void ask(api.reports()).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setListing({ state: 'here', reports: answer.value.toSorted((one, other) => other.changedAt - one.changedAt) });
      else if (answer.error.code === 'signed-out') signedOutNow();
      else setListing({ state: 'failed', failure: answer.error });
    });
    return () => {
      mounted = false;
    };
  }, [round]);

  const empty = listing.state === 'here' && listing.reports.length === 0;
  const acts = (
    <>
      <Button onClick={() => setCreating(true)}>
        <Plus aria-hidden="true" />
        {t('home.create')}
      </Button>
      <Button look="primary" onClick={() => go('/import')}>
        {t('home.import')}
      </Button>
    </>
  );
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('common.skipToMain')}
      </a>
      <header className="top">
        <Brand />
        <b>{t('brand.name')}</b>
        <span className="grow" />
        <LanguageSwitch />
        <span className="home-me">{me.name}</span>
        <MeMenu me={me} />
      </header>
      <main id="main" className="home">
        <div className="home-head">
          <h1>{t('home.heading')}</h1>
          {listing.state === 'here' && !empty ? <span className="muted">{t('home.count', { count: listing.reports.length })}</span> : null}
          <span className="grow" />
          {empty || !me.admin ? null : acts}
        </div>
        <div className="card" aria-busy={listing.state === 'asking'}>
          {listing.state === 'asking' ? (
            <div className="home-wait">
              <Skeleton lines={6} />
            </div>
          ) : null}
          {listing.state === 'failed' ? (
            <div role="alert">
              <Nothing headline={t('home.failedHeading')} acts={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
                {failureWords(listing.failure)}
              </Nothing>
            </div>
          ) : null}
          {empty ? (
            <Nothing headline={t('home.emptyHeading')} acts={me.admin ? acts : undefined}>
              {me.admin ? t('home.emptyHint') : t('home.emptyHintMember')}
            </Nothing>
          ) : null}
          {listing.state === 'here' && !empty ? (
            <>
              <div className="rep rep-head" aria-hidden="true">
                <span>{t('home.columnTitle')}</span>
                <span>{t('home.columnRole')}</span>
                <span>{t('home.columnMembers')}</span>
                <span>{t('home.columnChanged')}</span>
              </div>
              <ul>
                {listing.reports.map((report) => (
                  <ReportRow key={report.id} report={report} />
                ))}
              </ul>
            </>
          ) : null}
        </div>
      </main>
      <NewReportDialog open={creating} onOpenChange={setCreating} />
    </div>
  );
}
