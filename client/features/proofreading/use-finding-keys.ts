import { useEffect, useRef } from 'react';
import { isComposing } from '../../ui/keys.ts';

/** F7 goes to the next finding, Shift+F7 to the one before, in the text as well. */
export function useFindingKeys(step: (direction: 1 | -1) => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F7' || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      // The card of a finding is a dialog as well, and the key goes on from there.
      if (document.querySelector('[role="dialog"]:not(.finding-card)') !== null) return;
      event.preventDefault();
      latest.current(event.shiftKey ? -1 : 1);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
