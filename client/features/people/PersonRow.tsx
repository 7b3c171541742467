import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HousePerson } from '../../../shared/api/accounts.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import type { MadeLink } from '../members/index.ts';
import { accounts, ask } from '../requests/index.ts';

interface PersonRowProps {
  readonly person: HousePerson;
  readonly isMe: boolean;
  readonly isLastAdmin: boolean;
  readonly onChanged: (person: HousePerson) => void;
  readonly onLink: (made: MadeLink) => void;
}

/** One person with what an administrator may do; what can't be taken back by a second press is asked first. */
export function PersonRow({ person, isMe, isLastAdmin, onChanged, onLink }: PersonRowProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [asking, setAsking] = useState<'reset' | 'suspend' | null>(null);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const { id, name } = person;

  function told(failure: FailureLike | null): void {
    setBusy(false);
    setAsking(null);
    setComplaint(failure === null ? null : failureWords(failure));
  }

  async function change(what: { readonly admin: boolean } | { readonly suspended: boolean }): Promise<void> {
    setBusy(true);
    const answer = await ask(accounts.changePerson(id, what));
    told(answer.ok ? null : answer.error);
    if (answer.ok) onChanged(answer.value);
  }

  async function reset(): Promise<void> {
    setBusy(true);
    const answer = await ask(accounts.resetPerson(id));
    told(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    onChanged(answer.value.person);
    onLink({ name, link: answer.value.link });
  }

  return (
    <li className={person.suspended ? 'person is-suspended' : 'person'}>
      <div className="grow">
        <b>{name}</b>
        {isMe ? <span className="chip">{t('members.you')}</span> : null}
        {person.admin ? <span className="chip info">{t('people.admin')}</span> : null}
        {person.suspended ? <span className="chip warn">{t('people.suspended')}</span> : null}
        <p className="cap">
          {person.hasPassword ? t('people.login', { login: person.login }) : t('people.linkOnly')}
          {' · '}
          {person.seenAt === null ? t('people.notHere') : t('people.seen', { when: sayMoment(person.seenAt) })}
        </p>
      </div>
      <Menu
        align="end"
        trigger={
          <Button look="quiet" icon aria-label={t('people.more', { name })} aria-busy={busy}>
            <MoreHorizontal aria-hidden="true" />
          </Button>
        }
      >
        {person.admin ? (
          <MenuItem disabled={isLastAdmin} onPick={() => void change({ admin: false })}>
            {t('people.withdrawAdmin')}
          </MenuItem>
        ) : (
          <MenuItem onPick={() => void change({ admin: true })}>{t('people.makeAdmin')}</MenuItem>
        )}
        {isMe ? null : <MenuItem onPick={() => setAsking('reset')}>{t('people.reset')}</MenuItem>}
        {isMe ? null : person.suspended ? (
          <MenuItem onPick={() => void change({ suspended: false })}>{t('people.letBack')}</MenuItem>
        ) : (
          <MenuItem onPick={() => setAsking('suspend')}>{t('people.suspend')}</MenuItem>
        )}
      </Menu>
      {asking === null ? null : (
        <div className="person-ask" role="alertdialog" aria-label={t(`people.${asking}`)}>
          <span className="grow">{t(`people.${asking}Sure`, { name })}</span>
          <Button size="sm" autoFocus onClick={() => setAsking(null)}>
            {t('common.cancel')}
          </Button>
          <Button size="sm" busy={busy} onClick={() => void (asking === 'reset' ? reset() : change({ suspended: true }))}>
            {t(`people.${asking}`)}
          </Button>
        </div>
      )}
      {complaint === null ? null : (
        <p className="complaint person-complaint" role="alert">
          {complaint}
        </p>
      )}
    </li>
  );
}
