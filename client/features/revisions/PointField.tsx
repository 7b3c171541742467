import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Field } from '../../ui/Field.tsx';
import { ask, historyApi } from '../requests/index.ts';

interface PointFieldProps {
  readonly report: ReportId;
  readonly head: Seq;
  /** null = the present state. */
  readonly point: Seq | null;
  readonly complaint: string | undefined;
  /** @param isBad what stands in the field is no entry of the report */
  readonly onPoint: (point: Seq | null, isBad: boolean) => void;
}

/** When an entry was made is asked so long after the last key, ms. */
const SETTLE_MS = 250;

/** The entry up to which a name stands: the present one, or any that somebody says the number of. Tells when it was. */
export function PointField({ report, head, point, complaint, onPoint }: PointFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(point === null ? null : String(point));
  const [when, setWhen] = useState<{ readonly seq: Seq; readonly at: number } | null>(null);
  const seq = point ?? head;

  useEffect(() => {
    if (seq < 1 || seq > head || point === null) return;
    let wanted = true;
    const timer = setTimeout(() => {
      void ask(historyApi.outlineAt(report, seq)).then((answer) => wanted && answer.ok && setWhen({ seq, at: answer.value.at }));
    }, SETTLE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [report, seq, head, point]);

  function type(value: string): void {
    setTyped(value);
    const entry = /^\d{1,15}$/.test(value.trim()) ? Number(value) : null;
    const isBad = entry === null || entry < 1 || entry > head;
    onPoint(isBad ? point : entry, isBad);
  }

  const said = point === null ? t('revisions.now') : when?.seq === point ? sayMoment(when.at) : undefined;
  return (
    <Field
      label={t('revisions.upTo')}
      value={typed ?? String(head)}
      onType={type}
      complaint={complaint}
      hint={said}
      inputMode="numeric"
      autoComplete="off"
      className="point-number"
    />
  );
}
