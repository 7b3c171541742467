import { type ChildProcess, fork } from 'node:child_process';
import type { Press, Pressed, PressJob, PressProgress } from '../core/export/press.ts';
import type { PressNews } from './press-child.ts';

/** An export that takes longer than this has gone wrong. */
const PATIENCE_MS = 10 * 60_000;

/** Makes each file in a process of its own: the server goes on, a crash of the typesetter is that file's alone, and cancelling is ending it. */
export class ChildPress implements Press {
  readonly #file: string;
  readonly #fontFolder: string;
  readonly #children = new Set<ChildProcess>();

  /** @param file the built child @param fontFolder the operator's own fonts */
  constructor(file: string, fontFolder: string) {
    this.#file = file;
    this.#fontFolder = fontFolder;
  }

  start(job: PressJob, progress: PressProgress): { readonly done: Promise<Pressed>; cancel(): void } {
    const child = fork(this.#file, [this.#fontFolder], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      timeout: PATIENCE_MS,
    });
    this.#children.add(child);
    const done = new Promise<Pressed>((resolve, reject) => {
      child.on('message', (news: PressNews) => {
        if (news.kind === 'progress') progress(news.step, news.progress);
        else if (news.kind === 'done') resolve(news.pressed);
        else reject(new Error(news.message));
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.#children.delete(child);
        reject(new Error(`The process of an export ended (${signal ?? code}).`));
      });
    });
    child.send(job);
    return { done, cancel: () => child.kill('SIGKILL') };
  }

  stop(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    return Promise.resolve();
  }
}
