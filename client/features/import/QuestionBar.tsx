import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Correction } from '../../../shared/importing/correct.ts';
import type { Question } from './model.ts';

interface QuestionBarProps {
  readonly question: Question;
  readonly onAnswer: (correction: Correction) => void;
}

/** One guess at a time, with its answers; the first is what stands now. */
export function QuestionBar({ question, onAnswer }: QuestionBarProps) {
  const { t } = useTranslation();
  const { line, at, part, chapter } = question;
  const answers = [
    ['passage', part === '' ? t('importFix.passageAtTop') : t('importFix.passageOfPart', { part: part.replace('、', '') })],
    ['above', chapter === '' ? t('importFix.intoAbove') : t('importFix.intoChapter', { number: chapter })],
    ['chapter', t('importFix.chapter')],
  ] as const;
  const words = t('importFix.question', { line });
  return (
    <section className="import-question" aria-label={words}>
      <TriangleAlert className="ico" aria-hidden="true" />
      <b>{words}</b>
      <div className="import-answers">
        {answers.map(([as, label], index) => (
          <button key={as} type="button" className={index === 0 ? 'on' : undefined} onClick={() => onAnswer({ kind: 'place', at, as })}>
            {label}
          </button>
        ))}
      </div>
      <span className="grow" />
      <span className="import-nothing">{t('import.nothingYet')}</span>
    </section>
  );
}
