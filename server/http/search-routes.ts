import { z } from 'zod';
import { judgeQuery, LONGEST_QUERY, SHORTEST_QUERY } from '../../shared/search/find.ts';
import type { Clock } from '../core/ports.ts';
import type { Reports } from '../core/reports.ts';
import { searchReports } from '../core/search.ts';
import { HttpError } from './http-error.ts';
import type { Route } from './route.ts';
import { parse } from './route.ts';

const searchQuery = z.strictObject({ q: z.string().max(400) });

/** Words in titles, headings and texts of everything that the asker may read. */
export function searchRoutes({ reports, clock }: { readonly reports: Reports; readonly clock: Clock }): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/search',
      rule: 'signed-in',
      about: 'Finds words in titles, headings and texts of all reports that one may read, the trash left out.',
      query: searchQuery,
      gives: 'SearchResults',
      handle: async ({ request, identity }) => {
        const { q } = parse(searchQuery, { ...request.query });
        const judged = judgeQuery(q);
        if (judged !== 'fine') {
          throw new HttpError(400, 'search-query', `Search for ${SHORTEST_QUERY} to ${LONGEST_QUERY} characters.`, { is: judged });
        }
        return { json: await searchReports(reports, identity.account.id, q, clock) };
      },
    },
  ];
}
