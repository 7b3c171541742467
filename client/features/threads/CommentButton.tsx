import { MessageSquarePlus } from 'lucide-react';
import { Toolbar as Kit } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';

/** In the toolbar: a comment on what is selected, or on the paragraph with the caret. */
export function CommentButton({ onComment }: { readonly onComment: () => void }) {
  const { t } = useTranslation();
  return (
    <Kit.Button asChild>
      <Button look="quiet" size="sm" hint={t('threads.buttonHint')} onMouseDown={(event) => event.preventDefault()} onClick={onComment}>
        <MessageSquarePlus aria-hidden="true" />
        {t('threads.button')}
      </Button>
    </Kit.Button>
  );
}

/** Ctrl+Alt+M, or Cmd+Option+M, wherever the caret is. */
export function useCommentKey(onComment: () => void, on: boolean): void {
  const latest = useRef(onComment);
  latest.current = onComment;
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent): void => {
      if (isComposing(event) || !event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.code !== 'KeyM') return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [on]);
}

/** Room that the button takes above a selection, and its distance below one, px. */
const ABOVE = 40;
const BELOW = 8;

/** A button at the words that were selected with mouse or finger. */
export function SelectionBubble({ onComment }: { readonly onComment: () => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState<{ readonly left: number; readonly top: number } | null>(null);
  useEffect(() => {
    let inSheet = false;
    // A press on a tool leaves the selection as it is: nothing was selected by it.
    const press = ({ target }: PointerEvent): void => {
      inSheet = target instanceof Element && target.closest('.sheet') !== null;
    };
    const look = (): void => {
      if (!inSheet) return;
      const selection = getSelection();
      const inText = selection?.anchorNode?.parentElement?.closest('.sheet .tiptap') != null;
      if (selection === null || selection.isCollapsed || !inText) {
        setAt(null);
        return;
      }
      const rect = selection.getRangeAt(0).getBoundingClientRect();
      // Above the first line there are the tools: they stay free.
      const least = selection.anchorNode?.parentElement?.closest('.scroll')?.getBoundingClientRect().top ?? 0;
      const top = rect.top - ABOVE < least ? rect.bottom + BELOW : rect.top - ABOVE;
      setAt(rect.width + rect.height === 0 ? null : { left: Math.max(8, rect.left), top });
    };
    const hide = (): void => setAt(null);
    const change = (): void => {
      if (getSelection()?.isCollapsed !== false) hide();
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', look);
    document.addEventListener('selectionchange', change);
    document.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', look);
      document.removeEventListener('selectionchange', change);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  if (at === null) return null;
  return (
    <div className="selection-bubble" style={at}>
      <Button
        size="sm"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          setAt(null);
          onComment();
        }}
      >
        <MessageSquarePlus aria-hidden="true" />
        {t('threads.button')}
      </Button>
    </div>
  );
}
