import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { FaceButton, Faces } from '../../ui/Avatar.tsx';
import type { PresentPerson } from './model.ts';
import { useWhere } from './use-where.ts';

interface PresentFacesProps {
  readonly people: readonly PresentPerson[];
  readonly placeName: (node: NodeId) => string;
  readonly onVisit: (person: PresentPerson) => void;
}

const SHOWN = 5;

/** Faces of those present, at the top; pressing one goes to where that person is. */
export function PresentFaces({ people, placeName, onVisit }: PresentFacesProps) {
  const { t } = useTranslation();
  const where = useWhere(placeName);
  return (
    <Faces more={people.length - SHOWN} moreLabel={t('report.others', { count: people.length - SHOWN })}>
      {people.slice(0, SHOWN).map((person) => {
        const { face, place, exact } = person;
        const label =
          place === null ? t('report.nowhere', { name: face.name }) : t('report.jumpTo', { name: face.name, where: where(place, exact) });
        return <FaceButton key={face.id} face={face} label={label} onPress={() => onVisit(person)} />;
      })}
    </Faces>
  );
}
