import { createHistoryApi, type HistoryApi } from '../../api/history.ts';

/** The page's way to a report's past. Every request of it reads. */
export const history: HistoryApi = createHistoryApi({ fetch: (input, init) => globalThis.fetch(input, init), origin: '' });
