import { startTransition, useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';

/** How often the page around the text follows what changes with every key, ms. */
export const CALM_MS = 250;

/**
 * Follows a store: at once where it matters, otherwise at most every `ms`, and then the newest.
 * @param isUrgent does what is now the case matter at once, compared with what was told last?
 * @param tell `urgent` false: nobody waits for it, typing goes first
 * @returns a function that ends it; what was held back is not told any more
 */
export function followCalmly<T>(
  store: Pick<StoreApi<T>, 'getState' | 'subscribe'>,
  isUrgent: (told: T, now: T) => boolean,
  tell: (now: T, urgent: boolean) => void,
  ms = CALM_MS,
): () => void {
  let told = store.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pass = (urgent: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    told = store.getState();
    tell(told, urgent);
  };
  const stop = store.subscribe((now) => {
    if (isUrgent(told, now)) pass(true);
    else timer ??= setTimeout(() => pass(false), ms);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/**
 * A store as the page around the text shows it. Every key and every word of others changes what is counted and numbered there;
 * drawing all of it each time would make the letters themselves late.
 * @param isUrgent must be the same function each time
 */
export function useCalmStore<T>(store: StoreApi<T>, isUrgent: (told: T, now: T) => boolean): T {
  const [shown, setShown] = useState(() => store.getState());
  useEffect(() => {
    setShown(() => store.getState());
    return followCalmly(store, isUrgent, (now, urgent) => {
      if (urgent) setShown(() => now);
      else startTransition(() => setShown(() => now));
    });
  }, [store, isUrgent]);
  return shown;
}
