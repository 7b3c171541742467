import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRole, ROLES, type Role } from '../../../shared/access/can.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { api, ask } from '../requests/index.ts';
import type { MadeLink } from './LinkCard.tsx';

/** A new person by name: an account, a place in the report, and a link to send. */
export function AddMember({ report, onAdded }: { readonly report: ReportId; readonly onAdded: (made: MadeLink) => void }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const given = name.trim();
    if (given === '') return setComplaint(t('members.nameMissing'));
    setBusy(true);
    const answer = await ask(api.inviteMember(report, given, role));
    setBusy(false);
    if (!answer.ok) return setComplaint(failureWords(answer.error));
    setName('');
    setComplaint(null);
    if (answer.value.link !== null) onAdded({ name: given, link: answer.value.link });
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
        <div>
          <label className="label" htmlFor={`${id}-role`}>
            {t('members.addRole')}
          </label>
          <select
            id={`${id}-role`}
            className="field"
            value={role}
            onChange={(event) => {
              if (isRole(event.target.value)) setRole(event.target.value);
            }}
          >
            {ROLES.map((other) => (
              <option key={other} value={other}>
                {t(`roles.${other}`)}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" busy={busy}>
          {t('members.addAct')}
        </Button>
      </div>
      <p id={`${id}-hint`} className={complaint === null ? 'cap' : 'complaint'} role={complaint === null ? undefined : 'alert'}>
        {complaint ?? t(`roleHints.${role}`)}
      </p>
    </form>
  );
}
