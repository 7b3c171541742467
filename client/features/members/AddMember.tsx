import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/access/can.ts';
import type { FoundPerson } from '../../../shared/api/accounts.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { accounts, api, ask } from '../requests/index.ts';
import type { MadeLink } from './LinkCard.tsx';
import { RoleSelect } from './RoleSelect.tsx';

interface AddMemberProps {
  readonly report: ReportId;
  /** May make accounts: the house's administrators only. */
  readonly mayInvite: boolean;
  readonly onAdded: (made: MadeLink) => void;
}

/** By name: people of the house are found while one types; somebody new gets an account, a place in the report, and a link to send. */
export function AddMember({ report, mayInvite, onAdded }: AddMemberProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [found, setFound] = useState<readonly FoundPerson[]>([]);
  const given = name.trim();

  useEffect(() => {
    let current = true;
    if (given === '') setFound([]);
    else
      void ask(accounts.findPeople(report, given)).then((answer) => {
        // an answer for what stood there before comes too late; without one a new account can still be made
        if (current) setFound(answer.ok ? answer.value : []);
      });
    return () => {
      current = false;
    };
  }, [report, given]);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (given === '') return setComplaint(t('members.nameMissing'));
    if (!mayInvite) return setComplaint(found.length === 0 ? t('members.nobodyFound') : t('members.chooseFound'));
    setBusy(true);
    const answer = await ask(api.inviteMember(report, given, role));
    setBusy(false);
    if (!answer.ok) return setComplaint(failureWords(answer.error));
    setName('');
    setComplaint(null);
    if (answer.value.link !== null) onAdded({ name: given, link: answer.value.link });
  }

  async function addKnown(person: FoundPerson): Promise<void> {
    setBusy(true);
    const answer = await ask(api.setMember(report, person.id, role));
    setBusy(false);
    setComplaint(answer.ok ? null : failureWords(answer.error));
    if (answer.ok) setName('');
  }

  return (
    <form className="add-member" onSubmit={(event) => void add(event)}>
      <b>{t('members.add')}</b>
      <div className="add-member-fields">
        <div className="grow">
          <label className="label" htmlFor={`${id}-name`}>
            {t('members.addName')}
          </label>
          <input
            id={`${id}-name`}
            className="field"
            maxLength={60}
            autoComplete="off"
            value={name}
            placeholder={t('members.addNamePlaceholder')}
            aria-invalid={complaint !== null}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setName(event.target.value);
              setComplaint(null);
            }}
          />
        </div>
        <RoleSelect label={t('members.addRole')} role={role} onChoose={setRole} />
        {mayInvite ? (
          <Button type="submit" busy={busy}>
            {t('members.addAct')}
          </Button>
        ) : null}
      </div>
      <p id={`${id}-hint`} className={complaint === null ? 'cap' : 'complaint'} role={complaint === null ? undefined : 'alert'}>
        {complaint ?? t(`roleHints.${role}`)}
      </p>
      {found.length === 0 ? null : (
        <div className="found">
          <p className="label">{t('members.found')}</p>
          <ul>
            {found.map((person) => (
              <li key={person.id}>
                <span className="grow cut">
                  {person.name}
                  {person.login === null || person.login === person.name ? null : <span className="muted"> {person.login}</span>}
                </span>
                <Button size="sm" disabled={busy} onClick={() => void addKnown(person)}>
                  {t('members.addKnown', { name: person.name, role: t(`roles.${role}`) })}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}
