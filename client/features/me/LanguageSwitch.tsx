import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES, LANGUAGES, languageNow } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { choose } from './model.ts';

/** Goes to the other language at once; named in that language, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = LANGUAGES.find((language) => language !== languageNow()) ?? 'en';
  return (
    <Button look="quiet" size="sm" lang={other} hint={t('me.language')} onClick={() => void choose({ language: other })}>
      <Languages aria-hidden="true" />
      {LANGUAGE_NAMES[other]}
    </Button>
  );
}
