import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonLink } from '../../../shared/api/accounts.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { accounts, ask } from '../requests/index.ts';

/** A new account by name, with the link that signs its owner in once. */
export function AddPerson({ onAdded }: { readonly onAdded: (added: PersonLink) => void }) {
  const { t } = useTranslation();
  const heading = useId();
  const submit = useSubmit<'name'>({ 'bad-name': 'name' });
  const [name, setName] = useState('');
  return (
    <form
      ref={submit.form}
      className="card add-person"
      aria-labelledby={heading}
      noValidate
      onSubmit={async (event) => {
        const problems = name.trim() === '' ? { name: t('signIn.nameMissing') } : {};
        const added = await submit.run(event, problems, () => ask(accounts.addPerson(name.trim(), false)));
        if (added === null) return;
        setName('');
        onAdded(added);
      }}
    >
      <b id={heading}>{t('people.add')}</b>
      <Field
        label={t('signIn.setupName')}
        autoComplete="off"
        maxLength={60}
        value={name}
        complaint={submit.complaints.name ?? submit.complaints.form}
        onType={(value) => {
          setName(value);
          submit.clear('name');
        }}
      >
        <Button type="submit" busy={submit.busy}>
          {t('people.addAct')}
        </Button>
      </Field>
    </form>
  );
}
