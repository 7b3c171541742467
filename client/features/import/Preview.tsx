import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../shared/api.ts';
import { Button } from '../../ui/Button.tsx';
import { TroubleBar } from '../../ui/TroubleBar.tsx';
import { Counts } from './Counts.tsx';
import { linesToLookAt, previewRows, questionsOf } from './model.ts';
import { PreviewTree } from './PreviewTree.tsx';
import { QuestionBar } from './QuestionBar.tsx';
import { SourceLines } from './SourceLines.tsx';
import { useCorrections } from './use-corrections.ts';

interface PreviewProps {
  readonly recognised: ImportPreview;
  readonly creating: boolean;
  readonly trouble: string | null;
  /** With the tree where it was put right, else null: as recognised. */
  readonly onCreate: (corrected: ImportPreview | null) => void;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
}

/** Second step: the recognised tree beside the source, with counts; a chosen row shows its place in the source. */
export function Preview({ recognised, creating, trouble, onCreate, onAgain, onCancel }: PreviewProps) {
  const { t } = useTranslation();
  const corrections = useCorrections(recognised);
  const { preview, chosen } = corrections;
  const rows = useMemo(() => previewRows(preview), [preview]);
  const questions = useMemo(() => questionsOf(preview), [preview]);
  const question = questions[0];
  const look = useMemo(() => linesToLookAt(preview), [preview]);
  const line = chosen === null ? null : (rows[chosen]?.line ?? null);
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
      {question === undefined ? null : <QuestionBar question={question} onAnswer={corrections.correct} />}
      <main id="main" className="preview">
        <PreviewTree rows={rows} corrections={corrections} />
        <SourceLines preview={preview} chosenLine={line} look={look} />
        <Counts preview={preview} />
      </main>
      <footer className="import-foot">
        <span className="import-sum">
          {t('import.willCreate')}
          <b>{sum.filter((part) => part !== null).join(t('common.join'))}</b>
        </span>
        <span className="grow" />
        {questions.length === 0 ? (
          <span className="small muted import-nothing">{t('import.nothingYet')}</span>
        ) : (
          <span className="small import-open">{t('importFix.open', { count: questions.length })}</span>
        )}
        <Button onClick={onAgain}>{t('import.otherFile')}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button look="primary" busy={creating} onClick={() => onCreate(corrections.count === 0 ? null : preview)}>
          {creating ? t('import.creating') : t('import.create')}
        </Button>
      </footer>
    </>
  );
}
