import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { signedInAs } from '../me/index.ts';
import { api, ask } from '../requests/index.ts';
import { isAboutLink, LinkTrouble } from './LinkTrouble.tsx';
import { PlainPage } from './PlainPage.tsx';

/** The set-up link of a new house: its first owner says a name. */
export function SetupPage({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const field = useId();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  usePageTitle(t('signIn.setupTitle'));

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name.trim() === '') return setComplaint(t('signIn.nameMissing'));
    setBusy(true);
    const answer = await ask(api.setUp(secret, name.trim()));
    setBusy(false);
    if (answer.ok) {
      signedInAs(answer.value);
      go('/', { replace: true });
    } else if (isAboutLink(answer.error)) setFailure(answer.error);
    else setComplaint(failureWords(answer.error));
  }

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
      <form onSubmit={(event) => void start(event)}>
        <div style={{ width: '100%' }}>
          <label className="label" htmlFor={field}>
            {t('signIn.setupName')}
          </label>
          <input
            id={field}
            className="field"
            autoComplete="name"
            maxLength={60}
            value={name}
            aria-invalid={complaint !== null}
            aria-describedby={`${field}-complaint`}
            onChange={(event) => {
              setName(event.target.value);
              setComplaint(null);
            }}
          />
          <p id={`${field}-complaint`} className="complaint" role="alert">
            {complaint}
          </p>
        </div>
        <Button type="submit" look="primary" size="lg" busy={busy}>
          {t('signIn.setupAct')}
        </Button>
      </form>
    </PlainPage>
  );
}
