import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { PlainPage } from './PlainPage.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('lost.title'));
  return (
    <PlainPage>
      <h1>{t('lost.heading')}</h1>
      <p>{t('lost.hint')}</p>
      <div className="acts">
        <Link href="/" className="btn">
          {t('common.backHome')}
        </Link>
      </div>
    </PlainPage>
  );
}
