import type { CommittedEntry } from './ports.ts';

/** Goes with a command's drafts through the log and comes back with each of its entries. */
export interface CommandOrigin {
  readonly kind: 'command';
  done(entry: CommittedEntry): void;
}

/** Commands whose entries are on their way to the disk. */
export class PendingCommands {
  private readonly failures = new Map<CommandOrigin, (error: Error) => void>();

  /** @param count how many entries must be durable before `done` resolves with them. */
  wait(count: number): { readonly origin: CommandOrigin; readonly done: Promise<readonly CommittedEntry[]> } {
    const entries: CommittedEntry[] = [];
    let resolve: (entries: readonly CommittedEntry[]) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const done = new Promise<readonly CommittedEntry[]>((onDone, onFailed) => {
      resolve = onDone;
      reject = onFailed;
    });
    const origin: CommandOrigin = {
      kind: 'command',
      done: (entry) => {
        entries.push(entry);
        if (entries.length < count) return;
        this.failures.delete(origin);
        resolve(entries);
      },
    };
    this.failures.set(origin, reject);
    return { origin, done };
  }

  /** None of them will ever be durable. */
  fail(error: Error): void {
    for (const reject of this.failures.values()) reject(error);
    this.failures.clear();
  }
}
