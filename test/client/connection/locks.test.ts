import { afterEach, expect, test } from 'vitest';
import { channelLocks } from '../../../client/connection/locks.ts';

type TabLocks = NonNullable<ReturnType<typeof channelLocks>>;
let tabs: TabLocks[] = [];

afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
});

function openTab(): TabLocks {
  const tab = channelLocks((ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  });
  if (tab === null) throw new Error('Node has broadcast channels');
  tabs.push(tab);
  return tab;
}

test('[ID2] without Web Locks a lock is held by one tab, until it gives it back or goes', async () => {
  const [one, two] = [openTab(), openTab()];
  const release = await one.tryHold('a');
  expect(release).not.toBeNull();
  expect(await two.tryHold('a')).toBeNull();
  expect(await one.tryHold('a')).toBeNull();
  expect(await two.tryHold('b')).not.toBeNull();
  release?.();
  expect(await two.tryHold('a')).not.toBeNull();
  two.close();
  expect(await openTab().tryHold('a')).not.toBeNull();
});

test('two tabs that ask at once never both get it', async () => {
  const [one, two] = [openTab(), openTab()];
  const got = await Promise.all([one.tryHold('a'), two.tryHold('a')]);
  expect(got.filter((release) => release !== null).length).toBeLessThanOrEqual(1);
});
