import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLogin, passwordProblem } from '../../../shared/access/credentials.ts';
import type { Wanted } from '../../api/accounts.ts';
import type { Complaints } from '../../ui/use-submit.ts';
import { loginFromName } from './login-from-name.ts';

export type NewAccountField = 'name' | 'login' | 'password';

/** Codes of the server by the field that they are about. */
export const FIELD_OF_CODE = { 'bad-name': 'name', 'bad-login': 'login', 'login-taken': 'login', 'bad-password': 'password' } as const;

export interface NewAccount {
  readonly name: string;
  readonly login: string;
  readonly password: string;
  readonly wanted: Wanted;
  /** @param field of the form, with what is now in it */
  type(field: NewAccountField, value: string): void;
  /** What can be seen to be wrong before the server is asked. */
  problems(): Complaints<NewAccountField>;
}

/** A person's name, and how they will sign in: the second follows the first until it is written by hand. */
export function useNewAccount(knownName: string | null = null): NewAccount {
  const { t } = useTranslation();
  const [name, setName] = useState(knownName ?? '');
  const [ownLogin, setOwnLogin] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const login = ownLogin ?? loginFromName(name);
  return {
    name,
    login,
    password,
    wanted: { login, password },
    type(field, value) {
      if (field === 'name') setName(value);
      else if (field === 'login') setOwnLogin(value);
      else setPassword(value);
    },
    problems() {
      return {
        ...(knownName === null && name.trim() === '' ? { name: t('signIn.nameMissing') } : {}),
        ...(parseLogin(login) === null ? { login: t('errors.bad-login') } : {}),
        ...(passwordProblem(password) === null ? {} : { password: t('errors.bad-password') }),
      };
    },
  };
}
