import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, ReportId } from '../../../shared/ids.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { AddMember } from './AddMember.tsx';
import { facesOf } from './face.ts';
import { Invitations } from './Invitations.tsx';
import { LinkCard, type MadeLink } from './LinkCard.tsx';
import { MemberRow } from './MemberRow.tsx';

interface MembersDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly report: ReportId;
  readonly members: readonly ReportMember[];
  readonly me: MemberId;
  readonly mayManage: boolean;
  /** May make accounts: the house's administrators only. */
  readonly mayInvite: boolean;
  /** Who has the report open now. */
  readonly here: ReadonlySet<string>;
}

/** Everybody of the report with roles; an owner adds by name, invites by link, changes roles and removes. */
export function MembersDialog({ open, onOpenChange, report, members, me, mayManage, mayInvite, here }: MembersDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadeLink | null>(null);
  const faces = facesOf(members);
  const present = members.filter((member) => !member.left);
  const gone = members.filter((member) => member.left);
  const owners = present.filter((member) => member.role === 'owner').length;

  return (
    <Dialog
      open={open}
      onOpenChange={(now) => {
        if (!now) setMade(null);
        onOpenChange(now);
      }}
      title={`${t('members.title')} · ${t('members.count', { count: present.length })}`}
    >
      {made === null ? null : <LinkCard key={made.link} made={made} />}
      <ul className="members">
        {[...present, ...gone].map((member) => {
          const face = faces.get(member.id);
          return face === undefined ? null : (
            <MemberRow
              key={member.id}
              report={report}
              member={member}
              face={face}
              isMe={member.id === me}
              isHere={here.has(member.id) || member.id === me}
              mayManage={mayManage}
              isLastOwner={member.role === 'owner' && owners === 1}
              onLink={setMade}
            />
          );
        })}
      </ul>
      {mayManage ? (
        <>
          <AddMember report={report} mayInvite={mayInvite} onAdded={setMade} />
          <Invitations report={report} forNewPeople={mayInvite} onMade={setMade} memberCount={present.length} />
        </>
      ) : (
        <p className="cap">{t('members.ownerOnly')}</p>
      )}
    </Dialog>
  );
}
