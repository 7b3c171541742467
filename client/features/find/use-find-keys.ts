import { useEffect } from 'react';
import { isComposing } from '../../ui/keys.ts';

/** Ctrl+F finds, Ctrl+H also replaces: over the whole report, of which the browser itself sees the open chapters only. */
export function useFindKeys(open: (withReplacement: boolean) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'f' && key !== 'h') return;
      // A dialog has its own text to look at.
      if (document.querySelector('[role=dialog]') !== null) return;
      event.preventDefault();
      open(key === 'h');
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open]);
}
