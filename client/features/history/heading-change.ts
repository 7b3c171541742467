export interface WordChange {
  readonly before: string;
  readonly was: string;
  readonly is: string;
  readonly after: string;
}

/** What is different between two single lines: everything but what they begin and end with alike. Whole characters only. */
export function wordChange(was: string, is: string): WordChange {
  const [old, now] = [[...was], [...is]];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return {
    before: now.slice(0, head).join(''),
    was: old.slice(head, old.length - tail).join(''),
    is: now.slice(head, now.length - tail).join(''),
    after: now.slice(now.length - tail).join(''),
  };
}
