import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyPreview, HomeReport } from '../../../shared/api/home.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { parseReportId } from '../../../shared/ids.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { ask, desk } from '../requests/index.ts';

interface PastReportProps {
  readonly reports: readonly HomeReport[];
  /** The report was chosen before. */
  readonly fixed: boolean;
  readonly source: ReportId | null;
  readonly onSource: (report: ReportId) => void;
  readonly masked: boolean;
  readonly onMasked: (masked: boolean) => void;
}

/** Which report is taken along, how much that is, and whether its figures become blanks. */
export function PastReport({ reports, fixed, source, onSource, masked, onMasked }: PastReportProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const field = useId();
  const [preview, setPreview] = useState<{ readonly of: ReportId; readonly value: CopyPreview } | FailureLike | null>(null);

  useEffect(() => {
    if (source === null) return;
    let mounted = true;
    void ask(desk.copyPreview(source)).then((answer) => {
      if (mounted) setPreview(answer.ok ? { of: source, value: answer.value } : answer.error);
    });
    return () => {
      mounted = false;
    };
  }, [source]);

  if (source === null) return <p className="cap">{t('home.noPast')}</p>;
  const counted = preview !== null && 'of' in preview && preview.of === source ? preview.value : null;
  return (
    <div className="past">
      {fixed ? null : (
        <>
          <label className="label" htmlFor={field}>
            {t('home.pastLabel')}
          </label>
          <select
            id={field}
            className="field"
            lang="zh-CN"
            value={source}
            onChange={(event) => {
              const report = parseReportId(event.target.value);
              if (report !== null) onSource(report);
            }}
          >
            {reports.map((report) => (
              <option key={report.id} value={report.id}>
                {report.title === '' ? t('home.untitled') : report.title}
              </option>
            ))}
          </select>
        </>
      )}
      {preview !== null && 'code' in preview ? (
        <p className="complaint" role="alert">
          {failureWords(preview)}
        </p>
      ) : (
        <p className="cap" role="status">
          {counted === null ? t('home.counting') : t('home.pastTakes', { chapters: counted.chapters, characters: counted.characters })}
        </p>
      )}
      {counted === null ? null : counted.figures === 0 ? (
        <p className="cap">{t('home.maskNone')}</p>
      ) : (
        <label className="choice">
          <input type="checkbox" checked={masked} onChange={(event) => onMasked(event.target.checked)} />
          <span>
            <b>{t('home.mask', { count: counted.figures })}</b>
            <span className="cap">{t('home.maskHint')}</span>
          </span>
        </label>
      )}
    </div>
  );
}
