import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { SearchResults } from '../../../shared/api/home.ts';
import type { Me } from '../../../shared/api.ts';
import { judgeQuery } from '../../../shared/search/find.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { signedOutNow } from '../me/index.ts';
import { ask, desk } from '../requests/index.ts';
import { DeskBar } from './DeskBar.tsx';
import { FoundReport } from './FoundReport.tsx';

/** Typing rests so long before the server is asked, ms. */
const REST_MS = 250;

type Answer = { readonly words: string; readonly results: SearchResults } | { readonly words: string; readonly failure: FailureLike };

/** What was found in all my reports, by report and chapter; answers while one types. */
export function SearchPage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const search = useSearch();
  const [words, setWords] = useState(() => new URLSearchParams(search).get('q') ?? '');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const judged = judgeQuery(words);
  const asked = words.trim();
  usePageTitle(t('search.pageTitle'));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    if (judged !== 'fine') return;
    let mounted = true;
    const timer = setTimeout(() => {
      // The address can be given on and come back to; each letter is no page of its own.
      history.replaceState(history.state, '', `/search?q=${encodeURIComponent(asked)}`);
      void ask(desk.search(asked)).then((got) => {
        if (!mounted) return;
        if (got.ok) setAnswer({ words: asked, results: got.value });
        else if (got.error.code === 'signed-out') signedOutNow();
        else setAnswer({ words: asked, failure: got.error });
      });
    }, REST_MS);
    return () => {
      mounted = false;
      clearTimeout(timer);
    };
  }, [asked, judged, round]);

  const now = judged === 'fine' && answer?.words === asked ? answer : null;
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('common.skipToMain')}
      </a>
      <DeskBar me={me} words={words} onWords={setWords} />
      <main id="main" className="home search-page" aria-busy={judged === 'fine' && now === null}>
        <h1 className="unseen">{t('search.heading')}</h1>
        {judged === 'fine' ? (
          now === null ? (
            <Skeleton lines={6} />
          ) : (
            <Found answer={now} onRetry={() => setRound(round + 1)} />
          )
        ) : (
          <p className="found-hint" role="status">
            {t(`search.${judged}`)}
          </p>
        )}
      </main>
    </div>
  );
}

function Found({ answer, onRetry }: { readonly answer: Answer; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  if ('failure' in answer) {
    return (
      <div role="alert" className="card">
        <Nothing headline={t('search.failed')} acts={<Button onClick={onRetry}>{t('common.retry')}</Button>}>
          {failureWords(answer.failure)}
        </Nothing>
      </div>
    );
  }
  const { reports, total, complete } = answer.results;
  if (reports.length === 0) {
    return (
      <div role="status" className="card">
        <Nothing headline={t('search.none', { words: answer.words })}>{t(complete ? 'search.noneHint' : 'search.incomplete')}</Nothing>
      </div>
    );
  }
  return (
    <>
      <p className="found-hint" role="status">
        {t('search.found', { count: total, reports: reports.length })}
        {complete ? null : <b> {t('search.incomplete')}</b>}
      </p>
      {reports.map((report) => (
        <FoundReport key={report.id} report={report} words={answer.words} />
      ))}
    </>
  );
}
