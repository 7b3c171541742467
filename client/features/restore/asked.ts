import { createStore } from 'zustand/vanilla';
import type { RestoreCommand } from '../../../shared/api/restore.ts';
import type { ChapterId } from '../../../shared/ids.ts';

/** A restore that somebody asked for: shown first, done when they agree. */
export interface AskedRestore {
  readonly chapter: ChapterId;
  readonly command: RestoreCommand;
  /** When the wording stood, where the asker knows (ms). */
  readonly at?: number | undefined;
}

export const askedRestore = createStore<{ readonly asked: AskedRestore | null }>(() => ({ asked: null }));

/** From anywhere on the page: opens the dialog that says what the restore would replace. Changes nothing by itself. */
export function askRestore(asked: AskedRestore): void {
  askedRestore.setState({ asked });
}
