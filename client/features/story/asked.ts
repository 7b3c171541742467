import { createStore } from 'zustand/vanilla';
import type { Ids } from '../../../shared/api/history.ts';
import type { ChapterId } from '../../../shared/ids.ts';

/** Text whose story somebody wants: a paragraph by its marker's key, or what they selected by its ids. */
export type AskedStory =
  | { readonly chapter: ChapterId; readonly block: string }
  | { readonly chapter: ChapterId; readonly ids: readonly Ids[]; readonly words: string };

export const askedStory = createStore<{ readonly asked: AskedStory | null }>(() => ({ asked: null }));

/** From anywhere on the page: opens the story of a paragraph or of a selection. */
export function askStory(asked: AskedStory): void {
  askedStory.setState({ asked });
}
