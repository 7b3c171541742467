import type { MemberId, Seq } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import {
  type Anchor,
  type Answer,
  asksReason,
  type Comment,
  type CommentBody,
  type Disposition,
  MAX_BODY,
  MAX_COMMENTS,
  MAX_LINKS,
  MAX_MENTIONS,
  MAX_REASON,
  MAX_THREADS,
  type Thread,
  type ThreadEvent,
  type Threads,
  threadOf,
} from './thread.ts';

/** What a person asks for, once the server knows what it hangs on and what answers it. */
export type ThreadCommand =
  | { readonly op: 'start'; readonly anchor: Anchor; readonly body: CommentBody; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'reply'; readonly thread: Seq; readonly body: CommentBody }
  | { readonly op: 'edit'; readonly thread: Seq; readonly comment: Seq; readonly body: CommentBody }
  | { readonly op: 'delete'; readonly thread: Seq; readonly comment: Seq }
  | { readonly op: 'assign'; readonly thread: Seq; readonly to: MemberId | null; readonly due: string | null }
  | { readonly op: 'close'; readonly thread: Seq; readonly disposition: Disposition; readonly reason: string }
  | { readonly op: 'reopen'; readonly thread: Seq }
  | { readonly op: 'reattach'; readonly thread: Seq; readonly anchor: Anchor }
  | { readonly op: 'link'; readonly thread: Seq; readonly answer: Answer };

export type ThreadRefusal =
  | 'forbidden'
  | 'no-such-thread'
  | 'no-such-comment'
  | 'no-such-member'
  /** Only who wrote a comment changes or takes it back. */
  | 'comment-not-yours'
  /** Empty, too long, or with letters that no text may hold. */
  | 'comment-bad-text'
  /** A mention that is not where it says, or names nobody of this report. */
  | 'comment-bad-mention'
  | 'thread-closed'
  | 'thread-full'
  | 'thread-reason';

/** Who asks, and what they may. */
export interface ThreadAsker {
  readonly member: MemberId;
  readonly mayComment: boolean;
  /** May decide what becomes of anybody's thread. */
  readonly mayClose: boolean;
  /** Does this member belong to the report? */
  belongs(member: MemberId): boolean;
}

/** Judged by the state before it. `null` = it stands so already: nothing is to be done, and a message that is sent twice says nothing twice. */
export function decideThread(threads: Threads, command: ThreadCommand, asker: ThreadAsker): Result<ThreadEvent | null, ThreadRefusal> {
  if (!asker.mayComment && !asker.mayClose) return err('forbidden');
  if (command.op === 'start') return decideStart(threads, command, asker);
  const thread = threadOf(threads, command.thread);
  if (thread === null || thread.withdrawn) return err('no-such-thread');
  switch (command.op) {
    case 'reply':
      return decideReply(thread, command, asker);
    case 'edit':
    case 'delete':
      return decideOwn(thread, command, asker);
    case 'assign':
      return decideAssign(thread, command, asker);
    case 'close':
      return decideClose(thread, command, asker);
    case 'reopen':
      if (!asker.mayClose && !isConcerned(thread, asker.member)) return err('forbidden');
      return ok(thread.closed === null ? null : { op: 'reopen', thread: thread.id });
    case 'reattach':
      if (!asker.mayClose && thread.by !== asker.member) return err('forbidden');
      return ok({ op: 'reattach', thread: thread.id, anchor: command.anchor });
    case 'link':
      return decideLink(thread, command.answer);
  }
}

function decideStart(
  threads: Threads,
  command: ThreadCommand & { readonly op: 'start' },
  asker: ThreadAsker,
): Result<ThreadEvent | null, ThreadRefusal> {
  if (!asker.mayComment) return err('forbidden');
  const body = judgeBody(command.body, asker);
  if (!body.ok) return body;
  if (command.to !== null && !asker.belongs(command.to)) return err('no-such-member');
  const last = threads.at(-1);
  if (last !== undefined && isSame(last, command.anchor, body.value, asker.member)) return ok(null);
  if (threads.length >= MAX_THREADS) return err('thread-full');
  const { anchor, to } = command;
  return ok({ op: 'start', anchor, body: body.value, to, due: to === null ? null : command.due });
}

/** The same words of the same person in the same place: the message came twice. */
function isSame(thread: Thread, anchor: Anchor, body: CommentBody, member: MemberId): boolean {
  const { by, comments, withdrawn } = thread;
  if (by !== member || withdrawn || comments.length !== 1 || comments[0]!.body.text !== body.text) return false;
  return thread.anchor.node === anchor.node && JSON.stringify(thread.anchor.ids) === JSON.stringify(anchor.ids);
}

function decideReply(
  thread: Thread,
  command: ThreadCommand & { readonly op: 'reply' },
  asker: ThreadAsker,
): Result<ThreadEvent | null, ThreadRefusal> {
  if (!asker.mayComment) return err('forbidden');
  const body = judgeBody(command.body, asker);
  if (!body.ok) return body;
  const last = thread.comments.at(-1)!;
  if (last.by === asker.member && last.deleted === null && last.body.text === body.value.text && thread.comments.length > 1)
    return ok(null);
  if (thread.closed !== null) return err('thread-closed');
  if (thread.comments.length >= MAX_COMMENTS) return err('thread-full');
  return ok({ op: 'reply', thread: thread.id, body: body.value });
}

function decideOwn(
  thread: Thread,
  command: ThreadCommand & { readonly op: 'edit' | 'delete' },
  asker: ThreadAsker,
): Result<ThreadEvent | null, ThreadRefusal> {
  if (!asker.mayComment) return err('forbidden');
  const comment = thread.comments.find(({ seq }) => seq === command.comment);
  if (comment === undefined) return err('no-such-comment');
  if (comment.by !== asker.member) return err('comment-not-yours');
  if (command.op === 'delete') return ok(comment.deleted === null ? { op: 'delete', thread: thread.id, comment: comment.seq } : null);
  if (comment.deleted !== null) return err('no-such-comment');
  const body = judgeBody(command.body, asker);
  if (!body.ok) return body;
  return ok(isSameBody(comment, body.value) ? null : { op: 'edit', thread: thread.id, comment: comment.seq, body: body.value });
}

function isSameBody({ body }: Comment, other: CommentBody): boolean {
  return body.text === other.text && JSON.stringify(body.mentions) === JSON.stringify(other.mentions);
}

function decideAssign(
  thread: Thread,
  { to, due }: ThreadCommand & { readonly op: 'assign' },
  asker: ThreadAsker,
): Result<ThreadEvent | null, ThreadRefusal> {
  if (!asker.mayComment) return err('forbidden');
  if (thread.closed !== null) return err('thread-closed');
  if (to !== null && !asker.belongs(to)) return err('no-such-member');
  const stands = to === null ? thread.assigned === null : thread.assigned?.to === to && thread.assigned.due === due;
  return ok(stands ? null : { op: 'assign', thread: thread.id, to, due: to === null ? null : due });
}

/** Whoever decides about the text may say anything; who began a thread or was asked for it may say that it is answered. */
function decideClose(
  thread: Thread,
  command: ThreadCommand & { readonly op: 'close' },
  asker: ThreadAsker,
): Result<ThreadEvent | null, ThreadRefusal> {
  const { disposition } = command;
  const reason = command.reason.trim();
  if (!asker.mayClose && !(disposition === 'answered' && isConcerned(thread, asker.member))) return err('forbidden');
  if (reason.length > MAX_REASON || !isText(reason)) return err('comment-bad-text');
  if (reason === '' && asksReason(disposition)) return err('thread-reason');
  const { closed } = thread;
  if (closed === null) return ok({ op: 'close', thread: thread.id, disposition, reason });
  // Somebody else said something else meanwhile: it is opened again before it is decided anew.
  return closed.disposition === disposition && closed.reason === reason ? ok(null) : err('thread-closed');
}

function decideLink(thread: Thread, answer: Answer): Result<ThreadEvent | null, ThreadRefusal> {
  const known = thread.links.some((link) => JSON.stringify(link.answer) === JSON.stringify(answer));
  if (known) return ok(null);
  return thread.links.length >= MAX_LINKS ? err('thread-full') : ok({ op: 'link', thread: thread.id, answer });
}

function isConcerned(thread: Thread, member: MemberId): boolean {
  return thread.by === member || thread.assigned?.to === member;
}

function judgeBody(body: CommentBody, asker: ThreadAsker): Result<CommentBody, ThreadRefusal> {
  const { text, mentions } = body;
  if (text.trim() === '' || text.length > MAX_BODY || !isText(text)) return err('comment-bad-text');
  if (mentions.length > MAX_MENTIONS) return err('comment-bad-mention');
  let end = 0;
  for (const { member, at, length } of mentions) {
    const fits = at >= end && length >= 2 && at + length <= text.length && /^[@＠]/.test(text.slice(at));
    if (!fits || !asker.belongs(member)) return err('comment-bad-mention');
    end = at + length;
  }
  return ok({ text, mentions: mentions.map(({ member, at, length }) => ({ member, at, length })) });
}

const NO_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Plain words in lines: no control characters but line ends, no half characters. */
export function isText(text: string): boolean {
  return !NO_TEXT.test(text);
}

/** What a person typed or pasted as a comment may hold it: line ends of one kind, no control characters, nothing around it. */
export function asText(typed: string): string {
  const lines = typed
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\r\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ');
  return lines.replaceAll(new RegExp(NO_TEXT, 'g'), '');
}
