import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CaretPlace } from './use-author.ts';

/** Where the own caret is. It moves with every key, so that only the card that speaks of it follows. */
export interface Caret {
  readonly state: StoreApi<{ readonly place: CaretPlace | null }>;
  move(place: CaretPlace | null): void;
}

export function createCaret(): Caret {
  const state = createStore<{ readonly place: CaretPlace | null }>(() => ({ place: null }));
  return { state, move: (place) => state.setState({ place }) };
}
