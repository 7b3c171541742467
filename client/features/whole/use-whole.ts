import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyRich, putOn, type RichText } from '../../ui/copy.ts';
import { notify } from '../../ui/notices.ts';
import { wholeKey } from './keys.ts';

/** Named in whole.css. */
const HIGHLIGHT = 'gongbi-whole';
/** Chapters that have to open first are waited for so long, ms. */
const PATIENCE_MS = 20_000;
/** The same words are not said again while they stand there, ms: keys come in rows. */
const SAID_FOR_MS = 8_000;

interface WholeParts {
  readonly pane: RefObject<HTMLElement | null>;
  /** How many chapters are not here yet; asked anew each time. */
  readonly missing: () => number;
  readonly copied: () => RichText;
  /** Puts the caret back where it was. */
  readonly back: () => unknown;
}

export interface Whole {
  readonly on: boolean;
  /** A copy waits for so many chapters; 0: none does. */
  readonly waiting: number;
  readonly enter: () => void;
  readonly leave: () => void;
  readonly copy: () => void;
}

/**
 * The whole report selected, for copying. It is no selection of the browser, which could not reach over chapters that are not open, and
 * would let a key replace what it covers: a highlight is drawn, and every key is judged.
 */
export function useWhole({ pane, missing, copied, back }: WholeParts): Whole {
  const { t } = useTranslation();
  const [on, setOn] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  const parts = useRef({ missing, copied, back });
  useEffect(() => {
    parts.current = { missing, copied, back };
  });

  const write = useCallback(async (): Promise<void> => {
    const done = await copyRich(parts.current.copied());
    notify(t(done ? 'whole.copied' : 'whole.failed'));
  }, [t]);

  const copy = useCallback((): void => {
    const left = parts.current.missing();
    if (left === 0) void write();
    else setWaiting(left);
  }, [write]);

  // a copy that was asked for too early happens by itself
  useEffect(() => {
    if (waiting === 0) return;
    const until = performance.now() + PATIENCE_MS;
    const timer = setInterval(() => {
      const left = parts.current.missing();
      if (left > 0 && performance.now() < until) return setWaiting(left);
      setWaiting(0);
      if (left === 0) void write();
      else notify(t('whole.failed'));
    }, 100);
    return () => clearInterval(timer);
  }, [waiting, write, t]);

  const leave = useCallback((): void => {
    setOn(false);
    setWaiting(0);
  }, []);

  useEffect(() => {
    const paper = pane.current?.querySelector<HTMLElement>('#paper');
    if (!on || paper == null) return;
    getSelection()?.removeAllRanges();
    paper.focus({ preventScroll: true });
    paper.dataset['whole'] = '';
    const stopMark = mark(paper);
    const isOurs = (target: EventTarget | null) => target === document.body || (target instanceof Node && paper.contains(target));
    const say = (): void => {
      if (performance.now() - saidAt.current < SAID_FOR_MS) return;
      saidAt.current = performance.now();
      notify(t('whole.kept'));
    };
    const onKey = (event: KeyboardEvent): void => {
      const does = wholeKey(event);
      const isOnBar = event.target instanceof Element && event.target.closest('.whole-bar') !== null;
      if (does === 'pass' || !(isOurs(event.target) || (isOnBar && event.key === 'Escape'))) return;
      if (does === 'leave') {
        leave();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (does === 'copy') copy();
      else if (does === 'kept') say();
      else if (does === 'back') {
        leave();
        parts.current.back();
      }
    };
    const onCopy = (event: ClipboardEvent): void => {
      if (!isOurs(event.target) || event.defaultPrevented) return;
      event.preventDefault();
      if (parts.current.missing() > 0) copy();
      else {
        putOn(event, parts.current.copied());
        notify(t('whole.copied'));
      }
    };
    const onChange = (event: Event): void => {
      if (!isOurs(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      say();
    };
    const onPress = (event: PointerEvent): void => {
      if (event.button === 0 && isOurs(event.target)) leave();
    };
    const onFocus = (event: FocusEvent): void => {
      if (event.target !== paper && isOurs(event.target)) leave();
    };
    addEventListener('keydown', onKey, true);
    addEventListener('copy', onCopy, true);
    for (const change of CHANGES) addEventListener(change, onChange, true);
    addEventListener('pointerdown', onPress, true);
    addEventListener('focusin', onFocus, true);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('copy', onCopy, true);
      for (const change of CHANGES) removeEventListener(change, onChange, true);
      removeEventListener('pointerdown', onPress, true);
      removeEventListener('focusin', onFocus, true);
      stopMark();
      delete paper.dataset['whole'];
    };
  }, [on, pane, copy, leave, t]);

  const enter = useCallback(() => setOn(true), []);
  return { on, waiting, enter, leave, copy };
}

const CHANGES = ['cut', 'paste', 'beforeinput', 'drop'] as const;

/** Its ends lie in the paper itself: what opens or changes in between is covered by itself. */
function mark(paper: HTMLElement): () => void {
  // Older browsers show the paper's edge alone.
  if (typeof Highlight === 'undefined') return () => {};
  const range = document.createRange();
  range.selectNodeContents(paper);
  CSS.highlights?.set(HIGHLIGHT, new Highlight(range));
  return () => void CSS.highlights?.delete(HIGHLIGHT);
}
