import { expect, test } from 'vitest';
import { AckQueue } from '../../../server/core/ack-queue.ts';

test('an ack is due only when every append before the frame is durable, and names the last frame that may be named', () => {
  const queue = new AckQueue();
  queue.wait(1, 1);
  queue.wait(2, 1);
  queue.wait(3, 2);
  queue.settle(0, 10);
  expect(queue.take()).toBeNull();
  queue.settle(1, 11);
  expect(queue.take()).toEqual({ seq: 11, n: 2 });
  expect(queue.isWaiting).toBe(true);
  queue.settle(5, 15);
  expect(queue.take()).toEqual({ seq: 15, n: 3 });
  expect(queue.isWaiting).toBe(false);
});

test('an ack is given out once, and a later one stands for the earlier', () => {
  const queue = new AckQueue();
  queue.wait(1, 1);
  queue.wait(2, 2);
  queue.settle(1, 7);
  queue.settle(2, 8);
  expect(queue.isDue).toBe(true);
  expect(queue.take()).toEqual({ seq: 8, n: 2 });
  expect(queue.take()).toBeNull();
});
