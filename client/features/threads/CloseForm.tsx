import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asksReason, DISPOSITIONS, type Disposition, MAX_REASON } from '../../../shared/threads/thread.ts';
import { Button } from '../../ui/Button.tsx';

interface CloseFormProps {
  /** May say anything; else only that it is answered. */
  readonly mayDecide: boolean;
  readonly onClose: (disposition: Disposition, reason: string) => void;
}

/** 处置: four buttons of one weight; those that ask for a reason open a field first. */
export function CloseForm({ mayDecide, onClose }: CloseFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState<Disposition | null>(null);
  const [reason, setReason] = useState('');
  const offered = mayDecide ? DISPOSITIONS : DISPOSITIONS.filter((one) => one === 'answered');
  return (
    <div className="thread-close">
      <p className="cap">{t(mayDecide ? 'threads.disposeHint' : 'threads.answeredHint')}</p>
      <div className="thread-acts">
        {offered.map((disposition) => (
          <Button
            key={disposition}
            size="sm"
            aria-pressed={asksReason(disposition) ? chosen === disposition : undefined}
            onClick={() => {
              if (asksReason(disposition)) setChosen(chosen === disposition ? null : disposition);
              else onClose(disposition, '');
            }}
          >
            {t(`threads.dispositions.${disposition}`)}
          </Button>
        ))}
      </div>
      {chosen === null ? null : (
        <div className="thread-reason">
          <label className="label" htmlFor={id}>
            {t('threads.reason', { disposition: t(`threads.dispositions.${chosen}`) })}
          </label>
          <textarea
            id={id}
            className="field"
            rows={2}
            maxLength={MAX_REASON}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="thread-acts">
            <Button size="sm" reason={reason.trim() === '' ? t('threads.reasonMissing') : null} onClick={() => onClose(chosen, reason)}>
              {t('threads.closeAct')}
            </Button>
            <Button size="sm" look="quiet" onClick={() => setChosen(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
