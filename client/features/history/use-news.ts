import { useEffect, useState } from 'react';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { PROTOCOL_VERSION, SCHEMA_VERSION } from '../../../shared/wire/protocol.ts';
import { browserEnvironment } from '../../connection/environment.ts';
import { ReportSocket } from '../../connection/report-socket.ts';

/**
 * How many entries about text or outline came since: a page of the past shows one moment, and says when there is more. It listens to the
 * report's socket and opens no room.
 * @param known the last entry that the page has taken in
 */
export function useNews(report: ReportId, known: Seq): number {
  const [news, setNews] = useState<{ readonly of: Seq; readonly count: number }>({ of: known, count: 0 });
  useEffect(() => {
    let last = known;
    const socket = new ReportSocket({
      environment: browserEnvironment(),
      report,
      query: {},
      params: () => ({ protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, since: last }),
      onMessage: (message) => {
        if (message.kind !== 'entry' || message.seq <= last) return;
        last = message.seq;
        if (message.entry?.kind !== 'text' && message.entry?.kind !== 'outline') return;
        setNews((now) => ({ of: known, count: now.of === known ? now.count + 1 : 1 }));
      },
      // It comes back by itself; without it the page only says nothing of what is new.
      onClose: () => {},
    });
    socket.connect();
    return () => socket.stop();
  }, [report, known]);
  return news.of === known ? news.count : 0;
}
