import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { accounts, ask } from '../requests/index.ts';

/** Name and password. A refusal does not say which of the two is wrong. */
export function SignInForm({ onIn, act }: { readonly onIn: (me: Me) => void; readonly act: string }) {
  const { t } = useTranslation();
  const submit = useSubmit<'login' | 'password'>({ 'wrong-password': 'password' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');

  return (
    <form
      ref={submit.form}
      noValidate
      onSubmit={async (event) => {
        const problems = {
          ...(login.trim() === '' ? { login: t('signIn.loginMissing') } : {}),
          ...(password === '' ? { password: t('signIn.passwordMissing') } : {}),
        };
        const me = await submit.run(event, problems, () => ask(accounts.signIn(login, password)));
        if (me !== null) onIn(me);
      }}
    >
      <Field
        label={t('account.login')}
        name="username"
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        value={login}
        complaint={submit.complaints.login}
        onType={(value) => {
          setLogin(value);
          submit.clear('login');
        }}
      />
      <PasswordField
        label={t('account.password')}
        autoComplete="current-password"
        value={password}
        complaint={submit.complaints.password}
        onType={(value) => {
          setPassword(value);
          submit.clear('password');
        }}
      />
      <p className="complaint" role="alert">
        {submit.complaints.form}
      </p>
      <Button type="submit" look="primary" size="lg" busy={submit.busy}>
        {act}
      </Button>
    </form>
  );
}
