import { type RefObject, useEffect } from 'react';
import type { PlaceHits } from '../../../shared/api/replace.ts';
import type { FindOptions } from '../../../shared/finding/find.ts';
import type { Hit } from './places.ts';
import { elementOf, rangesIn } from './places.ts';

/** Named in find.css. */
const ALL = 'gongbi-hits';
const CURRENT = 'gongbi-hit';

interface Marks {
  readonly pane: RefObject<HTMLElement | null>;
  readonly places: readonly PlaceHits[];
  readonly find: string;
  readonly options: FindOptions;
  readonly current: Hit | null;
}

/**
 * Marks the hits in whatever is open, while people go on writing, without touching the editors' own documents; the current one is brought
 * into view, as soon as its chapter has opened.
 */
export function useMarks({ pane, places, find, options, current }: Marks): void {
  useEffect(() => {
    const root = pane.current;
    if (root === null || find === '' || typeof Highlight === 'undefined') return;
    let shown = false;
    const draw = () => {
      const all: Range[] = [];
      let now: Range | null = null;
      for (const place of places) {
        const element = elementOf(root, place);
        if (element === null) continue;
        const ranges = rangesIn(element, find, options);
        all.push(...ranges);
        if (place === current?.place) now = ranges[Math.min(current.index, ranges.length - 1)] ?? null;
      }
      CSS.highlights?.set(ALL, new Highlight(...all));
      if (now === null) return void CSS.highlights?.delete(CURRENT);
      CSS.highlights?.set(CURRENT, new Highlight(now));
      if (shown) return;
      shown = true;
      now.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    };
    let frame = 0;
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    });
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    draw();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      CSS.highlights?.delete(ALL);
      CSS.highlights?.delete(CURRENT);
    };
  }, [pane, places, find, options, current]);
}
