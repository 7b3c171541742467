import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import { countText, type TextCount } from '../../../shared/counting/count.ts';
import { Hint } from '../../ui/Hint.tsx';
import { useSayCount } from './say-count.ts';

interface CountBarProps {
  /** The chapter with the caret, or that is being read; null: a part, or none. */
  readonly chapter: TextCount | null;
  readonly report: TextCount;
  /** Has, or last had, the caret. */
  readonly editor: Editor | null;
  /** The whole report is selected. */
  readonly whole: boolean;
}

/** The foot of the desk: how long the chapter and the report are, and what is selected. */
export function CountBar({ chapter, report, editor, whole }: CountBarProps) {
  const { t } = useTranslation();
  const selected = useEditorState({
    editor,
    selector: ({ editor: current }) => (current === null || current.isDestroyed ? null : countOfSelection(current)),
  });
  const shown = whole ? report : (selected?.count ?? null);
  return (
    <section className="counts" aria-label={t('counts.label')}>
      {shown === null ? null : (
        <Count kind={t('counts.ofSelection')} words={t('counts.selected', { count: shown.characters })} count={shown} />
      )}
      {selected?.isAll === true && !whole ? <span className="cap counts-again">{t('counts.again')}</span> : null}
      <span className="grow" />
      {chapter === null ? null : (
        <Count kind={t('counts.ofChapter')} words={t('counts.chapter', { count: chapter.characters })} count={chapter} />
      )}
      <Count kind={t('counts.ofReport')} words={t('counts.report', { count: report.characters })} count={report} />
    </section>
  );
}

/** A button because its hint must be reached by keyboard and by touch. */
function Count({ kind, words, count }: { readonly kind: string; readonly words: string; readonly count: TextCount }) {
  const sayCount = useSayCount();
  return (
    <Hint words={`${kind}\n${sayCount(count)}`}>
      {/* the caret, and with it the selection that is counted, stays in the text */}
      <button type="button" className="count-figure" onMouseDown={(event) => event.preventDefault()}>
        {words}
      </button>
    </Hint>
  );
}

function countOfSelection(editor: Editor): { readonly count: TextCount; readonly isAll: boolean } | null {
  const { doc, selection } = editor.state;
  const { from, to, empty } = selection;
  if (empty) return null;
  const count = countText(doc.textBetween(from, to, '\n', (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : '')));
  return { count, isAll: from <= 1 && to >= doc.content.size - 1 };
}
