import { useCallback, useEffect, useRef, useState } from 'react';
import type { Proofreading, ProofreadingCommand, TermTableView } from '../../../shared/api/proofreading.ts';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { ask, proofreadingApi } from '../requests/index.ts';

/** Asked again so long after the last entry, ms: a stretch of typing is one question, and open chapters are read here anyway. */
const SETTLED_MS = 1_500;
/** A decision is asked for at once. */
const AT_ONCE_MS = 60;

export interface ProofreadingState {
  /** null: not yet here. */
  readonly told: Proofreading | null;
  readonly terms: TermTableView | null;
  /** Tells the person by itself when it is refused. @returns false when it was */
  decide(command: ProofreadingCommand): Promise<boolean>;
}

interface Parts {
  readonly report: ReportId;
  /** The report's head as the page knows it, and its newest entry about a finding. */
  readonly seq: Seq;
  readonly proofSeq: Seq;
}

/** What the server's rules say of the whole report, kept up with its entries. */
export function useProofreading({ report, seq, proofSeq }: Parts): ProofreadingState {
  const words = useFailureWords();
  const [told, setTold] = useState<Proofreading | null>(null);
  const [terms, setTerms] = useState<TermTableView | null>(null);
  const seenProofSeq = useRef(proofSeq);
  const newest = useRef(0);

  const refresh = useCallback(async (): Promise<void> => {
    const mine = ++newest.current;
    const answer = await ask(proofreadingApi.look(report));
    // Without an answer the page goes on showing what it knew; an older answer is not shown after a newer one.
    if (mine === newest.current && answer.ok) setTold(answer.value);
  }, [report]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the report has moved on
  useEffect(() => {
    const decided = proofSeq !== seenProofSeq.current;
    seenProofSeq.current = proofSeq;
    const soon = setTimeout(() => void refresh(), told === null ? 0 : decided ? AT_ONCE_MS : SETTLED_MS);
    return () => clearTimeout(soon);
  }, [refresh, seq]);

  useEffect(() => {
    let mounted = true;
    void ask(proofreadingApi.terms()).then((answer) => {
      if (mounted && answer.ok) setTerms(answer.value);
    });
    return () => {
      mounted = false;
    };
  }, []);

  return {
    told,
    terms,
    async decide(command) {
      const answer = await ask(proofreadingApi.decide(report, command));
      if (!answer.ok) notify(words(answer.error));
      await refresh();
      return answer.ok;
    },
  };
}
