import { createStore } from 'zustand/vanilla';
import type { ChapterId } from '../../../shared/ids.ts';

/** A paragraph whose story somebody wants. */
export interface AskedStory {
  readonly chapter: ChapterId;
  /** Key of its marker. */
  readonly block: string;
}

export const askedStory = createStore<{ readonly asked: AskedStory | null }>(() => ({ asked: null }));

/** From anywhere on the page: opens the story of a paragraph. */
export function askStory(asked: AskedStory): void {
  askedStory.setState({ asked });
}
