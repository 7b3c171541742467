import { useTranslation } from 'react-i18next';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { Tick } from './Tick.tsx';
import type { PointMark } from './Timeline.tsx';

interface MilestoneProps {
  readonly report: ReportId;
  readonly seq: Seq;
  readonly name: string;
  readonly mark: PointMark;
  readonly onTick: (seq: Seq) => void;
}

/** A named revision at its point in the timeline. */
export function Milestone({ seq, name, mark, onTick }: MilestoneProps) {
  const { t } = useTranslation();
  return (
    <li className={mark === 'none' ? 'mile' : 'mile sel'}>
      <Tick mark={mark} label={t('history.tickRevision', { name, seq })} onTick={() => onTick(seq)} />
      <span className="chip line cut">{name}</span>
      <span className="cap">{t('history.seq', { seq })}</span>
    </li>
  );
}
