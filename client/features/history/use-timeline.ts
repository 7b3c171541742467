import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { HistoryFilter } from '../../api/history.ts';
import type { ApiFailure } from '../../api/http.ts';
import { signedOutNow } from '../me/index.ts';
import { ask, historyApi } from '../requests/index.ts';
import { type Pages, withNewest, withOlder } from './sittings.ts';

/** What of the history is wanted; without `before` and `limit`. */
export type Wanted = Omit<HistoryFilter, 'before' | 'limit'>;

export interface Timeline {
  /** null: not yet here. */
  readonly pages: Pages | null;
  readonly failure: ApiFailure | null;
  /** Older ones are being asked for. */
  readonly asking: boolean;
  more(): void;
  again(): void;
}

const PAGE = 30;
/** While somebody types, entries come several a second: the newest page is asked for again this long after the first of them, ms. */
const SETTLE_MS = 1_000;

/** The report's sittings, page by page, and what comes in meanwhile on top. @param head changes when an entry came */
export function useTimeline(report: ReportId, wanted: Wanted, head: Seq): Timeline {
  const key = JSON.stringify(wanted);
  const [pages, setPages] = useState<Pages | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [asking, setAsking] = useState(false);
  const [round, setRound] = useState(0);
  const [refresh, setRefresh] = useState(0);
  /** Answers to an earlier wish are not taken. */
  const wish = useRef(0);
  const seen = useRef(head);

  const fetchPage = useCallback(
    async (filter: HistoryFilter, take: (page: Pages) => void) => {
      const mine = wish.current;
      const answer = await ask(historyApi.page(report, filter));
      if (mine !== wish.current) return;
      if (answer.ok) {
        setFailure(null);
        take(answer.value);
      } else if (answer.error.code === 'signed-out') signedOutNow();
      else setFailure(answer.error);
    },
    [report],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `wanted`, a new round asks again
  useEffect(() => {
    wish.current += 1;
    seen.current = head;
    setPages(null);
    setFailure(null);
    void fetchPage({ ...wanted, limit: PAGE }, setPages);
  }, [fetchPage, key, round]);

  const here = pages !== null;
  const stale = here && head !== seen.current;
  // what comes while the timer runs is in its answer: it is not set anew
  useEffect(() => {
    if (!stale) return;
    const timer = setTimeout(() => {
      setRefresh((now) => now + 1);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [stale]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (refresh === 0 || !here) return;
    seen.current = head;
    void fetchPage({ ...wanted, limit: PAGE }, (page) => setPages((shown) => (shown === null ? page : withNewest(shown, page))));
  }, [refresh]);

  const next = pages?.next ?? null;
  const more = useCallback(() => {
    if (next === null || asking) return;
    setAsking(true);
    void fetchPage({ ...(JSON.parse(key) as Wanted), before: next, limit: PAGE }, (page) =>
      setPages((shown) => (shown === null ? page : withOlder(shown, page))),
    ).finally(() => setAsking(false));
  }, [next, asking, key, fetchPage]);

  return { pages, failure, asking, more, again: useCallback(() => setRound((now) => now + 1), []) };
}
