import type { Editor } from '@tiptap/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ChapterConnection, ChapterState } from '../../connection/chapter-connection.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useAuthorColours } from '../author-colours/index.ts';
import type { ChapterPlaceProps } from './ChapterPlace.tsx';

// fetched while the report's state is on its way
const editorModule = import('../../editor/ChapterEditor.tsx');
const ChapterEditor = lazy(async () => ({ default: (await editorModule).ChapterEditor }));

type LiveChapterProps = ChapterPlaceProps & { readonly reserved: number };

/** A chapter's room, open as long as this stands on the page. */
export function LiveChapter(props: LiveChapterProps) {
  const { chapter, open } = props;
  const [connection, setConnection] = useState<ChapterConnection | null>(null);

  useEffect(() => {
    const opened = open(chapter);
    setConnection(opened);
    return () => {
      setConnection(null);
      void opened.close();
    };
  }, [chapter, open]);

  return connection === null ? (
    <Wait reserved={props.reserved} place={props.place} />
  ) : (
    <OpenedChapter {...props} connection={connection} />
  );
}

/** What of a chapter's state is drawn: not how much of it waits for the server, which changes with every key. */
function shownOf({ ready, phase, generation, mayWrite, outdated }: ChapterState) {
  return { ready, phase, generation, mayWrite, outdated };
}

function Wait({ reserved, place }: { readonly reserved: number; readonly place: string }) {
  const { t } = useTranslation();
  return (
    <div className="chapter-wait" style={{ height: reserved }}>
      <span className="unseen">{t('chapter.opening', { place })}</span>
      <Skeleton lines={Math.min(12, Math.ceil(reserved / 36))} height={reserved - 12} />
    </div>
  );
}

function OpenedChapter(props: LiveChapterProps & { readonly connection: ChapterConnection }) {
  const { chapter, connection, place, othersHere, onEditor } = props;
  const { t } = useTranslation();
  const state = useStore(connection.state, useShallow(shownOf));
  const editor = useRef<Editor | null>(null);
  const [painted, setPainted] = useState<Editor | null>(null);
  useAuthorColours(props.colours, chapter, connection, painted);

  useEffect(
    () => () => {
      onEditor(chapter, null, editor.current);
      editor.current = null;
    },
    [chapter, onEditor],
  );

  if (!state.ready) {
    if (state.phase === 'refused' || state.phase === 'offline') {
      return (
        <div className="chapter-trouble" role="alert" style={{ minHeight: props.reserved }}>
          {t(state.phase === 'offline' ? 'chapter.notHere' : 'chapter.failed', { place })}{' '}
          <Button size="sm" onClick={() => connection.reconnect(true)}>
            {t('common.retry')}
          </Button>
        </div>
      );
    }
    return <Wait reserved={props.reserved} place={place} />;
  }
  const held = othersHere.length > 0 ? t('chapter.held', { names: othersHere.join(t('common.join')) }) : t('chapter.heldSomeone');
  return (
    <Suspense fallback={<Wait reserved={props.reserved} place={place} />}>
      <ChapterEditor
        key={state.generation}
        text={connection.text}
        awareness={connection.awareness}
        mayWrite={state.mayWrite && !state.outdated}
        label={t('chapter.label', { place })}
        onReady={(ready) => {
          const before = editor.current;
          editor.current = ready;
          setPainted(ready);
          onEditor(chapter, ready, before);
        }}
        onFocus={(focused) => {
          connection.wantToWrite();
          props.onFocus(focused);
        }}
        onLeave={props.onLeave}
        onCaret={(id) => props.onCaret(id === null ? null : { chapter, client: id.client, clock: id.clock })}
        onAct={() => props.onAct(chapter)}
        onStep={props.onStep}
        onSelectAll={props.onSelectAll}
        onPasteRefused={() => notify(t('chapter.pasteRefused'))}
        onLeftOut={({ images, notes }) => {
          if (images > 0) notify(t('paste.images', { count: images }));
          if (notes > 0) notify(t('paste.notes', { count: notes }));
        }}
        texts={{
          held: () => held,
          returned: (letters) => `${t('chapter.returned')} ${letters}`,
          dismiss: t('common.close'),
          moved: t('chapter.moved'),
        }}
      />
    </Suspense>
  );
}
