import type { EntryHeader } from '../log/entry.ts';
import { type Comment, type CommentBody, type Thread, type ThreadEvent, type Threads, threadIndex } from './thread.ts';

/** One event applied; total. What names a thread or comment that is not there changes nothing. */
export function reduceThreads(threads: Threads, event: ThreadEvent, header: EntryHeader): Threads {
  if (event.op === 'start') return started(threads, event, header);
  const index = threadIndex(threads, event.thread);
  const thread = threads[index];
  if (thread === undefined) return threads;
  const after = withEvent(thread, event, header);
  return after === thread ? threads : threads.with(index, after);
}

function started(threads: Threads, event: ThreadEvent & { readonly op: 'start' }, header: EntryHeader): Threads {
  const { author: by, at, seq } = header;
  const last = threads.at(-1);
  // Entries come in their order; anything else would break the search by id.
  if (last !== undefined && last.id >= seq) return threads;
  const thread: Thread = {
    id: seq,
    by,
    at,
    anchor: event.anchor,
    comments: [commentOf(event.body, header)],
    assigned: event.to === null ? null : { by, at, seq, to: event.to, due: event.due },
    closed: null,
    reopened: null,
    links: [],
    withdrawn: false,
  };
  return [...threads, thread];
}

function withEvent(thread: Thread, event: Exclude<ThreadEvent, { readonly op: 'start' }>, header: EntryHeader): Thread {
  const { author: by, at, seq } = header;
  const done = { by, at, seq };
  switch (event.op) {
    case 'reply':
      return { ...thread, comments: [...thread.comments, commentOf(event.body, header)] };
    case 'edit':
      return withComment(thread, event.comment, (comment) => ({
        ...comment,
        body: event.body,
        edited: { at, seq },
        named: namedIn(event.body, comment.named, header),
      }));
    case 'delete':
      return withoutComment(thread, event.comment, header);
    case 'assign':
      return { ...thread, assigned: event.to === null ? null : { ...done, to: event.to, due: event.due } };
    case 'close':
      return { ...thread, closed: { ...done, disposition: event.disposition, reason: event.reason } };
    case 'reopen':
      return thread.closed === null ? thread : { ...thread, closed: null, reopened: done };
    case 'reattach':
      return { ...thread, anchor: event.anchor };
    case 'link':
      return { ...thread, links: [...thread.links, { ...done, answer: event.answer }] };
  }
}

function commentOf(body: CommentBody, header: EntryHeader): Comment {
  const { author: by, at, seq } = header;
  return { by, at, seq, body, edited: null, deleted: null, named: namedIn(body, [], header) };
}

/** Who was named before keeps the moment at which it was done. */
function namedIn(body: CommentBody, before: Comment['named'], { at, seq }: EntryHeader): Comment['named'] {
  const members = [...new Set(body.mentions.map(({ member }) => member))];
  return members.map((member) => before.find((one) => one.member === member) ?? { member, at, seq });
}

function withComment(thread: Thread, id: number, change: (comment: Comment) => Comment): Thread {
  const index = thread.comments.findIndex(({ seq }) => seq === id);
  const comment = thread.comments[index];
  return comment === undefined || comment.deleted !== null ? thread : { ...thread, comments: thread.comments.with(index, change(comment)) };
}

/** What others answered leaves a mark; the last words of a thread go without one, and a thread of marks only is withdrawn. */
function withoutComment(thread: Thread, id: number, { at, seq }: EntryHeader): Thread {
  const emptied = withComment(thread, id, (comment) => ({
    ...comment,
    body: { text: '', mentions: [] },
    deleted: { at, seq },
    named: [],
  }));
  if (emptied === thread) return thread;
  const { comments } = emptied;
  let length = comments.length;
  while (length > 1 && comments[length - 1]!.deleted !== null) length -= 1;
  const left = comments.slice(0, length);
  return { ...emptied, comments: left, withdrawn: left.every(({ deleted }) => deleted !== null) };
}
