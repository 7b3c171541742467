import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChapterId, ReportId, Seq } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { historyApi } from '../requests/index.ts';
import { PlainText } from './PlainText.tsx';
import { useAsked } from './use-asked.ts';

interface UnchangedChapterProps {
  readonly report: ReportId;
  readonly chapter: ChapterId;
  readonly seq: Seq;
  readonly name: string;
}

/** A chapter in which nothing is different: one line, and its text when somebody wants to read on. */
export function UnchangedChapter({ report, chapter, seq, name }: UnchangedChapterProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [open, setOpen] = useState(false);
  const [asked, again] = useAsked(open ? `${chapter} ${seq}` : null, () => historyApi.chapterAt(report, chapter, seq));
  if (!open) {
    return (
      <div className="fold">
        <button type="button" aria-expanded="false" aria-label={t('history.openUnchanged', { place: name })} onClick={() => setOpen(true)}>
          {t('history.unchangedChapter')}
        </button>
      </div>
    );
  }
  if (asked.state === 'here') return <PlainText at={asked.value} />;
  if (asked.state === 'asking') return <Skeleton lines={4} />;
  return (
    <p className="past-same" role="alert">
      {failureWords(asked.failure)} <Button onClick={again}>{t('common.retry')}</Button>
    </p>
  );
}
