import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChapterAt } from '../../../shared/api/history.ts';
import type { ChapterId, Seq } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { askRestore } from '../restore/index.ts';
import { askRevision } from '../revisions/index.ts';
import { changedBlocks, latestOf, type Stop, sameFrame, standsFor } from './frames.ts';
import { compareLink } from './links.ts';
import { mayWrite, type OpenPast } from './PastFrame.tsx';
import { PlainText } from './PlainText.tsx';
import { usePeople } from './people.ts';
import { useFrames } from './use-frames.ts';

interface PlayerProps {
  readonly past: OpenPast;
  readonly chapter: ChapterId;
  readonly stops: readonly Stop[];
  readonly begin: Seq | null;
  readonly name: string;
}

const SPEEDS = [1, 2, 4, 8] as const;

/** Slider, play and pause, speed, and the chapter as it stood at that moment, with its writers' colours. */
export function Player({ past, chapter, stops, begin, name }: PlayerProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const people = usePeople(past.faces);
  const last = stops.length - 1;
  const [index, setIndex] = useState(() => startOf(stops, begin));
  const [playing, setPlaying] = useState(false);
  const [direction, setDirection] = useState<1 | -1>(1);
  const [speed, setSpeed] = useState<number>(2);
  const [skipPauses, setSkipPauses] = useState(true);
  const paper = useRef<HTMLDivElement>(null);
  const wanted = useMemo(() => ahead(stops, index, direction), [stops, index, direction]);
  const frames = useFrames(past.report.id, chapter, wanted);
  const stop = stops[index]!;
  const frame = frames.get(stop.seq);
  const shown = useRef<ChapterAt | null>(null);
  const marked = useMemo(() => (frame === undefined ? new Set<string>() : changedBlocks(shown.current, frame)), [frame]);
  const next = stops[index + direction];
  const nextFrame = next === undefined ? undefined : frames.get(next.seq);

  // entries of other chapters leave nothing to see: one goes on at once
  const silent = frame !== undefined && nextFrame !== undefined && sameFrame(frame, nextFrame);
  useEffect(() => {
    if (!playing || frame === undefined) return;
    if (next === undefined) return setPlaying(false);
    if (nextFrame === undefined) return;
    const timer = setTimeout(() => setIndex(index + direction), silent ? 0 : standsFor(next.opens, skipPauses, speed));
    return () => clearTimeout(timer);
  }, [playing, frame, next, nextFrame, index, direction, skipPauses, speed, silent]);

  useEffect(() => {
    if (frame === undefined) return;
    const before = shown.current;
    shown.current = frame;
    const [first] = changedBlocks(before, frame);
    if (before === null || first === undefined) return;
    paper.current?.querySelector(`[data-block="${first}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [frame]);

  function play(): void {
    if (!playing && stops[index + direction] === undefined) setIndex(direction === 1 ? 0 : last);
    setPlaying(!playing);
  }
  function to(place: number): void {
    setPlaying(false);
    setIndex(Math.min(last, Math.max(0, place)));
  }

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || isComposing(event)) return;
      if (event.target instanceof HTMLElement && event.target.closest('button, select, a, input:not([type="range"])') !== null) return;
      if (event.key === ' ') play();
      else if (event.target instanceof HTMLInputElement) return;
      else if (event.key === 'ArrowRight') to(index + 1);
      else if (event.key === 'ArrowLeft') to(index - 1);
      else if (event.key === 'Home') to(0);
      else if (event.key === 'End') to(last);
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  const credits = frame?.credits ?? [];
  const when = frame === undefined ? null : momentOf(frame, stop);
  const moment = when === null ? t('common.loading') : t('history.moment', { when: sayMoment(when), seq: stop.seq });
  const named = past.report.revisions.filter(({ upTo }) => upTo === stop.seq);
  const writers = [...new Set(credits.map(({ author }) => author))];
  return (
    <main className="desk cool replay" id="past">
      <div className="scroll" ref={paper}>
        <article
          className="sheet past-sheet"
          lang="zh-CN"
          data-past={t('history.replayFrame')}
          aria-label={name}
          data-seq={frame === undefined ? undefined : stop.seq}
        >
          {frame === undefined ? (
            <Skeleton lines={8} />
          ) : (
            <PlainText
              at={frame}
              marked={marked}
              paint={(by) => {
                const author = credits[by]?.author ?? null;
                const face = people.face(author);
                return { className: author === null ? 'hw' : `hw own a${face.colour}`, title: face.name };
              }}
            />
          )}
          {frame?.blocks.length === 0 ? <p className="past-same">{t('history.emptyThen')}</p> : null}
        </article>
      </div>
      <section className="player" aria-label={t('history.replay')}>
        <div className="player-line">
          <Button size="sm" icon hint={t('history.stepBack')} onClick={() => to(index - 1)}>
            <SkipBack aria-hidden="true" />
          </Button>
          <Button onClick={play} className="player-play" hint={t('timeline.playHint')}>
            {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            {t(playing ? 'history.pause' : 'history.play')}
          </Button>
          <Button size="sm" icon hint={t('history.stepOn')} onClick={() => to(index + 1)}>
            <SkipForward aria-hidden="true" />
          </Button>
          <input
            type="range"
            min={0}
            max={last}
            value={index}
            aria-label={t('history.slider')}
            aria-valuetext={moment}
            onChange={(event) => to(Number(event.target.value))}
          />
          <span className="player-count cap">{t('history.stopOf', { index: index + 1, count: stops.length })}</span>
        </div>
        <div className="player-line">
          <b className="nowrap" aria-live={playing ? 'off' : 'polite'}>
            {moment}
          </b>
          {named.map(({ id, name }) => (
            <span key={id} className="chip info" lang="zh-CN">
              {name}
            </span>
          ))}
          <ul className="player-people" aria-label={t('history.writersThen')}>
            {writers.map((writer) => (
              <li key={writer ?? ''} className="small">
                <Avatar face={people.face(writer)} size="sm" />
                {people.name(writer)}
              </li>
            ))}
          </ul>
          <span className="grow" />
          <label className="row small">
            {t('history.speed')}
            <select className="field" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
              {SPEEDS.map((value) => (
                <option key={value} value={value}>
                  {t('history.times', { value })}
                </option>
              ))}
            </select>
          </label>
          <label className="row small">
            <input type="checkbox" checked={direction === -1} onChange={(event) => setDirection(event.target.checked ? -1 : 1)} />
            {t('history.backwards')}
          </label>
          <label className="row small">
            <input type="checkbox" checked={skipPauses} onChange={(event) => setSkipPauses(event.target.checked)} />
            {t('history.skipPauses')}
          </label>
          {mayWrite(past) ? (
            <Button
              size="sm"
              onClick={() => {
                setPlaying(false);
                askRestore({ chapter, command: { what: 'chapter', seq: stop.seq }, at: when ?? undefined });
              }}
            >
              {t('history.restoreThis')}
            </Button>
          ) : null}
          {mayWrite(past) ? (
            <Button
              size="sm"
              onClick={() => {
                setPlaying(false);
                askRevision({ what: 'name', upTo: stop.seq });
              }}
            >
              {t('revisions.nameThis')}
            </Button>
          ) : null}
          <Link className="btn sm" href={compareLink(past.report.id, { from: stop.seq, to: past.report.seq, chapter })}>
            {t('history.compareNow')}
          </Link>
        </div>
        {frames.failure === null ? null : (
          <p className="complaint" role="alert">
            {failureWords(frames.failure)}{' '}
            <Button size="sm" onClick={frames.again}>
              {t('common.retry')}
            </Button>
          </p>
        )}
      </section>
    </main>
  );
}

function startOf(stops: readonly Stop[], begin: Seq | null): number {
  if (begin === null) return 0;
  const at = stops.findLastIndex((stop) => stop.seq <= begin);
  return Math.max(0, at);
}

/** Frames in the order in which they may be needed: here, on in the direction of play, and one back. */
function ahead(stops: readonly Stop[], index: number, direction: 1 | -1): readonly Seq[] {
  const onwards = direction === 1 ? stops.slice(index) : stops.slice(0, index + 1).toReversed();
  const [here, ...rest] = onwards.map(({ seq }) => seq);
  const back = stops[index - direction]?.seq;
  return [here, ...rest.slice(0, 2), back, ...rest.slice(2)].filter((seq) => seq !== undefined);
}

/** When this state came to be: exactly when its last text was written in this sitting, else the sitting's beginning. */
function momentOf(frame: ChapterAt, stop: Stop): number {
  const latest = latestOf(frame);
  return Math.min(stop.to, Math.max(stop.from, latest?.at ?? stop.from));
}
