import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { askIdentity } from '../me/index.ts';
import { PlainPage } from './PlainPage.tsx';

export function SignedOutPage() {
  const { t } = useTranslation();
  usePageTitle(t('signIn.outTitle'));
  return (
    <PlainPage>
      <h1>{t('signIn.outHeading')}</h1>
      <p>{t('signIn.outHint')}</p>
      <p className="muted">{t('signIn.outOwnHint')}</p>
      <div className="acts">
        <Button onClick={() => void askIdentity()}>{t('signIn.outAgain')}</Button>
      </div>
    </PlainPage>
  );
}
