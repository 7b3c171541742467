import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFonts, ExportPreview } from '../../../shared/api/export.ts';
import type { ReportId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ask, exportApi } from '../requests/index.ts';
import { type Choice, FONT_USES, previewOf } from './model.ts';
import { useExport } from './use-export.ts';

/** Typing a document number is not a page for every letter. */
const SETTLED_MS = 400;

/** The pages as they will be printed, set anew for every choice that changes them. */
export function Preview({ report, choice }: { readonly report: ReportId; readonly choice: Choice }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [shown, setShown] = useState<ExportPreview | null>(null);
  const [fonts, setFonts] = useState<ExportFonts | null>(null);
  const [round, setRound] = useState(0);
  const command = JSON.stringify(previewOf(choice));
  const { state, failure, begin } = useExport(report, (done) => {
    void ask(exportApi.preview(report, done.id)).then((answer) => {
      if (!answer.ok) return;
      setShown(answer.value);
      setFonts(done.file?.fonts ?? null);
    });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const timer = setTimeout(() => begin(JSON.parse(command)), shown === null ? 0 : SETTLED_MS);
    return () => clearTimeout(timer);
  }, [command, begin, round]);

  const broken = failure !== null || state?.state === 'failed';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: pages are scrolled by keyboard too
    <section className="export-preview" aria-label={t('exporting.preview')} aria-busy={state?.state === 'running'} tabIndex={0}>
      {broken ? (
        <div role="alert">
          <Nothing headline={t('exporting.previewFailed')} acts={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
            {failure === null ? t('exporting.failed') : failureWords(failure)}
          </Nothing>
        </div>
      ) : shown === null ? (
        <div className="export-sheet">
          <Skeleton lines={9} />
        </div>
      ) : (
        <>
          <p className="cap" role="status">
            {shown.total === null ? '' : t('exporting.pages', { count: shown.total })}
            {shown.pages.length === shown.total ? '' : ` ${t('exporting.firstPages', { shown: shown.pages.length })}`}
          </p>
          {choice.kind === 'marked' ? <p className="cap">{t('exporting.markedPreview')}</p> : null}
          <ol className="export-pages">
            {shown.pages.map((page, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number
              <li key={index}>
                <PagePicture
                  svg={page}
                  words={
                    shown.total === null
                      ? t('exporting.pageAlone', { page: index + 1 })
                      : t('exporting.page', { page: index + 1, total: shown.total })
                  }
                />
              </li>
            ))}
          </ol>
          {fonts === null ? null : <FontNote fonts={fonts} />}
        </>
      )}
    </section>
  );
}

/** As an image, and not as part of this page: nothing in it can run, and its names don't meet ours. */
function PagePicture({ svg, words }: { readonly svg: string; readonly words: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return address === null ? null : <img className="export-sheet" src={address} alt={words} />;
}

function FontNote({ fonts }: { readonly fonts: ExportFonts }) {
  const { t } = useTranslation();
  const said = FONT_USES.map((use) =>
    t('exporting.fontUse', { use: t(`exporting.font.${use}`), font: fonts[use] ?? t('exporting.noFont') }),
  );
  return (
    <p className="cap">
      {t('exporting.fonts', { fonts: said.join(t('common.join')) })} {t('exporting.fontHint')}
    </p>
  );
}
