import type { Slice } from '@tiptap/pm/model';
import type { Step } from '@tiptap/pm/transform';
import { ReplaceStep } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { relativeInText, relativeToPosition } from './anchors.ts';
import type { Session } from './session.ts';
import { selectAt } from './session.ts';

/** Changes closer together than this are taken back together, in milliseconds. */
const CAPTURE_TIMEOUT = 500;
const SELECTION = 'selection';

interface SavedSelection {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

function isInline({ content }: Slice): boolean {
  return content.content.every((node) => node.isInline && node.type.name !== 'hardBreak');
}

type StackEvent = { readonly stackItem: { readonly meta: Map<unknown, unknown> }; readonly type: 'undo' | 'redo' };

/** One chapter's own acts, as the report's order of acts (own-acts.ts in the paper) asks them. */
export interface OwnActs {
  /** How many acts can be taken back, and done again. */
  readonly undoable: number;
  readonly redoable: number;
  /** False while composing and where nothing may be written: then no step is taken. */
  readonly isReady: boolean;
  /** Takes back (or does again) the last own act. @returns false when there was none left */
  step(direction: 'undo' | 'redo'): boolean;
  /** What is written next is an act of its own. */
  part(): void;
  /** Something new was written elsewhere: what was taken back here is not done again. */
  forgetUndone(): void;
}

/**
 * Undo and redo of one's own edits: Yjs keeps a stack of what transactions of this editor's origin did, so that another person's words,
 * the seed and imported text are out of reach. Each entry also knows the selection to restore.
 */
export class History implements OwnActs {
  readonly manager: Y.UndoManager;
  private readonly session: Session;
  private readonly owned: boolean;
  private readonly acted: () => void;
  private selectionBefore: SavedSelection | null = null;

  /**
   * @param manager the room's own, when the stack must outlive the editor
   * @param acted is told of each new act that can be taken back
   */
  constructor(session: Session, manager?: Y.UndoManager, acted: () => void = () => {}) {
    this.session = session;
    this.acted = acted;
    this.owned = manager === undefined;
    this.manager = manager ?? new Y.UndoManager(session.options.text, { trackedOrigins: new Set(), captureTimeout: CAPTURE_TIMEOUT });
    this.manager.addTrackedOrigin(session.origin);
    session.beforeWrite = (selection, steps) => {
      this.selectionBefore = selection === null ? null : this.saved(selection);
      if (!this.goesOn(steps)) this.manager.stopCapturing();
    };
    this.manager.on('stack-item-added', this.onAdded);
  }

  destroy(): void {
    this.manager.off('stack-item-added', this.onAdded);
    this.manager.removeTrackedOrigin(this.session.origin);
    this.session.beforeWrite = () => {};
    if (this.owned) this.manager.destroy();
  }

  /** Typing that goes on where the last left off is taken back together with it; anything else is an act of its own. */
  private goesOn(steps: readonly Step[]): boolean {
    const plain = steps.every((step) => step instanceof ReplaceStep && step.slice.openStart === 0 && isInline(step.slice));
    const ranges = steps.map((step) =>
      step instanceof ReplaceStep ? { from: step.from, to: step.to, end: step.from + step.slice.size } : null,
    );
    const before = this.lastPlace;
    const first = ranges[0];
    const last = ranges[ranges.length - 1];
    this.lastPlace = plain && last !== undefined && last !== null ? { from: last.from, to: last.end } : null;
    return plain && before !== null && first !== undefined && first !== null && first.from <= before.to && first.to >= before.from;
  }

  private lastPlace: { readonly from: number; readonly to: number } | null = null;

  private readonly onAdded = ({ stackItem, type }: StackEvent): void => {
    // While undoing, an entry for redo is made: it restores the selection as it was when undo was asked for. The other way round likewise.
    const reverting = type === 'redo' || this.manager.redoing;
    const selection = reverting ? this.selectionNow : this.selectionBefore;
    if (selection !== null) stackItem.meta.set(SELECTION, selection);
    if (!reverting) this.acted();
  };

  get undoable(): number {
    return this.manager.undoStack.length;
  }

  get redoable(): number {
    return this.manager.redoStack.length;
  }

  get isReady(): boolean {
    return !this.session.composing && this.session.options.mayWrite();
  }

  part(): void {
    this.lastPlace = null;
    this.manager.stopCapturing();
  }

  forgetUndone(): void {
    this.manager.clear(false, true);
  }

  private selectionNow: SavedSelection | null = null;

  /** A selection in the text as rendered. */
  private saved({ anchor, head }: { readonly anchor: number; readonly head: number }): SavedSelection {
    return { anchor: relativeInText(this.session, anchor), head: relativeInText(this.session, head) };
  }

  /** Takes back (or does again) the last own act. @returns false when there is none, while composing, and where nothing may be written. */
  step(direction: 'undo' | 'redo'): boolean {
    const { view } = this.session;
    if (view === null || !this.isReady) return false;
    this.session.flush();
    this.selectionNow = this.saved(view.state.selection);
    this.lastPlace = null;
    const item = direction === 'undo' ? this.manager.undo() : this.manager.redo();
    if (item === null) return false;
    this.manager.stopCapturing();
    const selection = item.meta.get(SELECTION) as SavedSelection | undefined;
    const anchor = selection === undefined ? null : relativeToPosition(view.state, selection.anchor);
    const head = selection === undefined ? null : relativeToPosition(view.state, selection.head);
    const { tr } = view.state;
    if (anchor !== null && head !== null) selectAt(tr, anchor, head);
    view.dispatch(tr.scrollIntoView());
    return true;
  }
}
