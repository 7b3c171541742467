import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import { MAX_SOURCE } from '../../../shared/blanks/blank.ts';
import { Button } from '../../ui/Button.tsx';

interface DismissFormProps {
  readonly blank: BlankView;
  readonly onDismiss: (reason: string) => void;
  readonly onCancel: () => void;
}

const REASONS = ['times', 'emphasis', 'bullet', 'footnote', 'asIs'] as const;

/** Why the signs are meant as they stand: one press, or in one's own words. */
export function DismissForm({ blank, onDismiss, onCancel }: DismissFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState(t(`blanks.reasons.${blank.guess ?? 'asIs'}`));

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== '') onDismiss(reason.trim());
  }

  return (
    <form className="blank-form" onSubmit={submit}>
      <label className="label" htmlFor={id}>
        {t('blanks.dismissTitle')}
      </label>
      <div className="blank-reasons">
        {REASONS.map((name) => {
          const words = t(`blanks.reasons.${name}`);
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
        maxLength={MAX_SOURCE}
        aria-invalid={reason.trim() === ''}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="blank-acts">
        <Button type="submit" size="sm">
          {t('blanks.dismissAct')}
        </Button>
        <Button size="sm" look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
