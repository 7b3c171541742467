import { createStore } from 'zustand/vanilla';

/** A short message at the foot of the page, with at most one act. It goes by itself; nothing that must be read stands only here. */
export interface Notice {
  readonly id: number;
  readonly words: string;
  readonly act?: { readonly label: string; readonly run: () => void };
}

const LASTS_MS = 8_000;
/** One that offers something is read, thought about, and reached for. */
const WITH_ACT_LASTS_MS = 20_000;

export const notices = createStore<{ readonly list: readonly Notice[] }>(() => ({ list: [] }));
let last = 0;

/** Shows a notice for a while; the newest three are kept. */
export function notify(words: string, act?: Notice['act']): void {
  last += 1;
  const notice: Notice = act === undefined ? { id: last, words } : { id: last, words, act };
  notices.setState(({ list }) => ({ list: [...list, notice].slice(-3) }));
  setTimeout(() => dismiss(notice.id), act === undefined ? LASTS_MS : WITH_ACT_LASTS_MS);
}

export function dismiss(id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
}
