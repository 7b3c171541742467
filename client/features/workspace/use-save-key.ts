import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../ui/keys.ts';
import { notify } from '../../ui/notices.ts';

/** Ctrl+S out of habit: says that it is saved by itself, and keeps the browser from saving the page. */
export function useSaveKey(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      notify(t('report.savedByItself'));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [t]);
}
