import { useEffect } from 'react';
import type { ReportConnection } from '../../connection/report-connection.ts';

/** Leaving asks first while the server lacks something that was written here. */
export function useUnsavedGuard(connection: ReportConnection): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (connection.hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [connection]);
}
