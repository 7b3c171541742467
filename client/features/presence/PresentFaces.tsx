import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { Avatar, FaceButton, Faces } from '../../ui/Avatar.tsx';
import type { PresentPerson } from './model.ts';

interface PresentFacesProps {
  readonly people: readonly PresentPerson[];
  readonly placeName: (node: NodeId) => string;
  readonly onGo: (node: NodeId) => void;
}

const SHOWN = 5;

/** Faces of those present, at the top; pressing one goes to where that person is. */
export function PresentFaces({ people, placeName, onGo }: PresentFacesProps) {
  const { t } = useTranslation();
  return (
    <Faces more={people.length - SHOWN} moreLabel={t('report.others', { count: people.length - SHOWN })}>
      {people
        .slice(0, SHOWN)
        .map(({ face, place }) =>
          place === null ? (
            <Avatar key={face.id} face={face} label={t('report.nowhere', { name: face.name })} />
          ) : (
            <FaceButton
              key={face.id}
              face={face}
              label={t('report.jumpTo', { name: face.name, place: placeName(place) })}
              onPress={() => onGo(place)}
            />
          ),
        )}
    </Faces>
  );
}
