import { type HttpParts, routeTable } from '../../server/http/app.ts';
import type { Route } from '../../server/http/route.ts';

/** Every route with its rule and form. No handler runs, so nothing need stand behind the table. */
export function routeTableAlone(): readonly Route[] {
  return routeTable({} as unknown as HttpParts);
}
