import type { Editor } from '@tiptap/core';
import type { NodeId } from '../../../shared/ids.ts';

/** Puts the caret into a chapter's editor: at its start or end, and under `x` (viewport px) where given. */
export type FocusAt = (editor: Editor, side: 'start' | 'end', x?: number) => void;

interface Wish {
  readonly side: 'start' | 'end';
  readonly x: number | undefined;
}

/**
 * Lets the caret walk from chapter to chapter, also into one that is not open yet: the wish waits until its editor is there.
 */
export class Walk {
  readonly #focusAt: FocusAt;
  readonly #editors = new Map<NodeId, Editor>();
  #order: readonly NodeId[] = [];
  #wish: { readonly node: NodeId; readonly wish: Wish } | null = null;
  #wanted: (node: NodeId) => void;

  /** @param wanted brings a chapter near that has no editor yet, so that one opens */
  constructor(focusAt: FocusAt, wanted: (node: NodeId) => void) {
    this.#focusAt = focusAt;
    this.#wanted = wanted;
  }

  setOrder(order: readonly NodeId[]): void {
    this.#order = order;
  }

  ready(node: NodeId, editor: Editor): void {
    this.#editors.set(node, editor);
    if (this.#wish?.node !== node) return;
    const { side, x } = this.#wish.wish;
    this.#wish = null;
    this.#focusAt(editor, side, x);
  }

  gone(node: NodeId, editor: Editor): void {
    if (this.#editors.get(node) === editor) this.#editors.delete(node);
  }

  editor(node: NodeId): Editor | null {
    const editor = this.#editors.get(node);
    return editor === undefined || editor.isDestroyed ? null : editor;
  }

  /** The caret leaves `from` over its upper or lower edge. @returns false at the report's first and last chapter */
  leave(from: NodeId, side: 'up' | 'down', x?: number): boolean {
    const index = this.#order.indexOf(from);
    const next = index === -1 ? undefined : this.#order[index + (side === 'up' ? -1 : 1)];
    if (next === undefined) return false;
    this.into(next, side === 'up' ? 'end' : 'start', x);
    return true;
  }

  into(node: NodeId, side: 'start' | 'end', x?: number): void {
    const editor = this.editor(node);
    if (editor !== null) {
      this.#wish = null;
      this.#focusAt(editor, side, x);
      return;
    }
    this.#wish = { node, wish: { side, x } };
    this.#wanted(node);
  }

  /** A click elsewhere: the caret is no longer wanted where it was sent. */
  forget(): void {
    this.#wish = null;
  }
}
