import { useEffect, useState } from 'react';
import type { TermTableView } from '../../../shared/api/proofreading.ts';
import type { TermCommand, TermField } from '../../../shared/proofreading/house-terms.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { signedOutNow } from '../me/index.ts';
import { ask, proofreadingApi } from '../requests/index.ts';

/** How a change of the table went: which fields cannot stand, and what to say beside them. */
export interface Asked {
  readonly done: boolean;
  readonly bad: readonly TermField[];
  readonly words: string | null;
}

/** The office's table of terms, and changing it. */
export function useTerms() {
  const failureWords = useFailureWords();
  const [table, setTable] = useState<TermTableView | null>(null);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    void ask(proofreadingApi.terms()).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setTable(answer.value);
      else if (answer.error.code === 'signed-out') signedOutNow();
      setFailure(answer.ok ? null : answer.error);
    });
    return () => {
      mounted = false;
    };
  }, [round]);

  async function change(command: TermCommand): Promise<Asked> {
    const answer = await ask(proofreadingApi.changeTerms(command));
    if (answer.ok) {
      setTable(answer.value);
      return { done: true, bad: [], words: null };
    }
    // Somebody changed the table meanwhile: what stands there now is shown beside the refusal.
    if (answer.error.code === 'term-clash' || answer.error.code === 'no-such-term') setRound((now) => now + 1);
    const { fields = [] } = (answer.error.details ?? {}) as { readonly fields?: readonly TermField[] };
    return { done: false, bad: fields, words: failureWords(answer.error) };
  }

  return { table, failure, change, retry: () => setRound((now) => now + 1) };
}
