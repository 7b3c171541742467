import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import type { PresentPerson } from './model.ts';

interface PresencePanelProps {
  readonly me: Face;
  /** Where one's own caret is. */
  readonly mine: NodeId | null;
  readonly people: readonly PresentPerson[];
  readonly placeName: (node: NodeId) => string;
  readonly onGo: (node: NodeId) => void;
}

/** Right panel: who is here, and where. */
export function PresencePanel({ me, mine, people, placeName, onGo }: PresencePanelProps) {
  const { t } = useTranslation();
  const where = (place: NodeId | null) => (place === null ? t('panel.whereNone') : t('panel.whereIn', { place: placeName(place) }));
  return (
    <section className="panel-part" aria-labelledby="present-heading">
      <h2 id="present-heading">
        {t('panel.present')} <span className="count">{people.length + 1}</span>
      </h2>
      <ul className="present">
        <li className="person">
          <Avatar face={me} />
          <span className="grow">
            <span className="cut">
              {me.name} <span className="chip">{t('panel.youAre')}</span>
            </span>
            <span className="cap cut">{where(mine)}</span>
          </span>
        </li>
        {people.map(({ face, place }) => (
          <li key={face.id}>
            {place === null ? (
              <span className="person">
                <Avatar face={face} />
                <span className="grow">
                  <span className="cut">{face.name}</span>
                  <span className="cap cut">{where(null)}</span>
                </span>
              </span>
            ) : (
              <button type="button" className="person" title={t('panel.goTo', { name: face.name })} onClick={() => onGo(place)}>
                <Avatar face={face} />
                <span className="grow">
                  <span className="cut">{face.name}</span>
                  <span className="cap cut">{where(place)}</span>
                </span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {people.length === 0 ? <p className="cap">{t('panel.presentNone')}</p> : null}
    </section>
  );
}
