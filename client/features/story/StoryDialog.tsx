import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Story, Wording } from '../../../shared/api/history.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import type { ApiFailure } from '../../api/http.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ask, historyApi } from '../requests/index.ts';
import { askRestore } from '../restore/index.ts';
import { type AskedStory, askedStory } from './asked.ts';

interface StoryDialogProps {
  readonly report: ReportId;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly placeName: (chapter: ChapterId) => string;
  readonly mayWrite: boolean;
}

/** 段落身世: every earlier wording of a paragraph, who and when, and a way to bring one back. Stands once on the page. */
export function StoryDialog(props: StoryDialogProps) {
  const asked = useStore(askedStory, (state) => state.asked);
  return asked === null ? null : <Asked key={`${asked.chapter} ${asked.block}`} {...props} asked={asked} />;
}

const close = () => askedStory.setState({ asked: null });

function Asked(props: StoryDialogProps & { readonly asked: AskedStory }) {
  const { report, asked } = props;
  const { t } = useTranslation();
  const words = useFailureWords();
  const [story, setStory] = useState<Story | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);

  useEffect(() => {
    let left = false;
    void ask(historyApi.story(report, asked.chapter, { block: asked.block })).then((answer) => {
      if (left) return;
      if (answer.ok) setStory(answer.value);
      else setFailure(answer.error);
    });
    return () => {
      left = true;
    };
  }, [report, asked]);

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('story.title', { place: props.placeName(asked.chapter) })}
    >
      <div className="story" aria-live="polite">
        {failure === null ? null : <p role="alert">{words(failure)}</p>}
        {story === null && failure === null ? <Skeleton lines={5} /> : null}
        {story === null ? null : (
          <>
            <p className="cap">{t('story.count', { count: story.wordings.length })}</p>
            <ol className="story-list">
              {story.wordings.map((wording, index) => (
                <WordingCard key={`${wording.chapter} ${wording.seq}`} {...props} wording={wording} isNow={index === 0} />
              ))}
            </ol>
            {story.more ? <p className="cap">{t('story.more')}</p> : null}
          </>
        )}
      </div>
    </Dialog>
  );
}

function WordingCard({
  asked,
  faces,
  placeName,
  mayWrite,
  wording,
  isNow,
}: StoryDialogProps & { readonly asked: AskedStory; readonly wording: Wording; readonly isNow: boolean }) {
  const { t } = useTranslation();
  const { chapter, seq, at, by, via, text, elsewhere } = wording;
  const face = faces.get(by);
  const from = chapter === asked.chapter ? undefined : chapter;
  return (
    <li className={isNow ? 'story-wording now' : 'story-wording'}>
      <div className="row">
        {face === undefined ? null : <Avatar face={face} size="sm" />}
        <b>{face?.name ?? t('panel.unknownMember')}</b>
        <span className="cap">{t('panel.when', { when: sayMoment(at), seq })}</span>
        {via === 'typing' ? null : <span className="chip">{t(`panel.via.${via}`)}</span>}
        {elsewhere ? <span className="chip">{t('story.elsewhere', { place: placeName(chapter) })}</span> : null}
        <span className="grow" />
        {isNow ? (
          <span className="chip">{t('story.now')}</span>
        ) : mayWrite ? (
          <Button
            size="sm"
            onClick={() => {
              close();
              askRestore({ chapter: asked.chapter, command: { what: 'paragraph', block: asked.block, seq, from }, at });
            }}
          >
            <RotateCcw aria-hidden="true" />
            {t('story.restore')}
          </Button>
        ) : null}
      </div>
      <p lang="zh-CN" className={text === '' ? 'cap' : 'story-text'}>
        {text === '' ? t('story.empty') : text}
      </p>
    </li>
  );
}
