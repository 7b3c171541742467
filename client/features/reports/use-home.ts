import { useCallback, useEffect, useState } from 'react';
import type { Home } from '../../../shared/api/home.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { signedOutNow } from '../me/index.ts';
import { ask, desk } from '../requests/index.ts';

export type Listing =
  | { readonly state: 'asking' }
  | { readonly state: 'here'; readonly home: Home }
  | { readonly state: 'failed'; readonly failure: FailureLike };

/** The first screen's contents; asked for again after an act, and when the window is come back to. */
export function useHome(): { readonly listing: Listing; readonly again: () => void } {
  const [listing, setListing] = useState<Listing>({ state: 'asking' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((now) => now + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    void ask(desk.home()).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setListing({ state: 'here', home: answer.value });
      else if (answer.error.code === 'signed-out') signedOutNow();
      // What is on the screen already stays there: an act beside it tells its own failure.
      else setListing((now) => (now.state === 'here' ? now : { state: 'failed', failure: answer.error }));
    });
    return () => {
      mounted = false;
    };
  }, [round]);

  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') again();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [again]);

  return { listing, again };
}
