import { useTranslation } from 'react-i18next';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { api, ask } from '../requests/index.ts';
import { askRestore } from '../restore/index.ts';
import type { Change } from './changes.ts';
import type { Points } from './links.ts';
import { mayWrite, type OpenPast } from './PastFrame.tsx';
import type { PlaceNames } from './place-names.ts';

interface RestoreActsProps {
  readonly past: OpenPast;
  readonly points: Points;
  /** When the older point was, ms. */
  readonly fromAt: number;
  /** The current change; null when none is. */
  readonly change: Change | null;
  readonly names: PlaceNames;
  /** A chapter was put back, or taken out again. */
  readonly onOutline: () => void;
}

/**
 * Brings back how it stood at the older point: the paragraph of the current change, or its chapter; both only ask, and a dialog says what would
 * go. A chapter that was taken out is put back where it stood, which replaces nothing.
 */
export function RestoreActs({ past, points, fromAt, change, names, onOutline }: RestoreActsProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { report } = past;
  const chapter = change?.node ?? points.chapter;
  if (chapter === null || !mayWrite(past)) return null;
  const node = chapter;

  async function put(op: 'restore' | 'remove'): Promise<void> {
    const answer = await ask(api.changeOutline(report.id, { op, node }));
    if (!answer.ok) return notify(failureWords(answer.error));
    const undo = { label: t('common.undo'), run: () => void put(op === 'restore' ? 'remove' : 'restore') };
    notify(t(op === 'restore' ? 'history.putBack' : 'outline.removed', { place: names.long(node) }), undo);
    onOutline();
  }

  if (report.outline.removed.some((other) => other.id === chapter)) {
    return (
      <footer className="changes-acts">
        <Button size="sm" className="grow" onClick={() => void put('restore')}>
          {t('history.putBackAct')}
        </Button>
      </footer>
    );
  }
  const standing = report.outline.nodes.some((other) => other.id === chapter && other.kind !== 'part');
  if (!standing || points.from === 0) return null;
  const block = change?.block;
  if (change?.kind === 'restore') {
    return (
      <footer className="changes-acts">
        <Button size="sm" className="grow" onClick={() => askRestore({ chapter, command: { what: 'undo', seq: change.seq } })}>
          {t('history.undoRestore')}
        </Button>
      </footer>
    );
  }
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
