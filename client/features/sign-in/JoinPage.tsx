import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Me } from '../../../shared/api.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { signedInAs } from '../me/index.ts';
import { api, ask } from '../requests/index.ts';
import { FirstPassword } from './FirstPassword.tsx';
import { LinkTrouble } from './LinkTrouble.tsx';
import { PlainPage } from './PlainPage.tsx';

/**
 * A one-time link opened. Only pressing the button uses it up: mail programs and chats fetch links by themselves to show a preview.
 * Whoever has no password is then asked for one, and may skip that.
 */
export function JoinPage({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [entered, setEntered] = useState<Me | null>(null);
  usePageTitle(t('signIn.joinTitle'));

  function goOn(me: Me): void {
    signedInAs(me);
    go('/', { replace: true });
  }

  async function enter(): Promise<void> {
    setBusy(true);
    const answer = await ask(api.signIn(secret));
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    if (answer.value.hasPassword) return goOn(answer.value);
    signedInAs(answer.value);
    setEntered(answer.value);
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
      {entered === null ? (
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
        <FirstPassword me={entered} onDone={goOn} />
      )}
    </PlainPage>
  );
}
