import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Field } from './Field.tsx';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly complaint?: string | undefined;
  readonly hint?: string | undefined;
  /** Tells a password manager whether to fill in or to think one up. */
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password, hidden until one asks to see it. Seeing it takes the place of writing it twice. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(false);
  return (
    <Field {...props} type={seen ? 'text' : 'password'} autoCapitalize="off" spellCheck={false}>
      <Button
        look="quiet"
        icon
        hint={t(seen ? 'account.hidePassword' : 'account.showPassword')}
        aria-pressed={seen}
        onClick={() => setSeen(!seen)}
      >
        {seen ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
      </Button>
    </Field>
  );
}
