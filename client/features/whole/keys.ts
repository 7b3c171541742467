/** What a key does while the whole report is selected. */
export type WholeKey = 'copy' | 'leave' | 'back' | 'kept' | 'stay' | 'pass';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const BACK = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
const CHANGING = new Set(['Backspace', 'Delete', 'Enter', 'Process', 'Unidentified']);

/**
 * Nothing that is typed ever replaces a report: `kept` says so instead. `back` puts the caret where it was, `leave` lets go of the
 * selection and hands the key on, `pass` only hands it on.
 */
export function wholeKey({ key, ctrlKey, metaKey, altKey }: Key): WholeKey {
  const letter = key.toLowerCase();
  if ((ctrlKey || metaKey) && !altKey) {
    if (letter === 'c' || letter === 'insert') return 'copy';
    if (letter === 'a') return 'stay';
    if (letter === 'x' || letter === 'v' || CHANGING.has(key)) return 'kept';
    return letter === 'z' || letter === 'y' ? 'leave' : 'pass';
  }
  if (key === 'Escape' || BACK.has(key)) return 'back';
  if (key === 'Tab') return 'leave';
  if (key === ' ') return 'kept';
  return CHANGING.has(key) || [...key].length === 1 ? 'kept' : 'pass';
}
