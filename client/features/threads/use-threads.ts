import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Target, ThreadsCommand, ThreadsState } from '../../../shared/api/threads.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { ask, threadsApi } from '../requests/index.ts';
import { type Card, inOrder } from './model.ts';

/** Places are asked for again so long after the last entry, ms: a stretch of typing is one question. What was said is asked for at once. */
const SETTLED_MS = 900;
const AT_ONCE_MS = 60;

/** A thread that is about to begin. */
export interface Beginning {
  readonly target: Target;
  readonly quote: string;
}

export interface ThreadWork {
  /** In the order of the report; null: not yet here. */
  readonly cards: readonly Card[] | null;
  /** The one that is read. */
  readonly current: Seq | null;
  readonly beginning: Beginning | null;
  focus(thread: Seq | null): void;
  begin(beginning: Beginning | null): void;
  /** Tells the person by itself when it is refused. @returns the entry, null when it was */
  change(command: ThreadsCommand): Promise<Seq | null>;
}

interface Parts {
  readonly report: ReportId;
  /** The report's head as the page knows it, and its newest entry about a thread. */
  readonly seq: Seq;
  readonly threadSeq: Seq;
  readonly nodes: readonly NodeId[];
}

/** What is said about the report, kept up with its entries. */
export function useThreads({ report, seq, threadSeq, nodes }: Parts): ThreadWork {
  const words = useFailureWords();
  const [state, setState] = useState<ThreadsState | null>(null);
  const [current, setCurrent] = useState<Seq | null>(null);
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const seenThread = useRef(threadSeq);
  const newest = useRef(0);

  const refresh = useCallback(
    async (placesOnly: boolean): Promise<void> => {
      const mine = ++newest.current;
      // An older answer is not shown after a newer one; without an answer the page goes on showing what it knew.
      if (placesOnly) {
        const answer = await ask(threadsApi.places(report));
        if (mine === newest.current && answer.ok) setState((known) => (known === null ? known : { ...known, ...answer.value }));
        return;
      }
      const answer = await ask(threadsApi.list(report));
      if (mine === newest.current && answer.ok) setState(answer.value);
    },
    [report],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the report has moved on
  useEffect(() => {
    const said = threadSeq !== seenThread.current;
    const first = state === null;
    if (!first && !said && state.threads.length === 0) return;
    const soon = setTimeout(
      () => {
        seenThread.current = threadSeq;
        void refresh(!first && !said);
      },
      first ? 0 : said ? AT_ONCE_MS : SETTLED_MS,
    );
    return () => clearTimeout(soon);
  }, [refresh, seq, threadSeq]);

  const cards = useMemo(() => {
    if (state === null) return null;
    const places = new Map(state.places.map((place) => [place.id, place]));
    const all = state.threads.flatMap((thread): Card[] => {
      const place = places.get(thread.id);
      return place === undefined ? [] : [{ thread, place }];
    });
    return inOrder(all, nodes);
  }, [state, nodes]);

  return {
    cards,
    current,
    beginning,
    focus: setCurrent,
    begin: setBeginning,
    async change(command) {
      const answer = await ask(threadsApi.change(report, command));
      if (!answer.ok) notify(words(answer.error));
      await refresh(false);
      return answer.ok ? answer.value.seq : null;
    },
  };
}
