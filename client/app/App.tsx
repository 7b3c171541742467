import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import { useStore } from 'zustand';
import { parseReportId } from '../../shared/ids.ts';
import { askIdentity, identity } from '../features/me/index.ts';
import { HomePage } from '../features/reports/index.ts';
import { SearchPage } from '../features/search/index.ts';
import { InvitePage, JoinPage, NotFoundPage, NotYoursPage, PlainPage, SetupPage, SignedOutPage } from '../features/sign-in/index.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { Button } from '../ui/Button.tsx';
import { HintProvider } from '../ui/Hint.tsx';
import { Notices } from '../ui/Notices.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Trap } from './Trap.tsx';

// the editor and the import screen are fetched when they are needed: the first screen stays small
const WorkspacePage = lazy(async () => ({ default: (await import('../features/workspace/index.ts')).WorkspacePage }));
const AccountPage = lazy(async () => ({ default: (await import('../features/account/index.ts')).AccountPage }));
const PeoplePage = lazy(async () => ({ default: (await import('../features/people/index.ts')).PeoplePage }));
const TermsPage = lazy(async () => ({ default: (await import('../features/terms/index.ts')).TermsPage }));
const ComparePage = lazy(async () => ({ default: (await import('../features/history/index.ts')).ComparePage }));
const ReplayPage = lazy(async () => ({ default: (await import('../features/history/index.ts')).ReplayPage }));
const ContributionsPage = lazy(async () => ({ default: (await import('../features/history/index.ts')).ContributionsPage }));
const ImportPage = lazy(async () => ({ default: (await import('../features/import/index.ts')).ImportPage }));

/** Frame of every page: routes, hints, notices, and what is shown when a page breaks. */
export function App() {
  return (
    <HintProvider delayDuration={350}>
      <Trap>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/join/:secret">{({ secret }) => <JoinPage secret={secret} />}</Route>
            <Route path="/invite/:secret">{({ secret }) => <InvitePage secret={secret} />}</Route>
            <Route path="/setup/:secret">{({ secret }) => <SetupPage secret={secret} />}</Route>
            <Route>
              <SignedInRoutes />
            </Route>
          </Switch>
        </Suspense>
      </Trap>
      <Notices />
    </HintProvider>
  );
}

function SignedInRoutes() {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const who = useStore(identity);
  useEffect(() => {
    if (identity.getState().state === 'asking') void askIdentity();
  }, []);

  switch (who.state) {
    case 'asking':
      return <Waiting />;
    case 'out':
      return <SignedOutPage />;
    case 'failed':
      return (
        <PlainPage>
          <div role="alert">
            <h1>{failureWords(who.failure)}</h1>
            <div className="acts">
              <Button onClick={() => void askIdentity()}>{t('common.retry')}</Button>
            </div>
          </div>
        </PlainPage>
      );
    case 'in':
      return (
        <Switch>
          <Route path="/">
            <HomePage me={who.me} />
          </Route>
          <Route path="/search">
            <SearchPage me={who.me} />
          </Route>
          <Route path="/import">{who.me.admin ? <ImportPage /> : <NotYoursPage />}</Route>
          <Route path="/account">
            <AccountPage me={who.me} />
          </Route>
          <Route path="/people">{who.me.admin ? <PeoplePage me={who.me} /> : <NotFoundPage />}</Route>
          <Route path="/terms">
            <TermsPage me={who.me} />
          </Route>
          <Route path="/r/:report">
            {({ report }) => {
              const id = parseReportId(report);
              return id === null ? <NotFoundPage /> : <WorkspacePage key={id} report={id} me={who.me} />;
            }}
          </Route>
          <Route path="/r/:report/compare">
            {({ report }) => {
              const id = parseReportId(report);
              return id === null ? <NotFoundPage /> : <ComparePage key={id} report={id} me={who.me} />;
            }}
          </Route>
          <Route path="/r/:report/replay">
            {({ report }) => {
              const id = parseReportId(report);
              return id === null ? <NotFoundPage /> : <ReplayPage key={id} report={id} me={who.me} />;
            }}
          </Route>
          <Route path="/r/:report/contributions">
            {({ report }) => {
              const id = parseReportId(report);
              return id === null ? <NotFoundPage /> : <ContributionsPage key={id} report={id} me={who.me} />;
            }}
          </Route>
          <Route path="/index.html">
            <Redirect to="/" replace />
          </Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      );
  }
}

function Waiting() {
  return (
    <div className="page">
      <div className="top" />
      <div className="waiting">
        <Skeleton lines={6} />
      </div>
    </div>
  );
}
