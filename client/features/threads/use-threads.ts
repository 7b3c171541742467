import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Target, ThreadsCommand } from '../../../shared/api/threads.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import type { HeardThreads } from '../../connection/heard-threads.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { ask, threadsApi } from '../requests/index.ts';
import { type Followed, placesDelay, withHeard, withList, withPlaces } from './follow.ts';
import { type Card, inOrder } from './model.ts';

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
  /** The report's head as the page knows it. */
  readonly seq: Seq;
  readonly heardThreads: HeardThreads;
  readonly nodes: readonly NodeId[];
}

/** What is said about the report, kept up with its entries. */
export function useThreads({ report, seq, heardThreads, nodes }: Parts): ThreadWork {
  const words = useFailureWords();
  const [state, setState] = useState<Followed | null>(null);
  const [current, setCurrent] = useState<Seq | null>(null);
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const listing = useRef(false);
  const placing = useRef({ asked: Number.NEGATIVE_INFINITY, since: null as number | null });

  // Without an answer the page goes on showing what it knew.
  const list = useCallback(async (): Promise<void> => {
    const answer = await ask(threadsApi.list(report));
    if (answer.ok) setState((known) => withList(known, answer.value));
  }, [report]);

  // What is said comes by the socket; all is asked for at the beginning, and when something was missed.
  const followed = useMemo(() => (state === null ? null : withHeard(state, heardThreads)), [state, heardThreads]);
  const shown = followed ?? state;
  const missing = followed === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again, where there was no answer or an old one, whenever the report has moved on
  useEffect(() => {
    if (!missing || listing.current) return;
    listing.current = true;
    void list().finally(() => {
      listing.current = false;
    });
  }, [missing, list, state, seq]);

  const nowhere = shown === null || (shown.threads.length === 0 && shown.places.length === 0);
  const placesSeq = shown?.placesSeq ?? 0;
  const said = shown !== null && shown.seq > placesSeq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew with each entry about a thread
  useEffect(() => {
    if (missing || nowhere || seq <= placesSeq) return;
    const now = performance.now();
    placing.current.since ??= now;
    const { asked, since } = placing.current;
    const soon = setTimeout(
      () => {
        placing.current = { asked: performance.now(), since: null };
        void ask(threadsApi.places(report)).then((answer) => {
          if (answer.ok) setState((known) => (known === null ? known : withPlaces(known, answer.value)));
        });
      },
      placesDelay(now, { said, asked, since }),
    );
    return () => clearTimeout(soon);
  }, [report, seq, said, shown?.seq, placesSeq, missing, nowhere]);

  const cards = useMemo(() => {
    if (shown === null) return null;
    const at = new Map(shown.places.map((place) => [place.id, place]));
    const all = shown.threads.flatMap((thread): Card[] => {
      const place = at.get(thread.id);
      return place === undefined || thread.withdrawn ? [] : [{ thread, place }];
    });
    return inOrder(all, nodes);
  }, [shown, nodes]);

  return {
    cards,
    current,
    beginning,
    focus: setCurrent,
    begin: setBeginning,
    async change(command) {
      const answer = await ask(threadsApi.change(report, command));
      if (!answer.ok) notify(words(answer.error));
      // One's own words stand there at once, with the socket away too.
      await list();
      return answer.ok ? answer.value.seq : null;
    },
  };
}
