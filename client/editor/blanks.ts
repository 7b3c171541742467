import type { Node as DocNode } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { findBlanks } from '../../shared/counting/count.ts';
import { isDismissed, knownBlanksKey } from './known-blanks.ts';
import { quietRedraw } from './quiet-redraw.ts';

const blanksKey = new PluginKey<DecorationSet>('blanks');

/**
 * Draws a box around each masked figure (`*`, `**`, `***`, `*.*`) but for those that are said to be none. They are text like any other and stay so. In the line where an input method composes the
 * boxes are only carried along until it has finished.
 */
export function blanksPlugin(): Plugin {
  let view: EditorView | null = null;
  return new Plugin<DecorationSet>({
    key: blanksKey,
    state: {
      init: (_config, state) => drawn(state),
      apply: (tr, marks, _before, state) => {
        if (tr.getMeta(blanksKey) === 'redraw' || tr.getMeta(knownBlanksKey) !== undefined) return drawn(state);
        if (!tr.docChanged) return marks;
        return redrawnWhereChanged(marks.map(tr.mapping, tr.doc), tr, state, view?.composing === true);
      },
    },
    props: { decorations: (state) => blanksKey.getState(state) ?? null },
    view: (own) => {
      view = own;
      const redraw = quietRedraw(own, blanksKey);
      return {
        update: (_view, before) => {
          if (own.composing && before.doc !== own.state.doc) redraw.request();
        },
        destroy: () => {
          view = null;
          redraw.destroy();
        },
      };
    },
  });
}

function drawn(state: EditorState): DecorationSet {
  const found: Decoration[] = [];
  state.doc.forEach((line, pos) => {
    found.push(...blanksOf(line, pos, state));
  });
  return DecorationSet.create(state.doc, found);
}

function blanksOf(line: DocNode, pos: number, state: EditorState): Decoration[] {
  // An atom inside the line counts as one character, as it does in positions.
  const text = line.textBetween(0, line.content.size, null, '\u{fffc}');
  return findBlanks(text).flatMap(({ offset, length }) => {
    const from = pos + 1 + offset;
    return isDismissed(state, from, from + length) ? [] : [Decoration.inline(from, from + length, { class: 'blank' })];
  });
}

function redrawnWhereChanged(marks: DecorationSet, tr: Transaction, state: EditorState, composing: boolean): DecorationSet {
  const changed = changedRange(tr);
  if (changed === null) return marks;
  let result = marks;
  tr.doc.nodesBetween(changed.from, changed.to, (line, pos) => {
    const end = pos + line.nodeSize;
    const composingHere = composing && tr.selection.from < end && tr.selection.to > pos;
    if (!composingHere) result = result.remove(result.find(pos, end)).add(tr.doc, blanksOf(line, pos, state));
    return false;
  });
  return result;
}

function changedRange(tr: Transaction): { from: number; to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = -1;
  tr.mapping.maps.forEach((map, index) => {
    const rest = tr.mapping.slice(index + 1);
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      from = Math.min(from, rest.map(newStart, -1));
      to = Math.max(to, rest.map(newEnd, 1));
    });
  });
  if (to < 0) return null;
  const size = tr.doc.content.size;
  // A point between two lines touches both.
  return { from: Math.max(0, from - 1), to: Math.min(size, to + 1) };
}
