import type { Editor } from '@tiptap/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChapterId } from '../../../shared/ids.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { AuthorColours } from '../author-colours/index.ts';
import type { CaretPlace } from '../authorship/index.ts';
import { estimatedHeight } from './heights.ts';
import { LiveChapter } from './LiveChapter.tsx';
import { useNearness } from './nearness.ts';
import type { OpenChapter } from './open-chapter.ts';

/** How far outside the window a chapter opens: about two screens, so that scrolling meets text. */
const NEAR = '1600px';

export interface ChapterPlaceProps {
  readonly chapter: ChapterId;
  /** How the chapter is called in a sentence. */
  readonly place: string;
  readonly characters: number;
  /** Who else is in this chapter, for the note that their text is held back. */
  readonly othersHere: readonly string[];
  readonly open: OpenChapter;
  /** Who wrote what is to be shown; null: not. */
  readonly colours: AuthorColours | null;
  /** The caret is here, or is wanted here: the chapter stays open whatever is scrolled. */
  readonly hold: boolean;
  /** Another editor stands here than before; null: none. */
  readonly onEditor: (chapter: ChapterId, editor: Editor | null, before: Editor | null) => void;
  readonly onFocus: (editor: Editor) => void;
  readonly onLeave: (side: 'up' | 'down', x: number) => boolean;
  readonly onCaret: (place: CaretPlace | null) => void;
  /** Something was written here that can be taken back. */
  readonly onAct: (chapter: ChapterId) => void;
  /** Undo and redo by key: the report's, not the chapter's. */
  readonly onStep: (direction: 'undo' | 'redo') => void;
  /** The chapter is selected already, and everything is asked for. */
  readonly onSelectAll: () => void;
}

/** Where a chapter's text stands on the paper: live when it is near, grey lines of about its height until then. */
export function ChapterPlace(props: ChapterPlaceProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const near = useNearness(body, NEAR, props.hold);
  const [height, setHeight] = useState<number | null>(null);

  // what it measured while it was open is what it keeps when it closes
  useLayoutEffect(() => {
    const node = body.current;
    if (!near || node === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && node.querySelector('.tiptap') !== null) setHeight(entry.contentRect.height);
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, [near]);

  const reserved = height ?? estimatedHeight(props.characters);
  return (
    <div ref={body} className="chapter-body" data-chapter={props.chapter}>
      {near ? (
        <LiveChapter {...props} reserved={reserved} />
      ) : (
        <div className="chapter-wait" style={{ height: reserved }}>
          <span className="unseen">{t('chapter.far', { place: props.place })}</span>
          <Skeleton lines={Math.min(12, Math.ceil(reserved / 36))} height={reserved - 12} />
        </div>
      )}
    </div>
  );
}
