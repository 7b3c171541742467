import { expect, test } from 'vitest';
import { threadAddress, threadInAddress } from '../../../../client/features/threads/address.ts';
import type { ReportId } from '../../../../shared/ids.ts';

test('[TH13] an address names its thread; what is no number names none', () => {
  const address = threadAddress('reportreportreport1' as ReportId, 42);
  expect(threadInAddress(address.slice(address.indexOf('?')))).toBe(42);
  for (const search of ['', 'panel=threads', '?thread=', '?thread=-1', '?thread=1e3', '?thread=x'])
    expect(threadInAddress(search)).toBeNull();
});
