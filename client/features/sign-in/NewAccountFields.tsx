import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import type { Submit } from '../../ui/use-submit.ts';
import type { NewAccount, NewAccountField } from './use-new-account.ts';

interface NewAccountFieldsProps {
  readonly account: NewAccount;
  readonly submit: Submit<NewAccountField>;
  /** Is the person's name asked too, or known already? */
  readonly asksName: boolean;
}

/** Name, name to sign in with and a new password, as a password manager knows them. */
export function NewAccountFields({ account, submit, asksName }: NewAccountFieldsProps) {
  const { t } = useTranslation();
  const type = (field: NewAccountField) => (value: string) => {
    account.type(field, value);
    submit.clear(field);
  };
  return (
    <>
      {asksName ? (
        <Field
          label={t('signIn.setupName')}
          autoComplete="name"
          autoFocus
          maxLength={60}
          value={account.name}
          complaint={submit.complaints.name}
          hint={t('signIn.nameHint')}
          onType={type('name')}
        />
      ) : null}
      <Field
        label={t('account.login')}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={64}
        value={account.login}
        complaint={submit.complaints.login}
        hint={t('signIn.loginHint')}
        onType={type('login')}
      />
      <PasswordField
        label={t('account.newPassword')}
        autoComplete="new-password"
        value={account.password}
        complaint={submit.complaints.password}
        hint={t('account.passwordHint')}
        onType={type('password')}
      />
      <p className="complaint" role="alert">
        {submit.complaints.form}
      </p>
    </>
  );
}
