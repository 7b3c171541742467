import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';

interface TrashNoteProps {
  /** Who did it. */
  readonly name: string;
  readonly mayRestore: boolean;
  readonly onRestore: () => void;
  readonly onLeave: () => void;
}

/** Above a chapter that was moved to the trash while one was writing in it. */
export function TrashNote({ name, mayRestore, onRestore, onLeave }: TrashNoteProps) {
  const { t } = useTranslation();
  return (
    <div className="trash-note" role="alert" lang={document.documentElement.lang}>
      <p>
        <b>{t('outline.lingering', { name })}</b> {t('outline.lingeringHint')}
      </p>
      <span className="row">
        {mayRestore ? (
          <Button size="sm" onClick={onRestore}>
            {t('outline.lingeringRestore')}
          </Button>
        ) : null}
        <Button size="sm" look="quiet" onClick={onLeave}>
          {t('outline.lingeringLeave')}
        </Button>
      </span>
    </div>
  );
}
