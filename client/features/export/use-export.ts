import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportCommand, ExportState } from '../../../shared/api/export.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { ask, exportApi } from '../requests/index.ts';

const ASK_AGAIN_MS = 250;

/** How one export stands on this page. */
export interface Exporting {
  readonly state: ExportState | null;
  readonly failure: FailureLike | null;
  begin(command: ExportCommand): void;
  cancel(): void;
}

/** Begins exports one after the other and follows the last; one that is no longer wanted is cancelled. */
export function useExport(report: ReportId, onDone: (state: ExportState) => void = () => {}): Exporting {
  const [state, setState] = useState<ExportState | null>(null);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const round = useRef(0);
  const id = useRef<string | null>(null);
  const done = useRef(onDone);
  done.current = onDone;

  const drop = useCallback(() => {
    round.current += 1;
    if (id.current !== null) void ask(exportApi.cancel(report, id.current));
    id.current = null;
  }, [report]);

  useEffect(() => drop, [drop]);

  const begin = useCallback(
    (command: ExportCommand) => {
      drop();
      const mine = round.current;
      setFailure(null);
      const follow = async (): Promise<void> => {
        const begun = await ask(exportApi.begin(report, command));
        if (!begun.ok) {
          if (mine === round.current) setFailure(begun.error);
          return;
        }
        if (mine !== round.current) {
          void ask(exportApi.cancel(report, begun.value.id));
          return;
        }
        id.current = begun.value.id;
        let now = begun.value;
        setState(now);
        while (now.state === 'running') {
          await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
          if (mine !== round.current) return;
          const answer = await ask(exportApi.state(report, now.id));
          if (mine !== round.current) return;
          if (!answer.ok) {
            setFailure(answer.error);
            return;
          }
          now = answer.value;
          setState(now);
        }
        if (now.state === 'done') done.current(now);
      };
      void follow();
    },
    [report, drop],
  );

  const cancel = useCallback(() => {
    drop();
    setState((now) => (now === null ? null : { ...now, state: 'cancelled' }));
  }, [drop]);

  return { state, failure, begin, cancel };
}
