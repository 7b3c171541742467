import type { Clock, Scheduler } from '../../server/core/ports.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock, Scheduler {
  private time: number;
  private timers: Timer[] = [];
  private order = 0;

  constructor(time = Date.UTC(2026, 10, 24, 1, 0, 0)) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.time + ms, order: this.order, run };
    this.order += 1;
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass; timers run in their order, each at its time. */
  advance(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = until;
  }
}

/** A clock that a test may push ahead of real time; timers stay real. For tests over real sockets. */
export class ShiftedClock implements Clock {
  private shift = 0;

  now(): number {
    return Date.now() + this.shift;
  }

  /** Pretends that `ms` more have passed. */
  advance(ms: number): void {
    this.shift += ms;
  }
}
