import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { BEGINNING_OUTLINES } from '../../../shared/lifecycle/beginnings.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { ask, desk } from '../requests/index.ts';
import { OutlineSketch } from './OutlineSketch.tsx';
import { PastReport } from './PastReport.tsx';

/** What the dialog was opened for. */
export type Beginning = { readonly kind: 'new' } | { readonly kind: 'copy'; readonly report: HomeReport; readonly masked: boolean };

const STARTS = [...BEGINNING_OUTLINES, 'past'] as const;
type Start = (typeof STARTS)[number];

interface NewReportDialogProps {
  readonly beginning: Beginning;
  readonly reports: readonly HomeReport[];
  readonly onClose: () => void;
}

/** A report from nothing, with an outline to begin with, or from an existing one. Nothing is made before 创建. */
export function NewReportDialog({ beginning, reports, onClose }: NewReportDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const group = useId();
  const copied = beginning.kind === 'copy' ? beginning.report : null;
  const past = reports.filter((report) => report.standing !== 'trashed');
  const [title, setTitle] = useState(copied === null ? '' : t('home.copyOf', { title: copied.title }));
  const [start, setStart] = useState<Start>(copied === null ? 'plain' : 'past');
  const [source, setSource] = useState<ReportId | null>(copied?.id ?? past[0]?.id ?? null);
  const [masked, setMasked] = useState(beginning.kind === 'new' || beginning.masked);
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | undefined>(undefined);
  const nothingPast = start === 'past' && source === null;

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || nothingPast) return;
    if (title.trim() === '') return setComplaint(t('home.titleMissing'));
    setBusy(true);
    const answer = await ask(
      start === 'past' && source !== null
        ? desk.copy(source, title.trim(), masked)
        : desk.createReport(title.trim(), start === 'past' ? 'plain' : start),
    );
    setBusy(false);
    if (answer.ok) go(`/r/${answer.value.id}`);
    else setComplaint(failureWords(answer.error));
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(copied === null ? 'home.createTitle' : beginning.kind === 'copy' && beginning.masked ? 'home.fromThis' : 'home.duplicate')}
    >
      <form className="begin" onSubmit={(event) => void create(event)}>
        <Field
          label={t('home.createLabel')}
          value={title}
          onType={(value) => {
            setTitle(value);
            setComplaint(undefined);
          }}
          complaint={complaint}
          hint={t('home.createHint')}
          lang="zh-CN"
          maxLength={200}
          placeholder={t('home.createPlaceholder')}
        />
        {copied === null ? (
          <fieldset className="choices">
            <legend className="label">{t('home.creatingFrom')}</legend>
            {STARTS.map((one) => (
              <label key={one} className="choice">
                <input type="radio" name={group} value={one} checked={start === one} onChange={() => setStart(one)} />
                <span>
                  <b>{t(`home.from.${one}`)}</b>
                  <span className="cap">{t(`home.fromHint.${one}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {start === 'past' ? (
          <PastReport reports={past} fixed={copied !== null} source={source} onSource={setSource} masked={masked} onMasked={setMasked} />
        ) : start === 'plain' ? null : (
          <OutlineSketch outline={start} />
        )}
        <div className="dialog-acts">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} reason={nothingPast ? t('home.noPast') : null}>
            {t('home.createAct')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
