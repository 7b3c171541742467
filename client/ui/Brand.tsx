import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** The mark of the house; leads home. */
export function Brand() {
  const { t } = useTranslation();
  return (
    <Link href="/" className="brand" aria-label={t('brand.home')}>
      <span aria-hidden="true">
        {t('brand.upper')}
        <br />
        {t('brand.lower')}
      </span>
    </Link>
  );
}
