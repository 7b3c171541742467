import { ChevronDown, ChevronUp, CircleQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import { Button } from '../../ui/Button.tsx';
import type { Change } from './changes.ts';
import type { PlaceNames } from './place-names.ts';

/** 花脸: every mark. 简洁: the later text with a bar beside what changed. 清稿: the later text. */
export type Look = 'all' | 'simple' | 'clean';
const LOOKS = ['all', 'simple', 'clean'] as const satisfies readonly Look[];

interface CompareToolsProps {
  readonly changes: readonly Change[];
  readonly current: string | null;
  readonly onWalk: (step: 1 | -1) => void;
  /** How many of the changes the reader has not seen; null where that is not asked. */
  readonly unread: number | null;
  readonly onWalkUnread: (step: 1 | -1) => void;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly onHelp: () => void;
  readonly chapter: NodeId | null;
  readonly chapters: readonly NodeId[];
  readonly names: PlaceNames;
  /** '' = the whole report. */
  readonly onChapter: (chapter: string) => void;
  readonly children: ReactNode;
}

/** The bar over the paper: from change to change, which of how many, how much is marked. */
export function CompareTools(props: CompareToolsProps) {
  const { t } = useTranslation();
  const { changes, current, chapter, chapters } = props;
  const index = changes.findIndex((change) => change.id === current);
  const count = changes.length;
  return (
    <div className="tools compare-tools">
      <Button size="sm" disabled={count === 0} onClick={() => props.onWalk(-1)} aria-keyshortcuts="p">
        <ChevronUp aria-hidden="true" />
        {t('history.previous')}
      </Button>
      <Button size="sm" disabled={count === 0} onClick={() => props.onWalk(1)} aria-keyshortcuts="n">
        <ChevronDown aria-hidden="true" />
        {t('history.next')}
      </Button>
      <b className="nowrap" role="status" data-count={count}>
        {count === 0
          ? t('history.noChanges')
          : index === -1
            ? t('history.countAll', { count })
            : t('history.countAt', { index: index + 1, count })}
      </b>
      {props.children}
      <span className="grow" />
      {props.unread === null || props.unread === 0 ? null : (
        <span className="row compare-unread">
          <Button
            size="sm"
            look="quiet"
            icon
            hint={t('history.previousUnread')}
            aria-keyshortcuts="["
            onClick={() => props.onWalkUnread(-1)}
          >
            <kbd className="kbd">[</kbd>
          </Button>
          <Button size="sm" look="quiet" icon hint={t('history.nextUnread')} aria-keyshortcuts="]" onClick={() => props.onWalkUnread(1)}>
            <kbd className="kbd">]</kbd>
          </Button>
          <span className="small" data-unread-count={props.unread}>
            {t('history.unreadHere', { count: props.unread })}
          </span>
        </span>
      )}
      <select
        className="field compare-chapter"
        aria-label={t('history.whichChapter')}
        value={chapter ?? ''}
        onChange={(event) => props.onChapter(event.target.value)}
      >
        <option value="">{t('history.wholeReport')}</option>
        {chapter === null || chapters.includes(chapter) ? null : <option value={chapter}>{props.names.long(chapter)}</option>}
        {chapters.map((id) => (
          <option key={id} value={id}>
            {props.names.long(id)}
          </option>
        ))}
      </select>
      <fieldset className="seg" aria-label={t('history.looksLabel')}>
        {LOOKS.map((look) => (
          <button key={look} type="button" aria-pressed={props.look === look} onClick={() => props.onLook(look)}>
            {t(`history.view.${look}`)}
          </button>
        ))}
      </fieldset>
      <Button look="quiet" size="sm" icon hint={t('history.keys')} onClick={props.onHelp}>
        <CircleQuestionMark aria-hidden="true" />
      </Button>
    </div>
  );
}
