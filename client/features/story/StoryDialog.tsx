import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Story, Wording } from '../../../shared/api/history.ts';
import type { RestoreCommand } from '../../../shared/api/restore.ts';
import type { ChapterId, MemberId, ReportId } from '../../../shared/ids.ts';
import type { ApiFailure } from '../../api/http.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { wordChange } from '../history/index.ts';
import { ask, historyApi } from '../requests/index.ts';
import { askRestore } from '../restore/index.ts';
import { type AskedStory, askedStory } from './asked.ts';

interface StoryDialogProps {
  readonly report: ReportId;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly placeName: (chapter: ChapterId) => string;
  readonly mayWrite: boolean;
}

/** 段落身世: every earlier wording of a paragraph or of what is selected, who and when, and a way to bring one back. Stands once on the page. */
export function StoryDialog(props: StoryDialogProps) {
  const asked = useStore(askedStory, (state) => state.asked);
  return asked === null ? null : <Asked key={JSON.stringify(asked)} {...props} asked={asked} />;
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
    const of = 'ids' in asked ? { ids: asked.ids } : { block: asked.block };
    void ask(historyApi.story(report, asked.chapter, of)).then((answer) => {
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
      title={t('ids' in asked ? 'story.titleWords' : 'story.title', { place: props.placeName(asked.chapter) })}
    >
      <div className="story" aria-live="polite">
        {failure === null ? null : <p role="alert">{words(failure)}</p>}
        {story === null && failure === null ? <Skeleton lines={5} /> : null}
        {story === null ? null : (
          <>
            {'ids' in asked ? (
              <p className="story-asked" lang="zh-CN">
                {shortened(asked.words)}
              </p>
            ) : null}
            <p className="cap">{t('story.count', { count: story.wordings.length })}</p>
            <ol className="story-list">
              {story.wordings.map((wording, index) => (
                <WordingCard
                  key={`${wording.chapter} ${wording.seq}`}
                  {...props}
                  wording={wording}
                  older={story.wordings[index + 1] ?? null}
                  isNow={index === 0}
                />
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
  older,
  isNow,
}: StoryDialogProps & {
  readonly asked: AskedStory;
  readonly wording: Wording;
  /** The wording before it. */
  readonly older: Wording | null;
  readonly isNow: boolean;
}) {
  const { t } = useTranslation();
  const { chapter, seq, at, by, via, text, elsewhere } = wording;
  const face = faces.get(by);
  const command = commandOf(asked, wording);
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
              askRestore({ chapter: asked.chapter, command, at });
            }}
          >
            <RotateCcw aria-hidden="true" />
            {t('story.restore')}
          </Button>
        ) : null}
      </div>
      <p lang="zh-CN" className={text === '' ? 'cap' : 'story-text'}>
        {text === '' ? t('story.empty') : <Words text={text} older={older?.text ?? null} />}
      </p>
    </li>
  );
}

/** Words of a wording; those that the one before it had not are underlined, those that it had are named. */
function Words({ text, older }: { readonly text: string; readonly older: string | null }) {
  const { t } = useTranslation();
  if (older === null) return text;
  const { before, was, is, after } = wordChange(older, text);
  return (
    <>
      {before}
      {was === '' ? null : (
        <del>
          <span className="unseen">{t('story.wentSpoken')}</span>
          {shortened(was)}
        </del>
      )}
      {is === '' ? null : (
        <ins>
          <span className="unseen">{t('story.cameSpoken')}</span>
          {is}
        </ins>
      )}
      {after}
    </>
  );
}

/** Brings back this wording: of the paragraph, or of nothing but the selected text. */
function commandOf(asked: AskedStory, { chapter, seq, elsewhere }: Wording): RestoreCommand {
  if ('ids' in asked) return { what: 'text', ids: asked.ids, seq, from: elsewhere ? chapter : undefined };
  return { what: 'paragraph', block: asked.block, seq, from: chapter === asked.chapter ? undefined : chapter };
}

function shortened(words: string): string {
  const letters = [...words];
  return letters.length <= 80 ? words : `${letters.slice(0, 40).join('')}…${letters.slice(-20).join('')}`;
}
