import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { askExport } from './asked.ts';

export function ExportButton() {
  const { t } = useTranslation();
  return (
    <Button onClick={askExport} className="export-button" aria-label={t('exporting.open')}>
      <Download aria-hidden="true" />
      <span className="button-words">{t('exporting.open')}</span>
    </Button>
  );
}
