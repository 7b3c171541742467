import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../ui/Button.tsx';

interface UnreadBarProps {
  /** Changed paragraphs. */
  readonly count: number;
  /** Paragraphs that others took out. */
  readonly removed: number;
  /** Address of what changed since then, side by side; null until that point is known. */
  readonly compare: string | null;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
  readonly onAll: () => void;
}

/** Above the paper: how much changed since one last looked, and a way through it. */
export function UnreadBar({ count, removed, compare, onNext, onPrevious, onAll }: UnreadBarProps) {
  const { t } = useTranslation();
  if (count === 0 && removed === 0) return null;
  return (
    // A press here leaves the caret where it is; on a narrow window the bar of formats would come or go under the finger.
    <section className="unread-bar" aria-label={t('unread.bar')} onMouseDown={(event) => event.preventDefault()}>
      <span className="unread-dot" aria-hidden="true" />
      <span role="status" className="grow">
        {[
          ...(count > 0 ? [t('unread.changed', { count })] : []),
          ...(removed > 0 ? [t(count > 0 ? 'unread.removed' : 'unread.removedOnly', { count: removed })] : []),
        ].join(t('unread.join'))}
      </span>
      {count === 0 ? null : (
        <>
          <Button size="sm" hint={t('unread.previousHint')} onClick={onPrevious}>
            {t('unread.previous')}
          </Button>
          <Button size="sm" hint={t('unread.nextHint')} onClick={onNext}>
            {t('unread.look')}
          </Button>
        </>
      )}
      {compare === null ? null : (
        <Link className="btn sm" href={compare}>
          {t('unread.compare')}
        </Link>
      )}
      <Button size="sm" look="quiet" onClick={onAll}>
        {t('unread.all')}
      </Button>
    </section>
  );
}
