import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRole, ROLES, type Role } from '../../../shared/access/can.ts';
import type { ReportMember } from '../../../shared/api.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { api, ask } from '../requests/index.ts';
import type { MadeLink } from './LinkCard.tsx';

interface MemberRowProps {
  readonly report: ReportId;
  readonly member: ReportMember;
  readonly face: Face;
  readonly isMe: boolean;
  readonly isHere: boolean;
  readonly mayManage: boolean;
  readonly isLastOwner: boolean;
  readonly onLink: (made: MadeLink) => void;
}

export function MemberRow({ report, member, face, isMe, isHere, mayManage, isLastOwner, onLink }: MemberRowProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const mayChange = mayManage && !member.left;

  async function change(role: Role): Promise<void> {
    setBusy(true);
    const answer = await ask(api.setMember(report, member.id, role));
    setBusy(false);
    setComplaint(answer.ok ? null : failureWords(answer.error));
    if (answer.ok && answer.value.link !== null) onLink({ name: member.name, link: answer.value.link });
  }

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await ask(api.removeMember(report, member.id));
    setBusy(false);
    setAsking(false);
    setComplaint(answer.ok ? null : failureWords(answer.error));
  }

  return (
    <li className="member">
      <Avatar face={face} size="lg" away={!isHere} />
      <span className="grow cut" title={member.name}>
        {member.name}
        {isMe ? <span className="chip">{t('members.you')}</span> : null}
        {member.left ? <span className="chip line">{t('members.left')}</span> : null}
      </span>
      {member.left ? null : mayChange ? (
        <select
          className="field"
          value={member.role}
          aria-label={t('members.roleOf', { name: member.name })}
          disabled={busy || isLastOwner}
          title={isLastOwner ? t('members.lastOwner') : t(`roleHints.${member.role}`)}
          onChange={(event) => {
            if (isRole(event.target.value)) void change(event.target.value);
          }}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`roles.${role}`)}
            </option>
          ))}
        </select>
      ) : (
        <span className="muted" title={t(`roleHints.${member.role}`)}>
          {t(`roles.${member.role}`)}
        </span>
      )}
      {mayChange ? (
        <Button size="sm" look="quiet" reason={isLastOwner ? t('members.lastOwner') : null} disabled={busy} onClick={() => setAsking(true)}>
          {t('members.remove')}
        </Button>
      ) : null}
      {asking ? (
        <div className="member-ask" role="alertdialog" aria-label={t('members.remove')}>
          <span className="grow">{t('members.removeSure', { name: member.name })}</span>
          <Button size="sm" autoFocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button size="sm" busy={busy} onClick={() => void remove()}>
            {t('members.removeAct')}
          </Button>
        </div>
      ) : null}
      {complaint === null ? null : (
        <p className="complaint member-complaint" role="alert">
          {complaint}
        </p>
      )}
    </li>
  );
}
