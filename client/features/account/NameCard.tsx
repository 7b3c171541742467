import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { notify } from '../../ui/notices.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { signedInAs } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';

/** The name shown to others. */
export function NameCard({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const submit = useSubmit<'name'>({ 'bad-name': 'name' });
  const [name, setName] = useState(me.name);
  return (
    <section className="card account-card" aria-labelledby="account-name">
      <h2 id="account-name">{t('account.name')}</h2>
      <form
        ref={submit.form}
        noValidate
        onSubmit={async (event) => {
          const problems = name.trim() === '' ? { name: t('signIn.nameMissing') } : {};
          const known = await submit.run(event, problems, () => ask(accounts.rename(name.trim())));
          if (known === null) return;
          signedInAs(known);
          setName(known.name);
          notify(t('account.nameSaved', { name: known.name }));
        }}
      >
        <Field
          label={t('signIn.setupName')}
          autoComplete="name"
          maxLength={60}
          value={name}
          complaint={submit.complaints.name ?? submit.complaints.form}
          hint={t('account.nameHint')}
          onType={(value) => {
            setName(value);
            submit.clear('name');
          }}
        />
        <Button type="submit" busy={submit.busy}>
          {t('account.saveName')}
        </Button>
      </form>
    </section>
  );
}
