import { useTranslation } from 'react-i18next';
import type { NodeId, ReportId } from '../../../shared/ids.ts';
import type { OutlineCommand } from '../../../shared/outline/outline.ts';
import type { ApiFailure } from '../../api/http.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { api, ask } from '../requests/index.ts';
import type { LineAnswer, SendLine } from '../single-line/index.ts';

export interface OutlineCommands {
  /** Tells the person by itself when it is refused. @returns false when it was */
  readonly send: (command: OutlineCommand) => Promise<boolean>;
  /** For a form that tells refusals itself. */
  readonly propose: (command: OutlineCommand) => Promise<LineAnswer>;
  /** @returns the new node, null when it was refused (and said so) */
  readonly add: (command: Extract<OutlineCommand, { op: 'add' }>) => Promise<NodeId | null>;
  /** Takes a node out and offers to put it back. */
  readonly remove: (node: NodeId, place: string) => Promise<void>;
  readonly sendTitle: SendLine;
  readonly sendHeading: (node: NodeId) => SendLine;
}

/** What a person can ask of the outline. The answer comes back as an entry of the log; here only refusals are told. */
export function useOutlineCommands(report: ReportId): OutlineCommands {
  const { t } = useTranslation();
  const failureWords = useFailureWords();

  async function send(command: OutlineCommand): Promise<boolean> {
    const answer = await ask(api.changeOutline(report, command));
    // Of a place that somebody else has just changed the code alone says too little.
    const placeGone = !answer.ok && command.op === 'move' && answer.error.code === 'outline-bad-place';
    if (!answer.ok) notify(placeGone ? t('outline.placeGone') : failureWords(answer.error));
    return answer.ok;
  }

  async function sendLine(command: OutlineCommand): Promise<LineAnswer> {
    const answer = await ask(api.changeOutline(report, command));
    if (answer.ok) return { kind: 'done' };
    const is = clashOf(answer.error);
    return is === null ? { kind: 'failed', words: failureWords(answer.error) } : { kind: 'clash', is };
  }

  return {
    send,
    propose: sendLine,
    async add(command) {
      const answer = await ask(api.changeOutline(report, command));
      if (answer.ok) return answer.value.node ?? null;
      notify(failureWords(answer.error));
      return null;
    },
    async remove(node, place) {
      if (!(await send({ op: 'remove', node }))) return;
      notify(t('outline.removed', { place }), { label: t('common.undo'), run: () => void send({ op: 'restore', node }) });
    },
    sendTitle: (was, title) => sendLine({ op: 'title', was, title }),
    sendHeading: (node) => (was, heading) => sendLine({ op: 'heading', node, was, heading }),
  };
}

/** What stands now, where the server says that a value was changed meanwhile. */
function clashOf(failure: ApiFailure): string | null {
  if (failure.code !== 'outline-clash') return null;
  const { details } = failure;
  return typeof details === 'object' && details !== null && 'is' in details && typeof details.is === 'string' ? details.is : null;
}
