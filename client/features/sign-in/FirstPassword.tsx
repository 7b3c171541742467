import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { accounts, ask } from '../requests/index.ts';
import { NewAccountFields } from './NewAccountFields.tsx';
import { FIELD_OF_CODE, type NewAccountField, useNewAccount } from './use-new-account.ts';

/** Somebody who came in by a link chooses a password, or goes on without. @param onDone with what is known of them now */
export function FirstPassword({ me, onDone }: { readonly me: Me; readonly onDone: (me: Me) => void }) {
  const { t } = useTranslation();
  const account = useNewAccount(me.login ?? me.name);
  const submit = useSubmit<NewAccountField>(FIELD_OF_CODE);
  return (
    <>
      <h1>{t('signIn.firstHeading', { name: me.name })}</h1>
      <p>{t('signIn.firstHint')}</p>
      <form
        ref={submit.form}
        noValidate
        onSubmit={async (event) => {
          const known = await submit.run(event, account.problems(), () => ask(accounts.choosePassword(account.wanted)));
          if (known !== null) onDone(known);
        }}
      >
        <NewAccountFields account={account} submit={submit} asksName={false} />
        <div className="row">
          <Button type="submit" look="primary" size="lg" busy={submit.busy}>
            {t('signIn.firstAct')}
          </Button>
          <Button size="lg" look="quiet" onClick={() => onDone(me)}>
            {t('signIn.firstSkip')}
          </Button>
        </div>
      </form>
    </>
  );
}
