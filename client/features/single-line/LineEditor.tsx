import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { isComposing } from '../../ui/keys.ts';
import { oneLine } from './edit.ts';
import type { Line } from './use-line.ts';

interface LineEditorProps {
  readonly line: Line;
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  readonly mayEdit: boolean;
  readonly className?: string;
  /** Enter or the down key at the end: on to the text. */
  readonly onLeaveDown?: () => void;
}

/**
 * A single-line value edited where it stands, in running text, so that a long one wraps like the paper's own words.
 * Uncontrolled while focused: React never touches the words that an input method may be composing.
 */
export function LineEditor({ line, value, label, placeholder, mayEdit, className, onLeaveDown }: LineEditorProps) {
  const place = useRef<HTMLSpanElement>(null);
  const givenUp = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a refusal puts the record's value back where mine was shown
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    if (document.activeElement !== element) element.textContent = value;
  }, [value, line.trouble]);

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    if (!mayEdit) {
      element.removeAttribute('contenteditable');
      return;
    }
    element.contentEditable = 'true';
    try {
      element.contentEditable = 'plaintext-only';
    } catch {
      // an older Firefox knows only "true": paste and drop are then held to plain text below
    }
  }, [mayEdit]);

  function finish(): void {
    const element = place.current;
    if (element === null) return;
    const text = element.textContent ?? '';
    const back = givenUp.current;
    givenUp.current = false;
    if (!back) line.commit(text);
    // what stands here is always the value of the record; mine comes back with it, or is shown beside it
    element.textContent = back || oneLine(text) === '' ? value : oneLine(text);
  }

  function onKeyDown(event: KeyboardEvent<HTMLSpanElement>): void {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      givenUp.current = true;
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.blur();
      onLeaveDown?.();
    } else if (event.key === 'ArrowDown' && onLeaveDown !== undefined && !event.shiftKey) {
      event.preventDefault();
      onLeaveDown();
    } else if ((event.ctrlKey || event.metaKey) && /^[biu]$/i.test(event.key)) {
      event.preventDefault();
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot wrap inside running text
    <span
      ref={place}
      className={['oneline', className ?? ''].filter(Boolean).join(' ')}
      role="textbox"
      tabIndex={mayEdit ? 0 : -1}
      aria-label={label}
      aria-multiline="false"
      aria-readonly={!mayEdit}
      aria-invalid={line.trouble !== null}
      aria-describedby={line.trouble === null ? undefined : line.saidId}
      data-placeholder={placeholder}
      spellCheck={false}
      onFocus={line.begin}
      onBlur={finish}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        event.preventDefault();
        // insertText keeps the browser's own undo; there is no other way to do so in a plain field
        document.execCommand('insertText', false, oneLine(event.clipboardData.getData('text/plain')));
      }}
      onDrop={(event) => event.preventDefault()}
    />
  );
}
