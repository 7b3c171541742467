import type { Node as DocNode, NodeType } from '@tiptap/pm/model';
import { type Command, type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { type Align, type HeadingLevel, type ListKind, MAX_INDENT } from '../../shared/text/schema.ts';

/**
 * Commands on whole lines (paragraphs, headings, list lines) as ProseMirror commands: pure, so that a toolbar button can ask "would it do
 * anything" with the same function that does it. A chapter is flat, so a line is always a child of the document.
 */

type Line = { readonly node: DocNode; readonly pos: number };

function selectedLines(state: EditorState): Line[] {
  const lines: Line[] = [];
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
    if (node.isTextblock) lines.push({ node, pos });
    return false;
  });
  return lines;
}

function changeLines(change: (line: DocNode, state: EditorState) => { type: NodeType; attrs: Record<string, unknown> } | null): Command {
  return (state, dispatch) => {
    const tr = state.tr;
    for (const { node, pos } of selectedLines(state)) {
      const wanted = change(node, state);
      if (wanted === null) continue;
      const unchanged = wanted.type === node.type && wanted.type.create(wanted.attrs).hasMarkup(node.type, node.attrs);
      if (!unchanged) tr.setNodeMarkup(pos, wanted.type, wanted.attrs);
    }
    if (!tr.docChanged) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function typeOf(state: EditorState, name: string): NodeType {
  const type = state.schema.nodes[name];
  if (type === undefined) throw new Error(`The chapter's schema has no ${name}.`);
  return type;
}

/** What a line keeps when it becomes another kind: all that every line has. */
const keptOf = ({ attrs }: DocNode): Record<string, unknown> => ({ align: attrs['align'], moved: attrs['moved'], extra: attrs['extra'] });

/** What a new line takes over from the one it is split from: how it looks, not what it is. */
const takenOverFrom = ({ attrs }: DocNode): Record<string, unknown> => ({ ...attrs, moved: null, extra: null });

export const setParagraph: Command = changeLines((line, state) => ({ type: typeOf(state, 'paragraph'), attrs: keptOf(line) }));

/** Makes the selected lines headings of `level`, or paragraphs again when all of them are. */
export function toggleHeading(level: HeadingLevel): Command {
  const isSuch = (line: DocNode): boolean => line.type.name === 'heading' && line.attrs['level'] === level;
  return toggle(isSuch, (line, state) => ({ type: typeOf(state, 'heading'), attrs: { ...keptOf(line), level } }));
}

/** Makes the selected lines list lines of this kind (keeping a list line's indent), or paragraphs again when all of them are. */
export function toggleList(list: ListKind): Command {
  const isSuch = (line: DocNode): boolean => line.type.name === 'listLine' && line.attrs['list'] === list;
  return toggle(isSuch, (line, state) => {
    const indent = line.type.name === 'listLine' ? { indent: line.attrs['indent'] as unknown } : {};
    return { type: typeOf(state, 'listLine'), attrs: { ...keptOf(line), ...indent, list } };
  });
}

function toggle(isSuch: (line: DocNode) => boolean, make: Parameters<typeof changeLines>[0]): Command {
  return (state, dispatch) => {
    const all = selectedLines(state).every(({ node }) => isSuch(node));
    return (all ? setParagraph : changeLines(make))(state, dispatch);
  };
}

/** Moves the selected list lines in or out by `by` levels. Other lines are left alone: their indent is not a matter of keys. */
export function indentBy(by: 1 | -1): Command {
  return changeLines((line) => {
    if (line.type.name !== 'listLine') return null;
    const indent = Math.min(MAX_INDENT, Math.max(0, Number(line.attrs['indent']) + by));
    return { type: line.type, attrs: { ...line.attrs, indent } };
  });
}

/** True when the selection touches a list line: there Tab belongs to the list, elsewhere it moves the focus. */
export function inList(state: EditorState): boolean {
  return selectedLines(state).some(({ node }) => node.type.name === 'listLine');
}

export function setAlign(align: Align | null): Command {
  return changeLines((line) => ({ type: line.type, attrs: { ...line.attrs, align } }));
}

/** Enter. A heading is followed by a paragraph, a list line by another one; in an empty list line Enter ends the list. */
export const splitLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!$from.parent.isTextblock) return false;
  const line = $from.parent;
  if (empty && line.content.size === 0 && line.type.name === 'listLine') return setParagraph(state, dispatch);
  if (!dispatch) return true;
  const marks = state.storedMarks ?? (state.selection.$to.parentOffset > 0 ? $from.marks() : null);
  const tr = state.tr;
  if (!empty) tr.deleteSelection();
  const $at = tr.selection.$from;
  const before = $at.parent;
  const atStart = $at.parentOffset === 0 && before.content.size > 0;
  const atEnd = $at.parentOffset === before.content.size;
  if (atStart) {
    // The text keeps its line, and with it its identity: the new, empty line comes in above.
    const above = before.type.name === 'listLine' ? before.type.create(takenOverFrom(before)) : typeOf(state, 'paragraph').create();
    tr.insert($at.before(), above);
  } else if (atEnd && before.type.name !== 'listLine' && before.type.name !== 'paragraph') {
    tr.split($at.pos, 1, [{ type: typeOf(state, 'paragraph') }]);
  } else {
    tr.split($at.pos, 1, [{ type: before.type, attrs: takenOverFrom(before) }]);
  }
  if (marks) tr.ensureMarks(marks);
  dispatch(tr.scrollIntoView());
  return true;
};

/** Backspace at the start of a heading or list line makes it a paragraph before anything is joined. */
export const plainAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset !== 0) return false;
  if ($from.parent.type.name !== 'heading' && $from.parent.type.name !== 'listLine') return false;
  return setParagraph(state, dispatch);
};

/** Backspace under an empty line takes that line away, so that the text below keeps its line and kind. */
export const deleteEmptyLineAbove: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const index = $from.index(0);
  if (!empty || $from.parentOffset !== 0 || index === 0 || $from.parent.content.size === 0) return false;
  const above = state.doc.child(index - 1);
  if (!above.isTextblock || above.content.size > 0) return false;
  const start = $from.before();
  dispatch?.(state.tr.delete(start - above.nodeSize, start).scrollIntoView());
  return true;
};

export const insertHardBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  const marks = state.storedMarks ?? state.selection.$from.marks();
  dispatch?.(state.tr.replaceSelectionWith(typeOf(state, 'hardBreak').create(), true).ensureMarks(marks).scrollIntoView());
  return true;
};

/** Moves the selected lines past their neighbour above or below. The caret goes with them. */
export function moveLines(direction: 'up' | 'down'): Command {
  return (state, dispatch) => {
    const first = state.selection.$from.index(0);
    const last = state.selection.$to.index(0);
    const target = direction === 'up' ? first - 1 : last + 1;
    if (target < 0 || target >= state.doc.childCount) return false;
    if (dispatch) dispatch(movedPast(state, first, last, direction).scrollIntoView());
    return true;
  };
}

function movedPast(state: EditorState, first: number, last: number, direction: 'up' | 'down'): Transaction {
  const tr = state.tr;
  let start = 0;
  for (let index = 0; index < first; index += 1) start += state.doc.child(index).nodeSize;
  let end = start;
  const lines: DocNode[] = [];
  for (let index = first; index <= last; index += 1) {
    lines.push(state.doc.child(index));
    end += state.doc.child(index).nodeSize;
  }
  const { anchor, head } = state.selection;
  const shift = direction === 'up' ? -state.doc.child(first - 1).nodeSize : state.doc.child(last + 1).nodeSize;
  tr.delete(start, end).insert(start + shift, lines);
  const moved = (pos: number): number => pos + shift;
  return tr.setSelection(
    state.selection instanceof TextSelection
      ? TextSelection.create(tr.doc, moved(anchor), moved(head))
      : Selection.near(tr.doc.resolve(moved(Math.min(anchor, head)))),
  );
}
