import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../shared/revisions/revision.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notices.ts';
import { ask, past } from '../requests/index.ts';
import { askedRevision } from './asked.ts';
import type { RevisionDialogProps } from './RevisionDialog.tsx';

const close = () => askedRevision.setState({ asked: null });

/** Takes a name back, after it was said that no text goes with it. */
export function WithdrawDialog({ report, onDone, revision }: RevisionDialogProps & { readonly revision: Revision }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { id, upTo, name, note } = revision;

  /** Its name and note once more, for the same point. */
  async function giveBack(): Promise<void> {
    const again = await ask(past.changeRevisions(report, { op: 'name', upTo, name, note }));
    if (again.ok) onDone?.({ op: 'name', upTo, name, note }, again.value.seq);
    else notify(failureWords(again.error));
  }

  async function withdraw(): Promise<void> {
    setBusy(true);
    const answer = await ask(past.changeRevisions(report, { op: 'withdraw', revision: id }));
    setBusy(false);
    if (!answer.ok) return setTrouble(failureWords(answer.error));
    onDone?.({ op: 'withdraw', revision: id }, answer.value.seq);
    close();
    notify(t('revisions.withdrawn', { name }), { label: t('common.undo'), run: () => void giveBack() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('revisions.withdrawTitle', { name })}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void withdraw()}>
            {t('revisions.withdraw')}
          </Button>
        </>
      }
    >
      <p>{t('revisions.withdrawHint', { name, seq: upTo })}</p>
      {trouble === null ? null : (
        <p className="complaint" role="alert">
          {trouble}
        </p>
      )}
    </Dialog>
  );
}
