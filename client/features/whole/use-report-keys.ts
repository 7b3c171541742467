import { useEffect, useRef } from 'react';
import { isComposing } from '../../ui/keys.ts';

interface ReportKeys {
  readonly selectAll: () => void;
  readonly step: (direction: 'undo' | 'redo') => void;
}

/**
 * Keys of the whole report, where the focus is not in a field of its own: Ctrl+A, Ctrl+Z, Ctrl+Y. In a chapter its editor hears them
 * first; in the title or a heading Ctrl+A takes the line first and the report when the line is taken already.
 */
export function useReportKeys(keys: ReportKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      const key = event.key.toLowerCase();
      const line = lineOf(event.target);
      if (line === null && isField(event.target)) return;
      if (key === 'a' && !event.shiftKey) {
        if (line !== null && getSelection()?.toString() !== line.textContent) return;
        event.preventDefault();
        latest.current.selectAll();
      } else if (line === null && (key === 'z' || (key === 'y' && !event.shiftKey))) {
        event.preventDefault();
        latest.current.step(key === 'y' || event.shiftKey ? 'redo' : 'undo');
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** The title or a heading on the paper, where it is being written in. */
function lineOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement && target.isContentEditable && target.matches('#paper .oneline') ? target : null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
