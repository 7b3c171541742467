import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Press, Pressed, PressJob, PressProgress } from '../core/export/press.ts';
import { ChildPress } from './child-press.ts';
import type { PdfSetter } from './pdf/pdf.ts';
import { press } from './press.ts';

/** In the built server the child lies beside the main script. */
function builtChild(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'press.js');
}

/**
 * The press as this process can have it: a process for each file where there is a built child, else (tests, run from source) in this one.
 * @param fontFolder the operator's own fonts; it need not exist
 */
export function startPress(fontFolder: string, childFile = builtChild()): Press {
  return existsSync(childFile) ? new ChildPress(childFile, fontFolder) : new InProcessPress(fontFolder);
}

/** Makes files in this process, each after the messages that came before. */
export class InProcessPress implements Press {
  readonly #fontFolder: string;
  #setter: PdfSetter | null = null;

  constructor(fontFolder: string) {
    this.#fontFolder = fontFolder;
  }

  start(job: PressJob, progress: PressProgress): { readonly done: Promise<Pressed>; cancel(): void } {
    let cancelled = false;
    const make = async (): Promise<Pressed> => {
      // Native code and fonts are loaded by who sets pages, not by every server.
      const { PdfSetter } = await import('./pdf/pdf.ts');
      if (cancelled) throw new Error('Cancelled.');
      const setter = () => {
        this.#setter ??= new PdfSetter(this.#fontFolder);
        return this.#setter;
      };
      return press(job, setter, progress);
    };
    const done = make();
    return {
      done,
      cancel: () => {
        cancelled = true;
      },
    };
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
