import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { Me } from '../../../shared/api.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notices.ts';
import { api, ask } from '../requests/index.ts';

interface LeaveDialogProps {
  readonly report: HomeReport;
  readonly me: Me;
  readonly onClose: () => void;
  readonly onLeft: () => void;
}

/** Asks before one leaves: coming back is for somebody else to allow. */
export function LeaveDialog({ report, me, onClose, onLeft }: LeaveDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const title = report.title === '' ? t('home.untitled') : report.title;
  const owners = report.members.filter((member) => !member.left && member.role === 'owner');
  const isLastOwner = report.role === 'owner' && owners.length === 1;

  async function leave(): Promise<void> {
    setBusy(true);
    const answer = await ask(api.removeMember(report.id, me.id));
    setBusy(false);
    notify(answer.ok ? t('home.left', { title }) : failureWords(answer.error));
    if (!answer.ok) return;
    onLeft();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('home.leaveTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={busy} reason={isLastOwner ? t('home.lastOwner') : null} onClick={() => void leave()}>
            {t('home.leaveAct')}
          </Button>
        </>
      }
    >
      <p>{t('home.leaveSure', { title })}</p>
      {isLastOwner ? <p className="complaint">{t('home.lastOwner')}</p> : null}
    </Dialog>
  );
}
