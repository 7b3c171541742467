import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import type { PresentPerson } from './model.ts';
import { useWhere } from './use-where.ts';

interface PresencePanelProps {
  readonly me: Face;
  /** Where one's own caret is. */
  readonly mine: NodeId | null;
  readonly people: readonly PresentPerson[];
  readonly placeName: (node: NodeId) => string;
  readonly onVisit: (person: PresentPerson) => void;
}

/** Right panel: who is here, and where. */
export function PresencePanel({ me, mine, people, placeName, onVisit }: PresencePanelProps) {
  const { t } = useTranslation();
  const where = useWhere(placeName);
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
            <span className="cap cut">{where(mine, true)}</span>
          </span>
        </li>
        {people.map((person) => (
          <li key={person.face.id}>
            <button type="button" className="person" title={t('panel.goTo', { name: person.face.name })} onClick={() => onVisit(person)}>
              <Avatar face={person.face} />
              <span className="grow">
                <span className="cut">{person.face.name}</span>
                <span className="cap cut">{where(person.place, person.exact)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {people.length === 0 ? <p className="cap">{t('panel.presentNone')}</p> : null}
    </section>
  );
}
