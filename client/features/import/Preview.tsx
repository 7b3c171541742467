import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { TroubleBar } from '../../ui/TroubleBar.tsx';
import { Counts } from './Counts.tsx';
import { linesToLookAt, previewRows } from './model.ts';
import { PreviewTree } from './PreviewTree.tsx';
import { SourceLines } from './SourceLines.tsx';

interface PreviewProps {
  readonly preview: ImportPreview;
  readonly creating: boolean;
  readonly trouble: string | null;
  readonly onCreate: () => void;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
}

/** Second step: the recognised tree beside the source, with counts; a chosen row shows its place in the source. */
export function Preview({ preview, creating, trouble, onCreate, onAgain, onCancel }: PreviewProps) {
  const { t } = useTranslation();
  const rows = useMemo(() => previewRows(preview), [preview]);
  const look = useMemo(() => linesToLookAt(preview), [preview]);
  const [chosen, setChosen] = useState<string | null>(null);
  const line = rows.find((row) => row.key === chosen)?.line ?? null;
  const { counts } = preview;
  const sum = [
    counts.parts > 0 ? t('import.sumParts', { count: counts.parts }) : null,
    t('import.sumChapters', { count: counts.chapters }),
    t('import.sumCharacters', { count: counts.characters }),
    counts.blanks > 0 ? t('import.sumBlanks', { count: counts.blanks }) : null,
  ];
  return (
    <>
      {trouble === null ? null : (
        <TroubleBar kind="stop" headline={trouble}>
          {t('import.failedNothing')}
        </TroubleBar>
      )}
      <main id="main" className="preview">
        <PreviewTree rows={rows} chosen={chosen} onChoose={setChosen} hasTitle={preview.title !== ''} />
        <SourceLines preview={preview} chosenLine={line} look={look} />
        <Counts preview={preview} />
      </main>
      <footer className="import-foot">
        <span className="import-sum">
          {t('import.willCreate')}
          <b>{sum.filter((part) => part !== null).join(t('common.join'))}</b>
        </span>
        <span className="grow" />
        <span className="small muted import-nothing">{t('import.nothingYet')}</span>
        <Button onClick={onAgain}>{t('import.otherFile')}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button look="primary" busy={creating} onClick={onCreate}>
          {creating ? t('import.creating') : t('import.create')}
        </Button>
      </footer>
    </>
  );
}
