import { useTranslation } from 'react-i18next';
import type { Correction } from '../../../shared/importing/correct.ts';
import { Button } from '../../ui/Button.tsx';
import { lower, raise } from './acts.ts';
import type { PreviewRow } from './model.ts';

interface RowActsProps {
  readonly row: PreviewRow;
  readonly at: number;
  readonly hasTitle: boolean;
  readonly onCorrect: (correction: Correction) => void;
  readonly onSplit: () => void;
}

/** What can be done to the chosen row, in words. */
export function RowActs({ row, at, hasTitle, onCorrect, onSplit }: RowActsProps) {
  const { t } = useTranslation();
  const up = raise(row, at);
  const down = lower(row, at);
  const act = (words: string, correction: Correction | null) =>
    correction === null ? null : (
      <Button size="sm" onClick={() => onCorrect(correction)}>
        {words}
      </Button>
    );
  const isText = row.kind === 'text';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for answers of a form
    <div className="row-acts" role="group" aria-label={t('importFix.acts')}>
      {isText ? act(t('importFix.asHeading'), { kind: 'level', at, level: 2 }) : act(t('importFix.raise'), up)}
      {row.kind === 'title' || isText ? null : act(t('importFix.lower'), down)}
      {isText ? null : act(t(row.kind === 'title' ? 'importFix.notTitle' : 'importFix.plain'), { kind: 'plain', at })}
      {at === 0 && !hasTitle ? act(t('importFix.asTitle'), { kind: 'title', at }) : null}
      {row.passage !== null && at > 0 ? act(t('importFix.intoAbove'), { kind: 'place', at, as: 'above' }) : null}
      {isText ? act(t('importFix.chapter'), { kind: 'place', at, as: 'chapter' }) : null}
      {at === 0 ? null : act(t('importFix.join'), { kind: 'join', at })}
      <Button size="sm" onClick={onSplit}>
        {t('importFix.split')}
      </Button>
    </div>
  );
}
