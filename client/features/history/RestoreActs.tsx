import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { askRestore } from '../restore/index.ts';
import type { Change } from './changes.ts';
import type { Points } from './links.ts';
import { mayWrite, type OpenPast } from './PastFrame.tsx';

interface RestoreActsProps {
  readonly past: OpenPast;
  readonly points: Points;
  /** When the older point was, ms. */
  readonly fromAt: number;
  /** The current change; null when none is. */
  readonly change: Change | null;
}

/** Brings back how it stood at the older point: the paragraph of the current change, or its chapter. Both only ask; a dialog says what would go. */
export function RestoreActs({ past, points, fromAt, change }: RestoreActsProps) {
  const { t } = useTranslation();
  const chapter = change?.node ?? points.chapter;
  const standing = past.report.outline.nodes.some((node) => node.id === chapter && node.kind !== 'part');
  if (chapter === null || !standing || points.from === 0 || !mayWrite(past)) return null;
  const block = change?.block;
  return (
    <footer className="changes-acts">
      {block == null ? null : (
        <Button
          size="sm"
          className="grow"
          onClick={() => askRestore({ chapter, command: { what: 'paragraph', block, seq: points.from }, at: fromAt })}
        >
          {t('history.restoreParagraph')}
        </Button>
      )}
      <Button
        size="sm"
        className="grow"
        onClick={() => askRestore({ chapter, command: { what: 'chapter', seq: points.from }, at: fromAt })}
      >
        {t('history.restoreChapter')}
      </Button>
    </footer>
  );
}
