import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** The mark of the house; leads home. */
export function Brand() {
  const { t } = useTranslation();
  return (
    <Link href="/" className="brand" aria-label={t('brand.home')}>
      {/* the seal is a picture made of two characters: its name is the link's */}
      <span className="seal" aria-hidden="true" data-seal={`${t('brand.upper')}\n${t('brand.lower')}`} />
    </Link>
  );
}
