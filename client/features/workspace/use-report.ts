import { useEffect, useState } from 'react';
import type { MemberId, ReportId } from '../../../shared/ids.ts';
import { browserEnvironment } from '../../connection/environment.ts';
import { openReport, type ReportConnection } from '../../connection/report-connection.ts';
import { api } from '../requests/index.ts';

/** A report open as long as the page stands; null until this browser's own records have been read. */
export function useReport(report: ReportId, member: MemberId): ReportConnection | null {
  const [connection, setConnection] = useState<ReportConnection | null>(null);

  useEffect(() => {
    let left = false;
    let opened: ReportConnection | null = null;
    void openReport({ environment: browserEnvironment(), api, member, report }).then((ready) => {
      if (left) return void ready.close();
      opened = ready;
      setConnection(ready);
    });
    return () => {
      left = true;
      setConnection(null);
      void opened?.close();
    };
  }, [report, member]);

  return connection;
}
