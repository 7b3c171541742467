import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { can, type Role, type Stage } from '../../../shared/access/can.ts';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Thread } from '../../../shared/threads/thread.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** Who is who, and who may do what with a thread: the same rule that the server asks. */
export interface ThreadPeople {
  readonly me: MemberId;
  /** Who can be named and asked: everybody who has not left. */
  readonly members: readonly ReportMember[];
  readonly mayComment: boolean;
  /** May say what becomes of anybody's thread. */
  readonly mayClose: boolean;
  readonly mayWrite: boolean;
  readonly mayReadPast: boolean;
  name(member: MemberId): string;
  face(member: MemberId): Face | undefined;
  /** Began it, or was asked for it. */
  isConcerned(thread: Thread): boolean;
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

export function useThreadPeople({ me, role, stage, frozen, members, faces }: Parts): ThreadPeople {
  const { t } = useTranslation();
  return useMemo(() => {
    const may = (action: Parameters<typeof can>[1]) => !frozen && can({ member: me, role }, action, null, stage);
    return {
      me,
      members: members.filter(({ left }) => !left),
      mayComment: may('comment'),
      mayClose: may('closeThread'),
      mayWrite: may('writeText'),
      mayReadPast: can({ member: me, role }, 'readHistory', null, stage),
      name: (member) => faces.get(member)?.name ?? t('panel.unknownMember'),
      face: (member) => faces.get(member),
      isConcerned: (thread) => thread.by === me || thread.assigned?.to === me,
    };
  }, [me, role, stage, frozen, members, faces, t]);
}
