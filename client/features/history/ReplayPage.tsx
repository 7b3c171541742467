import { Play as PlayIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import type { Me } from '../../../shared/api.ts';
import { parseNodeId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { textNodes } from '../outline/index.ts';
import { stopsOf } from './frames.ts';
import { parseSeq, replayLink } from './links.ts';
import { type OpenPast, PastFrame, PastPage, type PastPageProps } from './PastFrame.tsx';
import { Player } from './Player.tsx';
import { usePlaceNames } from './place-names.ts';
import { useAsked } from './use-asked.ts';
import { sittingsOf } from './use-frames.ts';

/** 回放: a chapter's life, forward and back. */
export function ReplayPage(props: PastPageProps) {
  return <PastPage {...props}>{(past) => <Replayed past={past} me={props.me} />}</PastPage>;
}

function Replayed({ past, me }: { readonly past: OpenPast; readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const [query] = useSearchParams();
  const { report } = past;
  const names = usePlaceNames([report.outline]);
  const chapters = textNodes(report.outline).map((node) => node.id);
  const chapter = parseNodeId(query.get('chapter')) ?? chapters[0] ?? null;
  const [asked, again] = useAsked(chapter, async () => stopsOf(chapter === null ? [] : await sittingsOf(report.id, chapter)));
  usePageTitle(t('history.replayPageTitle', { title: report.outline.title }));

  return (
    <PastFrame
      past={past}
      me={me}
      icon={<PlayIcon className="ico" aria-hidden="true" />}
      note={t('history.lookOnly')}
      banner={
        <>
          {t('history.replaying')}
          <select
            className="past-select"
            aria-label={t('history.whichChapter')}
            value={chapter ?? ''}
            onChange={(event) => {
              const picked = parseNodeId(event.target.value);
              if (picked !== null) go(replayLink(report.id, picked));
            }}
          >
            {chapters.map((id) => (
              <option key={id} value={id}>
                {names.long(id)}
              </option>
            ))}
          </select>
        </>
      }
    >
      {chapter === null || (asked.state === 'here' && asked.value.length === 0) ? (
        <main className="past-wait" id="past">
          <Nothing headline={t('history.nothingToReplay')} />
        </main>
      ) : asked.state === 'here' ? (
        <Player
          key={chapter}
          past={past}
          chapter={chapter}
          stops={asked.value}
          begin={parseSeq(query.get('at'))}
          name={names.long(chapter)}
        />
      ) : (
        <main className="past-wait" id="past">
          {asked.state === 'asking' ? (
            <Skeleton lines={8} />
          ) : (
            <div role="alert">
              <Nothing headline={t('history.replayFailed')} acts={<Button onClick={again}>{t('common.retry')}</Button>}>
                {failureWords(asked.failure)}
              </Nothing>
            </div>
          )}
        </main>
      )}
    </PastFrame>
  );
}
