import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { exportApi } from '../requests/index.ts';
import { exportAsked } from './asked.ts';
import { type Choice, commandOf, FIRST_CHOICE, KINDS } from './model.ts';
import { PartChoices } from './PartChoices.tsx';
import { PointChoice } from './PointChoice.tsx';
import { Preview } from './Preview.tsx';
import { useExport } from './use-export.ts';

interface ExportDialogProps {
  readonly report: ReportId;
  readonly head: Seq;
  readonly revisions: readonly Revision[];
  readonly mayReadPast: boolean;
}

/** 导出公文: which file, of which point, with which parts; the pages beside it as they will be. */
export function ExportDialog(props: ExportDialogProps) {
  const open = useStore(exportAsked, (state) => state.open);
  return open ? <OpenDialog {...props} /> : null;
}

/** Lets the browser save a file that is done, under the name that the server gives it. */
function save(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

function OpenDialog({ report, head, revisions, mayReadPast }: ExportDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const group = useId();
  const [choice, setChoice] = useState<Choice>(FIRST_CHOICE);
  const { state, failure, begin, cancel } = useExport(report, (done) => save(exportApi.fileAddress(report, done.id)));
  const running = state?.state === 'running';
  const change = (some: Partial<Choice>) => setChoice((now) => ({ ...now, ...some }));
  const word = choice.kind === 'docx' || choice.kind === 'marked';

  useEffect(() => () => exportAsked.setState({ open: false }), []);

  return (
    <Dialog open onOpenChange={() => exportAsked.setState({ open: false })} title={t('exporting.title')}>
      <div className="export">
        <div className="export-choices">
          <fieldset>
            <legend>{t('exporting.kind')}</legend>
            {KINDS.map((kind) => (
              <label key={kind} className="export-kind">
                <input
                  type="radio"
                  name={`${group}kind`}
                  checked={choice.kind === kind}
                  disabled={kind === 'marked' && !mayReadPast}
                  onChange={() => change({ kind })}
                />
                <span>
                  {t(`exporting.kinds.${kind}`)}
                  <span className="cap">{kind === 'marked' && !mayReadPast ? t('exporting.noPast') : t(`exporting.about.${kind}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {mayReadPast ? <PointChoice choice={choice} head={head} revisions={revisions} onChange={change} /> : null}
          {choice.kind === 'txt' ? null : <PartChoices options={choice.options} onChange={(options) => change({ options })} />}
          {word ? (
            <fieldset>
              <legend>{t('exporting.grid')}</legend>
              <div className="export-row">
                {(['word', 'libreoffice'] as const).map((grid) => (
                  <label key={grid}>
                    <input type="radio" name={`${group}grid`} checked={choice.grid === grid} onChange={() => change({ grid })} />
                    {t(`exporting.grids.${grid}`)}
                  </label>
                ))}
              </div>
              <p className="cap">{t('exporting.gridHint')}</p>
            </fieldset>
          ) : null}
        </div>
        <Preview report={report} choice={choice} />
      </div>
      <div className="export-foot">
        <span className={failure !== null || state?.state === 'failed' ? 'complaint grow' : 'cap grow'} role="status">
          {failure !== null
            ? failureWords(failure)
            : state === null
              ? ''
              : state.state === 'running'
                ? t(`exporting.steps.${state.step}`)
                : state.state === 'done'
                  ? t('exporting.done', { name: state.file?.name ?? '' })
                  : t(`exporting.${state.state}`)}
          {running && state.progress !== null ? <progress value={state.progress} /> : null}
        </span>
        {state?.state === 'done' ? (
          <Button onClick={() => save(exportApi.fileAddress(report, state.id))}>{t('exporting.again')}</Button>
        ) : null}
        {running ? <Button onClick={cancel}>{t('exporting.stop')}</Button> : null}
        <Button look="primary" busy={running} onClick={() => begin(commandOf(choice))}>
          {t('exporting.make', { kind: t(`exporting.kinds.${choice.kind}`) })}
        </Button>
      </div>
    </Dialog>
  );
}
