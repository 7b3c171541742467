import { randomInt } from 'node:crypto';
import { customAlphabet } from 'nanoid';
import { FIRST_LEASED_CLIENT_ID } from '../shared/text/seed.ts';
import type { Clock, Ids, Scheduler } from './core/ports.ts';

/** The core's time, delays and chance, from Node. */
export const systemClock: Clock = { now: () => Date.now() };

export const systemScheduler: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const nextId = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 20);

export const systemIds: Ids = {
  next: () => nextId(),
  nextClientId: () => randomInt(FIRST_LEASED_CLIENT_ID, 2 ** 32),
};
