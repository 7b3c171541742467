/** Runs one piece of asynchronous work after the other, in the order they were asked for; a failed one doesn't hold up the next. */
export class WorkLine {
  #last: Promise<unknown> = Promise.resolve();

  run<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
