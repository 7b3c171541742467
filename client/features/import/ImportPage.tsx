import { X } from 'lucide-react';
import { useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ImportPreview } from '../../../shared/api.ts';
import { treeToSend } from '../../../shared/importing/corrected.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { saySize } from '../../i18n/moments.ts';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { api, ask } from '../requests/index.ts';
import { Chooser } from './Chooser.tsx';
import { Preview } from './Preview.tsx';
import { Steps } from './Steps.tsx';
import { readFile, type Source } from './source.ts';

type State =
  | { readonly at: 'choose' }
  | { readonly at: 'reading'; readonly source: Source }
  | {
      readonly at: 'check';
      readonly source: Source;
      readonly preview: ImportPreview;
      readonly creating: boolean;
      readonly trouble: string | null;
    }
  | { readonly at: 'failed'; readonly source: Source; readonly words: string };

type Event =
  | { readonly kind: 'start'; readonly source: Source }
  | { readonly kind: 'recognised'; readonly source: Source; readonly preview: ImportPreview }
  | { readonly kind: 'failed'; readonly source: Source; readonly words: string }
  | { readonly kind: 'create' }
  | { readonly kind: 'not-created'; readonly words: string }
  | { readonly kind: 'again' };

function reduce(state: State, event: Event): State {
  switch (event.kind) {
    case 'start':
      return { at: 'reading', source: event.source };
    case 'recognised':
      return { at: 'check', source: event.source, preview: event.preview, creating: false, trouble: null };
    case 'failed':
      return { at: 'failed', source: event.source, words: event.words };
    case 'create':
      return state.at === 'check' ? { ...state, creating: true, trouble: null } : state;
    case 'not-created':
      return state.at === 'check' ? { ...state, creating: false, trouble: event.words } : state;
    case 'again':
      return { at: 'choose' };
  }
}

/** A text becomes a report in three steps; nothing is created before the last. */
export function ImportPage() {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const [state, tell] = useReducer(reduce, { at: 'choose' });
  usePageTitle(t('import.pageTitle'));

  async function recognise(source: Source): Promise<void> {
    tell({ kind: 'start', source });
    if (source.tooBig) return tell({ kind: 'failed', source, words: t('errors.too-big') });
    const answer = await ask(api.previewImport(source.body));
    if (answer.ok) tell({ kind: 'recognised', source, preview: answer.value });
    else tell({ kind: 'failed', source, words: failureWords(answer.error) });
  }

  async function create(corrected: ImportPreview | null): Promise<void> {
    if (state.at !== 'check' || state.creating) return;
    tell({ kind: 'create' });
    const answer = await ask(api.importReport(state.source.body, corrected === null ? null : treeToSend(corrected)));
    if (answer.ok) go(`/r/${answer.value.id}`);
    else tell({ kind: 'not-created', words: failureWords(answer.error) });
  }

  const about = state.at === 'choose' ? null : state.source;
  return (
    <div className="page import-page">
      <a className="skip" href="#main">
        {t('common.skipToMain')}
      </a>
      <header className="top">
        <Brand />
        <h1 className="nowrap">{t('import.title')}</h1>
        {about === null ? null : (
          <span className="cap cut">
            {[
              about.name ?? t('import.pasted'),
              state.at === 'check' && about.name !== null ? t(`import.encodings.${state.preview.encoding}`) : null,
              state.at === 'check' ? saySize(state.preview.bytes) : null,
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        )}
        <span className="grow" />
        <Steps now={state.at === 'check' ? (state.creating ? 3 : 2) : 1} />
        <span className="grow import-spread" />
        <Button look="quiet" icon hint={t('common.close')} onClick={() => go('/')}>
          <X aria-hidden="true" />
        </Button>
      </header>
      {state.at === 'choose' ? (
        <Chooser
          onFile={(file) => void readFile(file).then(recognise)}
          onText={(text) => void recognise({ name: null, body: { text }, tooBig: false })}
        />
      ) : null}
      {state.at === 'reading' ? (
        <main id="main" className="import-reading">
          <p className="muted">{t('import.reading')}</p>
          <Skeleton lines={8} />
        </main>
      ) : null}
      {state.at === 'failed' ? (
        <main id="main">
          <div role="alert">
            <Nothing
              headline={t('import.failed', { name: state.source.name ?? t('import.pasted') })}
              acts={<Button onClick={() => tell({ kind: 'again' })}>{t('import.backToChoose')}</Button>}
            >
              {state.words} {t('import.failedNothing')}
            </Nothing>
          </div>
        </main>
      ) : null}
      {state.at === 'check' ? (
        <Preview
          recognised={state.preview}
          creating={state.creating}
          trouble={state.trouble}
          onCreate={(corrected) => void create(corrected)}
          onAgain={() => tell({ kind: 'again' })}
          onCancel={() => go('/')}
        />
      ) : null}
    </div>
  );
}
