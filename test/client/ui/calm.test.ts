import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { followCalmly } from '../../../client/ui/calm.ts';

interface Page {
  readonly seq: number;
  readonly title: string;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function follow() {
  const store = createStore<Page>(() => ({ seq: 0, title: '甲' }));
  const told: (readonly [Page, boolean])[] = [];
  const stop = followCalmly(
    store,
    (before, now) => before.title !== now.title,
    (now, urgent) => told.push([now, urgent]),
    100,
  );
  return { store, told, stop };
}

test('what changes with every key is told once in a while, and then as it is by then', () => {
  const { store, told } = follow();
  for (let seq = 1; seq <= 5; seq++) store.setState({ seq });
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([[{ seq: 5, title: '甲' }, false]]);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(1);
});

test('what matters is told at once, with everything held back, and nothing is told twice', () => {
  const { store, told } = follow();
  store.setState({ seq: 1 });
  store.setState({ title: '乙' });
  expect(told).toEqual([[{ seq: 1, title: '乙' }, true]]);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(1);
});

test('after the end nothing is told', () => {
  const { store, told, stop } = follow();
  store.setState({ seq: 1 });
  stop();
  store.setState({ title: '乙' });
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
});
