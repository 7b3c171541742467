import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOffer } from '../../../shared/api/accounts.ts';
import type { Me } from '../../../shared/api.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { signOut } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';
import { isAboutLink } from './LinkTrouble.tsx';

interface AcceptInvitationProps {
  readonly secret: string;
  readonly me: Me;
  readonly already: InvitationOffer['already'];
  readonly onJoined: (report: ReportId) => void;
  readonly onFailed: (failure: FailureLike) => void;
}

/** Somebody signed in: one press, or first becoming somebody else. */
export function AcceptInvitation({ secret, me, already, onJoined, onFailed }: AcceptInvitationProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);

  async function accept(): Promise<void> {
    setBusy(true);
    const answer = await ask(accounts.accept(secret));
    setBusy(false);
    if (answer.ok) onJoined(answer.value.report);
    else if (isAboutLink(answer.error)) onFailed(answer.error);
    else setComplaint(failureWords(answer.error));
  }

  async function leave(): Promise<void> {
    const failure = await signOut();
    if (failure !== null) setComplaint(failureWords(failure));
  }

  if (already !== null) {
    return (
      <>
        <p>{t('invitation.already', { role: t(`roles.${already.role}`) })}</p>
        <div className="acts">
          <Button look="primary" size="lg" onClick={() => onJoined(already.report)}>
            {t('invitation.open')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <div className="acts">
        <Button look="primary" size="lg" busy={busy} autoFocus onClick={() => void accept()}>
          {t('invitation.acceptAs', { name: me.name })}
        </Button>
        <Button look="quiet" onClick={() => void leave()}>
          {t('invitation.notMe', { name: me.name })}
        </Button>
      </div>
      <p className="complaint" role="alert">
        {complaint}
      </p>
    </>
  );
}
