import type { ExportStep } from '../../shared/api/export.ts';
import type { Pressed, PressJob } from '../core/export/press.ts';
import { PdfSetter } from './pdf/pdf.ts';
import { press } from './press.ts';

/** What the process of one export says. */
export type PressNews =
  | { readonly kind: 'progress'; readonly step: ExportStep; readonly progress: number | null }
  | { readonly kind: 'done'; readonly pressed: Pressed }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The process of one export. A process and not a thread: the typesetter is native code, and when that gives up it takes its process along.
 * The folder of the operator's own fonts is its one argument.
 */
process.once('message', (job: PressJob) => {
  try {
    const pressed = press(
      job,
      () => new PdfSetter(process.argv[2] ?? null),
      (step, progress) => say({ kind: 'progress', step, progress }),
    );
    say({ kind: 'done', pressed }, () => process.exit(0));
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1));
  }
});
// Nobody waits any more.
process.once('disconnect', () => process.exit(1));

function say(news: PressNews, then?: () => void): void {
  process.send?.(news, undefined, undefined, then);
}
