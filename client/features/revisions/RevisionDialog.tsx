import { useStore } from 'zustand';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Revision, RevisionEvent } from '../../../shared/revisions/revision.ts';
import { askedRevision } from './asked.ts';
import { NameForm } from './NameForm.tsx';
import { WithdrawDialog } from './WithdrawDialog.tsx';

export interface RevisionDialogProps {
  readonly report: ReportId;
  /** The report's last entry, as the page knows it: the present state. */
  readonly head: Seq;
  readonly revisions: readonly Revision[];
  /** For pages that do not hear entries. */
  readonly onDone?: (event: RevisionEvent, seq: Seq) => void;
}

/** Gives, changes and takes back names of revisions. Stands once on the page. */
export function RevisionDialog(props: RevisionDialogProps) {
  const asked = useStore(askedRevision, (state) => state.asked);
  if (asked === null) return null;
  if (asked.what === 'withdraw') return <WithdrawDialog {...props} revision={asked.revision} />;
  return <NameForm key={JSON.stringify(asked)} {...props} asked={asked} />;
}
