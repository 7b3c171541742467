import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLogin, passwordProblem } from '../../../shared/access/credentials.ts';
import type { Me } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { notify } from '../../ui/notices.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { signedInAs } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';

const FIELD_OF_CODE = { 'wrong-password': 'old', 'bad-login': 'login', 'login-taken': 'login', 'bad-password': 'password' } as const;

/** The name to sign in with and its password: changed with the old one, or chosen for the first time. */
export function PasswordCard({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const submit = useSubmit<'login' | 'old' | 'password'>(FIELD_OF_CODE, { 'wrong-password': t('account.oldWrong') });
  const [login, setLogin] = useState(me.login ?? parseLogin(me.name) ?? '');
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');

  function problems() {
    return {
      ...(parseLogin(login) === null ? { login: t('errors.bad-login') } : {}),
      ...(me.hasPassword && old === '' ? { old: t('account.oldMissing') } : {}),
      ...(passwordProblem(password) === null ? {} : { password: t('errors.bad-password') }),
    };
  }

  return (
    <section className="card account-card" aria-labelledby="account-password">
      <h2 id="account-password">{t('account.signingIn')}</h2>
      {me.hasPassword ? null : <p className="muted">{t('account.linkOnly')}</p>}
      <form
        ref={submit.form}
        noValidate
        onSubmit={async (event) => {
          const wanted = { login, password };
          const known = await submit.run(event, problems(), () => ask(accounts.choosePassword(wanted, me.hasPassword ? old : undefined)));
          if (known === null) return;
          signedInAs(known);
          setOld('');
          setPassword('');
          notify(t('account.passwordSaved'));
        }}
      >
        <Field
          label={t('account.login')}
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={64}
          value={login}
          complaint={submit.complaints.login}
          onType={(value) => {
            setLogin(value);
            submit.clear('login');
          }}
        />
        {me.hasPassword ? (
          <PasswordField
            label={t('account.oldPassword')}
            autoComplete="current-password"
            value={old}
            complaint={submit.complaints.old}
            onType={(value) => {
              setOld(value);
              submit.clear('old');
            }}
          />
        ) : null}
        <PasswordField
          label={t('account.newPassword')}
          autoComplete="new-password"
          value={password}
          complaint={submit.complaints.password ?? submit.complaints.form}
          hint={t(me.hasPassword ? 'account.passwordEnds' : 'account.passwordHint')}
          onType={(value) => {
            setPassword(value);
            submit.clear('password');
          }}
        />
        <Button type="submit" busy={submit.busy}>
          {t(me.hasPassword ? 'account.changePassword' : 'signIn.firstAct')}
        </Button>
      </form>
    </section>
  );
}
