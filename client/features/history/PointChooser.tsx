import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportState } from '../../../shared/api.ts';
import type { Seq } from '../../../shared/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

interface PointChooserProps {
  readonly report: ReportState;
  readonly from: Seq;
  readonly to: Seq;
  /** Up to here the reader has looked at everything; null until it is known. */
  readonly since: Seq | null;
  readonly onPoints: (from: Seq, to: Seq) => void;
}

interface Point {
  readonly seq: Seq;
  readonly words: string;
}

/** Points with a name: since one last looked, each named revision, the beginning and now. Any other is ticked in the history. */
export function PointChooser({ report, from, to, since, onPoints }: PointChooserProps) {
  const { t } = useTranslation();
  const [older, newer] = [useId(), useId()];
  const named: Point[] = report.revisions
    .toSorted((one, other) => one.upTo - other.upTo)
    .map(({ upTo, name }) => ({ seq: upTo, words: t('history.chooseRevision', { name, seq: upTo }) }));
  const start: Point = { seq: 0, words: t('history.chooseStart') };
  const looked: Point[] = since === null ? [] : [{ seq: since, words: t('history.chooseLooked', { seq: since }) }];
  const now: Point = { seq: report.seq, words: t('history.chooseNow', { seq: report.seq }) };
  const isSince = since !== null && from === since && to === report.seq;
  return (
    <section className="points" aria-label={t('history.choosePoints')}>
      <Button
        size="sm"
        aria-pressed={isSince}
        reason={since === null || since < report.seq ? null : t('history.nothingSince')}
        onClick={() => {
          if (since !== null) onPoints(since, report.seq);
        }}
      >
        {t('history.sinceLooked')}
      </Button>
      <div className="points-row">
        <label htmlFor={older}>{t('history.pointA')}</label>
        <PointSelect
          id={older}
          value={from}
          points={[start, ...named, ...looked]}
          onPick={(seq) => onPoints(Math.min(seq, to), Math.max(seq, to))}
        />
      </div>
      <div className="points-row">
        <label htmlFor={newer}>{t('history.pointB')}</label>
        <PointSelect id={newer} value={to} points={[...named, now]} onPick={(seq) => onPoints(Math.min(seq, from), Math.max(seq, from))} />
      </div>
    </section>
  );
}

function PointSelect({
  id,
  value,
  points,
  onPick,
}: {
  readonly id: string;
  readonly value: Seq;
  readonly points: readonly Point[];
  readonly onPick: (seq: Seq) => void;
}) {
  const { t } = useTranslation();
  // of two names for one entry the first is enough
  const shown = points.filter(({ seq }, index) => points.findIndex((other) => other.seq === seq) === index);
  return (
    <select id={id} className="field" value={value} onChange={(event) => onPick(Number(event.target.value))}>
      {shown.some(({ seq }) => seq === value) ? null : <option value={value}>{t('history.chooseOther', { seq: value })}</option>}
      {shown.map(({ seq, words }) => (
        <option key={seq} value={seq}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** The same where there is no room for it beside the paper. */
export function PointsDialog({
  open,
  onOpenChange,
  ...props
}: PointChooserProps & { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('history.choosePoints')}>
      <PointChooser
        {...props}
        onPoints={(from, to) => {
          onOpenChange(false);
          props.onPoints(from, to);
        }}
      />
    </Dialog>
  );
}
