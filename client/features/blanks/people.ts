import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { can, type Role, type Stage } from '../../../shared/access/can.ts';
import type { BlankView } from '../../../shared/api/blanks.ts';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** Who is who, and who may do what with a blank: the same rule that the server asks. */
export interface BlankPeople {
  readonly me: MemberId;
  readonly members: readonly ReportMember[];
  readonly mayManage: boolean;
  name(member: MemberId): string;
  face(member: MemberId): Face | undefined;
  /** Why this person cannot fill it now; null = they can. */
  whyNotFill(blank: BlankView): string | null;
}

interface Parts {
  readonly me: MemberId;
  readonly role: Role;
  readonly stage: Stage;
  /** Nothing can be changed now, whoever asks. */
  readonly frozen: boolean;
  readonly members: readonly ReportMember[];
  readonly faces: ReadonlyMap<MemberId, Face>;
}

export function useBlankPeople({ me, role, stage, frozen, members, faces }: Parts): BlankPeople {
  const { t } = useTranslation();
  return useMemo(() => {
    const actor = { member: me, role };
    return {
      me,
      members,
      mayManage: !frozen && can(actor, 'manageBlanks', null, stage),
      name: (member) => faces.get(member)?.name ?? t('panel.unknownMember'),
      face: (member) => faces.get(member),
      whyNotFill(blank) {
        const mine = blank.assigned?.to === me && (blank.state === 'open' || (blank.state === 'filled' && blank.filled?.by === me));
        const subject = blank.chapter === null ? null : { chapter: blank.chapter, assigned: mine };
        if (!frozen && can(actor, blank.where === 'text' ? 'fillBlank' : 'changeOutline', subject, stage)) return null;
        return t(stage === 'archived' ? 'blanks.archived' : 'blanks.notYours');
      },
    };
  }, [me, role, stage, frozen, members, faces, t]);
}
