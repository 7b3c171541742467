import { type RefObject, useEffect, useRef, useState } from 'react';

/** A chapter that has been far away for so long leaves its room. */
export const LEAVE_AFTER_MS = 60_000;

/**
 * Is an element near the visible part of its scroll container, or was it within the last minute?
 * @param margin how far outside still counts, as a CSS length
 * @param keep true keeps it near whatever the scroll position (it holds the caret)
 */
export function useNearness(element: RefObject<HTMLElement | null>, margin: string, keep: boolean): boolean {
  const [near, setNear] = useState(false);
  const seen = useRef(false);

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    let leaving: ReturnType<typeof setTimeout> | null = null;
    const observer = new IntersectionObserver(
      (entries) => {
        seen.current = entries.some((entry) => entry.isIntersecting);
        if (leaving !== null) clearTimeout(leaving);
        leaving = null;
        if (seen.current) setNear(true);
        else if (!keep) leaving = setTimeout(() => setNear(false), LEAVE_AFTER_MS);
      },
      { root: node.closest('[data-scroll]'), rootMargin: `${margin} 0px` },
    );
    observer.observe(node);
    return () => {
      observer.disconnect();
      if (leaving !== null) clearTimeout(leaving);
    };
  }, [element, margin, keep]);

  return near || keep;
}
