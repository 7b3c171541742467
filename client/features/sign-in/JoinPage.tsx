import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { signedInAs } from '../me/index.ts';
import { api, ask } from '../requests/index.ts';
import { LinkTrouble } from './LinkTrouble.tsx';
import { PlainPage } from './PlainPage.tsx';

/**
 * A one-time link opened. Only pressing the button uses it up: mail programs and chats fetch links by themselves to show a preview.
 */
export function JoinPage({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  usePageTitle(t('signIn.joinTitle'));

  async function enter(): Promise<void> {
    setBusy(true);
    const answer = await ask(api.signIn(secret));
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    signedInAs(answer.value);
    go('/', { replace: true });
  }

  return (
    <PlainPage>
      {failure === null ? (
        <>
          <h1>{t('signIn.joinHeading')}</h1>
          <p>{t('signIn.joinHint')}</p>
          <div className="acts">
            <Button look="primary" size="lg" busy={busy} autoFocus onClick={() => void enter()}>
              {t('signIn.joinAct')}
            </Button>
          </div>
        </>
      ) : (
        <LinkTrouble failure={failure} onAgain={() => setFailure(null)} />
      )}
    </PlainPage>
  );
}
