import { useTranslation } from 'react-i18next';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { LifecycleOp } from '../../../shared/lifecycle/lifecycle.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { notify } from '../../ui/notices.ts';
import { ask, desk } from '../requests/index.ts';

const UNDOES: Readonly<Record<LifecycleOp, LifecycleOp>> = {
  archive: 'unarchive',
  unarchive: 'archive',
  trash: 'restore',
  restore: 'trash',
};
const SAYS = { archive: 'home.archived', unarchive: 'home.unarchived', trash: 'home.trashed', restore: 'home.restored' } as const;

/** Archives, throws away and brings back, says so, and offers to take it back. */
export function useLife(onChanged: () => void): (report: HomeReport, op: LifecycleOp) => Promise<void> {
  const { t } = useTranslation();
  const failureWords = useFailureWords();

  async function change(report: HomeReport, op: LifecycleOp): Promise<boolean> {
    const answer = await ask(desk.changeLife(report.id, op));
    if (!answer.ok) notify(failureWords(answer.error));
    onChanged();
    return answer.ok;
  }

  return async (report, op) => {
    if (!(await change(report, op))) return;
    const title = report.title === '' ? t('home.untitled') : report.title;
    notify(t(SAYS[op], { title }), { label: t('common.undo'), run: () => void change(report, UNDOES[op]) });
  };
}
