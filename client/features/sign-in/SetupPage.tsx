import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { signedInAs } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';
import { isAboutLink, LinkTrouble } from './LinkTrouble.tsx';
import { NewAccountFields } from './NewAccountFields.tsx';
import { PlainPage } from './PlainPage.tsx';
import { FIELD_OF_CODE, type NewAccountField, useNewAccount } from './use-new-account.ts';

/** The set-up link of a new house: its first owner says a name and chooses a password. */
export function SetupPage({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const account = useNewAccount();
  const submit = useSubmit<NewAccountField>(FIELD_OF_CODE);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  usePageTitle(t('signIn.setupTitle'));

  if (failure !== null) {
    return (
      <PlainPage>
        <LinkTrouble failure={failure} onAgain={() => setFailure(null)} />
      </PlainPage>
    );
  }
  return (
    <PlainPage>
      <h1>{t('signIn.setupHeading')}</h1>
      <p>{t('signIn.setupHint')}</p>
      <form
        ref={submit.form}
        noValidate
        onSubmit={async (event) => {
          const me = await submit.run(event, account.problems(), async () => {
            const answer = await ask(accounts.setUp(secret, account.name.trim(), account.wanted));
            if (!answer.ok && isAboutLink(answer.error)) setFailure(answer.error);
            return answer;
          });
          if (me === null) return;
          signedInAs(me);
          go('/', { replace: true });
        }}
      >
        <NewAccountFields account={account} submit={submit} asksName />
        <Button type="submit" look="primary" size="lg" busy={submit.busy}>
          {t('signIn.setupAct')}
        </Button>
      </form>
    </PlainPage>
  );
}
