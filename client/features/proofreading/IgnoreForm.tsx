import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_REASON } from '../../../shared/proofreading/ignored.ts';
import { Button } from '../../ui/Button.tsx';

interface IgnoreFormProps {
  /** How many others say the same of the same words. */
  readonly others: number;
  readonly onIgnore: (reason: string, all: boolean) => void;
  readonly onCancel: () => void;
}

const REASONS = ['asIs', 'quoted', 'name', 'usual', 'wrongRule'] as const;

/** Why the text is meant as it stands: one press, or in one's own words. Nothing is chosen beforehand: a reason is the person's. */
export function IgnoreForm({ others, onIgnore, onCancel }: IgnoreFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const [all, setAll] = useState(false);
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') onIgnore(reason.trim(), all);
  }

  return (
    <form className="finding-form" onSubmit={submit}>
      <label className="label" htmlFor={id}>
        {t('proof.ignoreTitle')}
      </label>
      <div className="finding-acts">
        {REASONS.map((name) => {
          const words = t(`proof.reasons.${name}`);
          return (
            <Button key={name} size="sm" aria-pressed={reason === words} onClick={() => setReason(words)}>
              {words}
            </Button>
          );
        })}
      </div>
      <input
        id={id}
        className="field"
        value={reason}
        maxLength={MAX_REASON}
        aria-invalid={tried && reason.trim() === ''}
        aria-describedby={`${id}need`}
        onChange={(event) => setReason(event.target.value)}
      />
      <p id={`${id}need`} className="cap" role="status">
        {tried && reason.trim() === '' ? t('proof.reasonNeeded') : t('proof.reasonKept')}
      </p>
      {others === 0 ? null : (
        <label className="finding-all">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {t('proof.ignoreAlike', { count: others })}
        </label>
      )}
      <div className="finding-acts">
        <Button type="submit" size="sm">
          {t('proof.ignoreAct')}
        </Button>
        <Button size="sm" look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
