import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { api, ask } from '../requests/index.ts';

interface NewReportDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function NewReportDialog({ open, onOpenChange }: NewReportDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const field = useId();
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (title.trim() === '') return setComplaint(t('home.titleMissing'));
    setBusy(true);
    const answer = await ask(api.createReport(title.trim()));
    setBusy(false);
    if (answer.ok) go(`/r/${answer.value.id}`);
    else setComplaint(failureWords(answer.error));
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('home.createTitle')}>
      <form onSubmit={(event) => void create(event)}>
        <label className="label" htmlFor={field}>
          {t('home.createLabel')}
        </label>
        <input
          id={field}
          className="field"
          lang="zh-CN"
          maxLength={200}
          value={title}
          placeholder={t('home.createPlaceholder')}
          aria-invalid={complaint !== null}
          aria-describedby={`${field}-hint`}
          onChange={(event) => {
            setTitle(event.target.value);
            setComplaint(null);
          }}
        />
        <p id={`${field}-hint`} className={complaint === null ? 'cap' : 'complaint'} role={complaint === null ? undefined : 'alert'}>
          {complaint ?? t('home.createHint')}
        </p>
        <div className="dialog-acts">
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('home.createAct')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
