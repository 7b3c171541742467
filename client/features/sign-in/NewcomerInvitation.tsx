import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportId } from '../../../shared/ids.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { signedInAs } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';
import { isAboutLink } from './LinkTrouble.tsx';
import { NewAccountFields } from './NewAccountFields.tsx';
import { SignInForm } from './SignInForm.tsx';
import { FIELD_OF_CODE, type NewAccountField, useNewAccount } from './use-new-account.ts';

interface NewcomerInvitationProps {
  readonly secret: string;
  /** Does the invitation make accounts? */
  readonly mayRegister: boolean;
  readonly onJoined: (report: ReportId) => void;
  readonly onFailed: (failure: FailureLike) => void;
}

/** Somebody not signed in: a new account, or the one they have. */
export function NewcomerInvitation({ secret, mayRegister, onJoined, onFailed }: NewcomerInvitationProps) {
  const { t } = useTranslation();
  const [isKnown, setIsKnown] = useState(!mayRegister);
  const account = useNewAccount();
  const submit = useSubmit<NewAccountField>(FIELD_OF_CODE);

  if (isKnown) {
    return (
      <>
        <p>{t(mayRegister ? 'invitation.signInFirst' : 'invitation.onlyKnown')}</p>
        <SignInForm onIn={signedInAs} act={t('signIn.act')} />
        {mayRegister ? (
          <Button look="quiet" onClick={() => setIsKnown(false)}>
            {t('invitation.haveNone')}
          </Button>
        ) : null}
      </>
    );
  }
  return (
    <>
      <form
        ref={submit.form}
        noValidate
        onSubmit={async (event) => {
          const joined = await submit.run(event, account.problems(), async () => {
            const answer = await ask(accounts.register(secret, account.name.trim(), account.wanted));
            if (!answer.ok && isAboutLink(answer.error)) onFailed(answer.error);
            return answer;
          });
          if (joined === null) return;
          signedInAs(joined.me);
          onJoined(joined.report);
        }}
      >
        <NewAccountFields account={account} submit={submit} asksName />
        <Button type="submit" look="primary" size="lg" busy={submit.busy}>
          {t('invitation.register')}
        </Button>
      </form>
      <Button look="quiet" onClick={() => setIsKnown(true)}>
        {t('invitation.haveOne')}
      </Button>
    </>
  );
}
