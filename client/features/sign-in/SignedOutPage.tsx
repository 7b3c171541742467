import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { signedInAs } from '../me/index.ts';
import { PlainPage } from './PlainPage.tsx';
import { SignInForm } from './SignInForm.tsx';

/** Signing in. Afterwards the page that was asked for is shown, at its own address. */
export function SignedOutPage() {
  const { t } = useTranslation();
  usePageTitle(t('signIn.outTitle'));
  return (
    <PlainPage>
      <h1>{t('signIn.outHeading')}</h1>
      <SignInForm onIn={signedInAs} act={t('signIn.act')} />
      <details className="plain-more">
        <summary>{t('signIn.forgotten')}</summary>
        <p>{t('signIn.forgottenHint')}</p>
        <p>{t('signIn.outHint')}</p>
        <p>{t('signIn.outOwnHint')}</p>
      </details>
    </PlainPage>
  );
}
