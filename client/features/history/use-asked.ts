import { useCallback, useEffect, useState } from 'react';
import type { ApiFailure } from '../../api/http.ts';
import { signedOutNow } from '../me/index.ts';
import { ask } from '../requests/index.ts';

export type Asked<Value> =
  | { readonly state: 'asking' }
  | { readonly state: 'here'; readonly value: Value }
  | { readonly state: 'failed'; readonly failure: ApiFailure };

/**
 * An answer of the server, asked for again whenever `key` changes. What another key had answered is not shown meanwhile.
 * @param key names what is asked; null asks nothing
 * @returns the answer, and a way to ask again
 */
export function useAsked<Value>(key: string | null, request: () => Promise<Value>): readonly [Asked<Value>, () => void] {
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly asked: Asked<Value> } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what `request` closes over, a new round asks again
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    setAnswer({ key, asked: { state: 'asking' } });
    void ask(request()).then((result) => {
      if (!wanted) return;
      if (!result.ok && result.error.code === 'signed-out') signedOutNow();
      else setAnswer({ key, asked: result.ok ? { state: 'here', value: result.value } : { state: 'failed', failure: result.error } });
    });
    return () => {
      wanted = false;
    };
  }, [key, round]);

  const again = useCallback(() => setRound((now) => now + 1), []);
  return [answer !== null && answer.key === key ? answer.asked : { state: 'asking' }, again];
}
