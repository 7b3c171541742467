import { useTranslation } from 'react-i18next';
import type { MemberId } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';

/** How writers are drawn and called; `null` is nobody: imported and sample text. */
export interface People {
  face(member: MemberId | null): Face;
  name(member: MemberId | null): string;
}

export function usePeople(faces: ReadonlyMap<MemberId, Face>): People {
  const { t } = useTranslation();
  const face = (member: MemberId | null): Face => {
    if (member === null) return { id: '', name: t('history.nobody'), colour: 0, secondRound: false };
    return faces.get(member) ?? { id: member, name: t('panel.unknownMember'), colour: 0, secondRound: false };
  };
  return { face, name: (member) => face(member).name };
}
