import { useRef, useState } from 'react';
import type { Rescue } from '../../connection/rescue.ts';

interface Refused {
  /** The newest rescue copy that came while this page stood and was not put aside; null when there is none. */
  readonly newest: Rescue | null;
  readonly seen: () => void;
}

/** Text refused while the page is open gets a bar; older copies are only listed. */
export function useRefused(rescues: readonly Rescue[]): Refused {
  const known = useRef<Set<string> | null>(null);
  known.current ??= new Set(rescues.map((rescue) => rescue.id));
  const [, redraw] = useState(0);
  const before = known.current;
  return {
    newest: rescues.find((rescue) => !before.has(rescue.id)) ?? null,
    seen: () => {
      for (const rescue of rescues) before.add(rescue.id);
      redraw((count) => count + 1);
    },
  };
}
