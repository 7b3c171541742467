import type { ThreadPlace } from '../../../shared/api/threads.ts';
import { isAdopted, type Thread, type Threads } from '../../../shared/threads/thread.ts';
import type { Report } from '../report.ts';
import type { AnswerEdit } from './questions.ts';

/** Threads that are shown: all but those whose every comment was taken back. */
export function shownThreads(threads: Threads): Threads {
  return threads.filter(({ withdrawn }) => !withdrawn);
}

/** Where each of these threads hangs now, in their order. */
export async function placesOf(report: Report, threads: Threads): Promise<readonly ThreadPlace[]> {
  if (threads.length === 0) return [];
  const engine = report.readEngine();
  const edits = threads.map(editsOf);
  const [places, changed] = await Promise.all([
    engine.history(report.id, 'places', { anchors: threads.map(({ anchor }) => anchor.ids) }),
    engine.history(report.id, 'answers', { edits: edits.flat() }),
  ]);
  const { nodes, removed } = report.fold.outline;
  const standing = new Set(nodes.map(({ id }) => id));
  const trashed = new Set(removed.map(({ id }) => id));
  let next = 0;
  return threads.map(({ id, anchor }, index): ThreadPlace => {
    const own = changed.slice(next, next + edits[index]!.length);
    next += edits[index]!.length;
    const changedSince = own.some(Boolean);
    const found = places[index]!;
    const node = anchor.on === 'node' || found.state === 'gone' ? anchor.node : found.chapter;
    const order = found.state === 'there' && anchor.on !== 'node' ? found.order : 0;
    const at = found.state === 'there' ? found.at : [];
    if (!standing.has(node)) {
      const goneAt = removed.find((other) => other.id === node)?.removed.seq ?? 0;
      return { id, state: trashed.has(node) ? 'trashed' : 'gone', node, at: [], order, goneAt, changedSince };
    }
    if (anchor.on === 'node') return { id, state: 'there', node, at: [], order, goneAt: 0, changedSince };
    return { id, state: found.state, node, at, order, goneAt: found.state === 'gone' ? found.seq : 0, changedSince };
  });
}

/** The edits that answered a thread which was adopted: what was changed up to its close was meant. */
function editsOf(thread: Thread): readonly AnswerEdit[] {
  const { closed } = thread;
  if (closed === null || !isAdopted(thread)) return [];
  return thread.links.flatMap(({ answer, by }) =>
    answer.by === 'edit' ? [{ chapter: answer.chapter, by, from: answer.from, to: answer.to, since: Math.max(answer.to, closed.seq) }] : [],
  );
}
