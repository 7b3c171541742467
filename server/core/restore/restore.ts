import type { RestoreCommand, RestoreDone, RestorePreview } from '../../../shared/api/restore.ts';
import type { ChapterId, MemberId, Seq } from '../../../shared/ids.ts';
import { encodeTextPayload } from '../../../shared/log/codec.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Report } from '../report.ts';
import type { RestoreRefusal } from './plan.ts';

/** `restore-moved`: something came since the preview that the person has not seen. */
export type RestoreFailure = RestoreRefusal | 'restore-moved';

/** What a restore would do; changes nothing. */
export async function previewRestore(
  report: Report,
  member: MemberId,
  chapter: ChapterId,
  command: RestoreCommand,
): Promise<Result<RestorePreview, RestoreRefusal>> {
  const planned = await plan(report, chapter, command);
  if ('refused' in planned) return err(planned.refused);
  const here = (report.presence()[chapter] ?? []).filter((other) => other !== member);
  return ok({ ...planned.preview, head: report.head(), here });
}

/**
 * Brings text back, as one text entry under ids of the server. To be called in turn with the report's other commands: two restores at once
 * would write under the same ids. What people type between plan and entry merges with it like any two changes.
 */
export async function restore(
  report: Report,
  author: MemberId,
  chapter: ChapterId,
  command: RestoreCommand,
  expect: Seq,
): Promise<Result<RestoreDone, RestoreFailure>> {
  const planned = await plan(report, chapter, command);
  if ('refused' in planned) return err(planned.refused);
  if (planned.preview.expect !== expect) return err('restore-moved');
  const { update, restored } = planned;
  const payload = encodeTextPayload({ via: 'restore', offlineSince: 0, wordsOf: null, restored, update });
  const [entry] = await report.appendAndWait([{ author, kind: 'text', subject: chapter, payload }]);
  const seq = entry?.seq ?? report.head();
  return ok({ seq, undo: { what: 'undo', seq } });
}

function plan(report: Report, chapter: ChapterId, command: RestoreCommand) {
  return report.readEngine().history(report.id, 'restore', { chapter, command });
}
