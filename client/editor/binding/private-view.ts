import type { Mapping } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Everything this binding uses of ProseMirror that is not documented interface, in one place:
 *
 * - `view.domObserver.stop()`, `start()`, `flush()`: change the page without ProseMirror taking it for typing, and take in typing that it
 *   has not read yet.
 * - `mapping.setMirror(n, m)` of prosemirror-transform, as prosemirror-collab uses it: a change taken back and done again is one change.
 * - the rule by which ProseMirror keeps a composing text node: it looks for the node's text around the caret in the new document, and when
 *   it is there keeps the node and draws everything else around it (`localCompositionInfo`).
 *
 * The version is pinned in package.json (`overrides`); test/client/editor/binding/private-view.test.ts fails when version or shape change.
 */
export const KNOWN_VIEW_VERSION = '1.42.9';

export interface DomObserver {
  stop(): void;
  start(): void;
  flush(): void;
}

/** The view's observer of its page; null for a view without one (a test's). */
export function domObserverOf(view: EditorView): DomObserver | null {
  const observer: unknown = Reflect.get(view, 'domObserver');
  return isObserver(observer) ? observer : null;
}

function isObserver(value: unknown): value is DomObserver {
  return (
    typeof value === 'object' &&
    value !== null &&
    (['stop', 'start', 'flush'] as const).every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

/** Says that map `one` of a mapping takes back what map `other` does, so that positions inside are found again. */
export function setMirror(mapping: Mapping, one: number, other: number): void {
  const method: unknown = Reflect.get(mapping, 'setMirror');
  if (typeof method !== 'function') throw new Error('prosemirror-transform has no Mapping.setMirror: see private-view.ts');
  Reflect.apply(method, mapping, [one, other]);
}
