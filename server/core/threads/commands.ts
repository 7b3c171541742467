import type { Target, ThreadsCommand } from '../../../shared/api/threads.ts';
import type { MemberId, Seq } from '../../../shared/ids.ts';
import { encodeEvent } from '../../../shared/log/codec.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { decideThread, type ThreadAsker, type ThreadCommand, type ThreadRefusal } from '../../../shared/threads/decide.ts';
import { type Anchor, MAX_QUOTE, type Thread, threadOf } from '../../../shared/threads/thread.ts';
import type { Report } from '../report.ts';
import { textNode } from '../report-fold.ts';

export type ThreadFailure =
  | ThreadRefusal
  /** No such chapter, or it is in the trash. */
  | 'no-such-chapter'
  /** Nothing of what it was to hang on stands there. */
  | 'no-such-text'
  /** Nothing was changed there since. */
  | 'thread-nothing';

/**
 * Decides and writes what a member says about the text. The server finds by itself what a thread hangs on and which entries answer it: of the
 * asker it takes ids only. To be called in turn with the report's other commands.
 */
export async function changeThreads(report: Report, author: MemberId, command: ThreadsCommand): Promise<Result<Seq, ThreadFailure>> {
  // What was typed a moment ago is what a comment on it hangs on.
  if (command.op === 'start' || command.op === 'reattach' || command.op === 'link') await report.whenDurable();
  const asked = await whatIsAsked(report, author, command);
  if (!asked.ok) return asked;
  const { threads } = report.fold;
  const decided = decideThread(threads, asked.value, askerOf(report, author));
  if (!decided.ok) return decided;
  if (decided.value === null) return ok(command.op === 'start' ? (threads.at(-1)?.id ?? report.head()) : report.head());
  const event = decided.value;
  const subject =
    event.op === 'start' || event.op === 'reattach' ? event.anchor.node : (threadOf(threads, event.thread)?.anchor.node ?? '');
  const entries = await report.appendAndWait([{ author, kind: 'thread', subject, payload: encodeEvent(event) }]);
  return ok(entries[0]?.seq ?? report.head());
}

function askerOf(report: Report, member: MemberId): ThreadAsker {
  return {
    member,
    mayComment: report.may(member, 'comment', null),
    mayClose: report.may(member, 'closeThread', null),
    belongs: (other) => report.roleOf(other) !== null,
  };
}

async function whatIsAsked(report: Report, author: MemberId, command: ThreadsCommand): Promise<Result<ThreadCommand, ThreadFailure>> {
  switch (command.op) {
    case 'start':
    case 'reattach': {
      const anchor = await anchorOf(report, command.target);
      if (!anchor.ok) return anchor;
      const { target: _, ...rest } = command;
      return ok({ ...rest, anchor: anchor.value } as ThreadCommand);
    }
    case 'link': {
      const thread = threadOf(report.fold.threads, command.thread);
      if (thread === null) return err('no-such-thread');
      return linkOf(report, author, thread, command.after);
    }
    default:
      return ok(command);
  }
}

async function anchorOf(report: Report, target: Target): Promise<Result<Anchor, ThreadFailure>> {
  const { outline } = report.fold;
  if (target.on === 'node') {
    const node = outline.nodes.find(({ id }) => id === target.node);
    if (node === undefined) return err('no-such-chapter');
    const quote = `${numbersOf(outline).get(node.id) ?? ''}${node.heading}`.slice(0, MAX_QUOTE);
    return ok({ on: 'node', node: node.id, ids: [], quote, before: '', after: '' });
  }
  const { chapter } = target;
  if (textNode(outline, chapter) === null) return err('no-such-chapter');
  const question = target.on === 'block' ? { chapter, block: target.block, ids: [] } : { chapter, block: null, ids: target.ids };
  const taken = await report.readEngine().history(report.id, 'anchor', question);
  // While the engine answered, the chapter may have gone into the trash.
  if (taken === null || textNode(report.fold.outline, chapter) === null) return err('no-such-text');
  return ok({ on: target.on, node: chapter, ...taken });
}

/** What this member wrote after `after` in the paragraphs of the thread, or in its chapter. */
async function linkOf(report: Report, by: MemberId, thread: Thread, after: Seq): Promise<Result<ThreadCommand, ThreadFailure>> {
  const { anchor } = thread;
  const engine = report.readEngine();
  const [place] = await engine.history(report.id, 'places', { anchors: [anchor.ids] });
  const chapter = place?.state === 'there' ? place.chapter : anchor.node;
  const touched = await engine.history(report.id, 'touching', { chapter, ids: anchor.ids, by, after: Math.max(after, thread.id) });
  if (touched === null) return err('thread-nothing');
  return ok({ op: 'link', thread: thread.id, answer: { by: 'edit', chapter, ...touched } });
}
