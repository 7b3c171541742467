import { parentPort } from 'node:worker_threads';
import type { HistoryQuestions } from '../core/history/questions.ts';
import { InProcessTextEngine } from './engine.ts';
import { type Answer, type Reply, type Request, unpackEntries } from './messages.ts';

/** The worker thread of the text engine: all documents of the process live here, so that none of them can hold up a keystroke. */
const port = parentPort;
if (port === null) throw new Error('The text engine runs as a worker thread; start it by startTextEngine().');

const engine = new InProcessTextEngine((fault) => reply({ kind: 'fault', fault }));

function reply(message: Reply): void {
  port!.postMessage(message, transferable(message));
}

/** A checkpoint's join form is made for this one answer, so it is handed over; the full form stays with the chapter. */
function transferable(message: Reply): ArrayBuffer[] {
  if (message.kind !== 'answer' || message.value === null || !('full' in message.value)) return [];
  const { buffer } = message.value.join;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

port.on('message', (request: Request) => {
  switch (request.op) {
    case 'open':
      return engine.open(request.report);
    case 'close':
      return engine.close(request.report);
    case 'feed':
      return engine.feed(request.report, unpackEntries(request.entries));
    case 'checkpoint':
      return answer(request.call, engine.checkpoint(request.report, request.chapter));
    case 'copies':
      return answer(request.call, engine.copies(request.report, request.after));
    case 'figures':
      return answer(request.call, engine.figures(request.report));
    case 'history': {
      const { op, ...question } = request.question;
      return answer(request.call, engine.history(request.report, op, question as HistoryQuestions[typeof op]));
    }
  }
});

function answer(call: number, value: Promise<Answer>): void {
  value.then(
    (found) => reply({ kind: 'answer', call, value: found }),
    (error: unknown) => reply({ kind: 'failed', call, message: error instanceof Error ? error.message : String(error) }),
  );
}
