import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { PlainPage } from './PlainPage.tsx';

export function NotYoursPage() {
  const { t } = useTranslation();
  usePageTitle(t('notYours.title'));
  return (
    <PlainPage>
      <h1>{t('notYours.heading')}</h1>
      <p>{t('notYours.hint')}</p>
      <div className="acts">
        <Link href="/" className="btn">
          {t('common.backHome')}
        </Link>
      </div>
    </PlainPage>
  );
}
