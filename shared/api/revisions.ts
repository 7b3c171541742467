import type { Seq } from '../ids.ts';
import type { Revision } from '../revisions/revision.ts';

/** GET /api/reports/:report/revisions: named points, in the order of the points that they name. Also in `ReportState.revisions`. */
export interface RevisionList {
  readonly head: Seq;
  readonly revisions: readonly Revision[];
}

/** POST /api/reports/:report/revisions (RevisionCommand) → the entry; of `name` it is the new revision's id. */
export interface RevisionDone {
  readonly seq: Seq;
}
