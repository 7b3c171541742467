/** The diagnostic log: what an operator reads. One JSON line each; never content of a report, never a secret. */
export type LogLevel = 'info' | 'warn' | 'error';

export interface DiagnosticLog {
  write(level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Writes to a stream such as stderr. */
export function createDiagnosticLog(write: (line: string) => void, now: () => number): DiagnosticLog {
  return {
    write(level, event, facts = {}) {
      // JSON.stringify escapes line ends and control characters: nobody can write a line of their own into the log.
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...plain(facts) })}\n`);
    },
  };
}

export const silentLog: DiagnosticLog = { write() {} };

function plain(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, value instanceof Error ? value.stack : value]));
}
