import { useEffect, useRef } from 'react';
import { isComposing } from '../../ui/keys.ts';

/** Next and previous unread paragraph: `]` and `[` while nothing is being written, Alt+`]` and Alt+`[` also in the text. */
export function useUnreadKeys(step: (direction: 1 | -1) => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.ctrlKey || event.metaKey || event.shiftKey || document.querySelector('[role="dialog"]') !== null)
        return;
      const direction = event.code === 'BracketRight' ? 1 : event.code === 'BracketLeft' ? -1 : null;
      if (direction === null || (!event.altKey && isWriting(event.target))) return;
      event.preventDefault();
      latest.current(direction);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** A place where the key would write a sign. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
