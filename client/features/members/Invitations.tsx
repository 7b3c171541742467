import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/access/can.ts';
import type { Invitation } from '../../../shared/api/accounts.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { accounts, ask } from '../requests/index.ts';
import type { MadeLink } from './LinkCard.tsx';
import { RoleSelect } from './RoleSelect.tsx';

interface InvitationsProps {
  readonly report: ReportId;
  /** An administrator's invitations make accounts too. */
  readonly forNewPeople: boolean;
  readonly onMade: (made: MadeLink) => void;
  /** Number of members: when somebody joins, the list is asked for again. */
  readonly memberCount: number;
}

const DAYS = [1, 7, 30] as const;

/** Links that let whoever opens them first into the report: made, listed while open, revoked. */
export function Invitations({ report, forNewPeople, onMade, memberCount }: InvitationsProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const id = useId();
  const [open, setOpen] = useState<readonly Invitation[]>([]);
  const [role, setRole] = useState<Role>('editor');
  const [days, setDays] = useState<number>(7);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [badNote, setBadNote] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when somebody has joined
  useEffect(() => {
    let mounted = true;
    void ask(accounts.invitations(report)).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setOpen(answer.value);
      else setComplaint(failureWords(answer.error));
    });
    return () => {
      mounted = false;
    };
  }, [report, memberCount]);

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await ask(accounts.invite(report, role, days, note.trim()));
    setBusy(false);
    // the name that a code of this form is about is the note
    const isNote = !answer.ok && answer.error.code === 'bad-name';
    setBadNote(isNote);
    setComplaint(answer.ok ? null : isNote ? t('members.inviteForBad') : failureWords(answer.error));
    if (!answer.ok) return;
    setNote('');
    setOpen([answer.value.invitation, ...open]);
    onMade({ name: null, link: answer.value.link });
  }

  async function revoke(invitation: Invitation): Promise<void> {
    setBusy(true);
    const answer = await ask(accounts.revoke(report, invitation.id));
    setBusy(false);
    // one that was used or has expired meanwhile is no longer open either
    if (answer.ok || answer.error.code === 'not-found') setOpen(open.filter((other) => other.id !== invitation.id));
    setComplaint(answer.ok ? null : failureWords(answer.error));
  }

  return (
    <section className="invitations" aria-labelledby={`${id}-heading`}>
      <b id={`${id}-heading`}>{t('members.invitations')}</b>
      <p className="cap">{t(forNewPeople ? 'members.invitationsHint' : 'members.invitationsKnownHint')}</p>
      <form className="add-member-fields" onSubmit={(event) => void make(event)}>
        <div className="grow">
          <label className="label" htmlFor={`${id}-note`}>
            {t('members.inviteFor')}
          </label>
          <input
            id={`${id}-note`}
            className="field"
            maxLength={100}
            autoComplete="off"
            value={note}
            placeholder={t('members.inviteForPlaceholder')}
            aria-invalid={badNote}
            aria-describedby={`${id}-said`}
            onChange={(event) => {
              setNote(event.target.value);
              setBadNote(false);
              setComplaint(null);
            }}
          />
        </div>
        <RoleSelect label={t('members.inviteRole')} role={role} onChoose={setRole} />
        <div>
          <label className="label" htmlFor={`${id}-days`}>
            {t('members.inviteDays')}
          </label>
          <select id={`${id}-days`} className="field" value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {t('members.days', { count })}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" busy={busy}>
          {t('members.inviteAct')}
        </Button>
      </form>
      <p id={`${id}-said`} className="complaint" role="alert">
        {complaint}
      </p>
      <ul className="open-invitations">
        {open.map((invitation) => (
          <li key={invitation.id}>
            <span className="grow cut">
              {invitation.note === '' ? t('members.inviteAnyone') : invitation.note}
              <span className="muted">
                {' '}
                {t('members.inviteUntil', { role: t(`roles.${invitation.role}`), when: sayMoment(invitation.expiresAt) })}
              </span>
            </span>
            <Button
              size="sm"
              look="quiet"
              disabled={busy}
              aria-label={t('members.revokeOf', { note: invitation.note === '' ? t('members.inviteAnyone') : invitation.note })}
              onClick={() => void revoke(invitation)}
            >
              {t('members.revoke')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
