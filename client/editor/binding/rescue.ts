import type { EditorState, Transaction } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';
import type { Change } from './rebase.ts';
import { changesOf, insertions } from './rebase.ts';

/**
 * Saves unsent words whose paragraph went away under them: what could not be done again stands in a paragraph of its own at the old
 * place, and the caret goes with it. Only the words that were lost; what survived elsewhere stays there.
 * @param tr has taken `local` back, done the remote steps, and done `local` again as far as it could
 * @returns the changes that put the words back, unsent like the rest
 */
export function rescue(tr: Transaction, local: readonly Change[], before: EditorState): Change[] {
  const lost = insertions(local.map(({ step }) => step)).flatMap((range) => lostIn(tr, before, range));
  if (lost.length === 0) return [];
  const first = tr.steps.length;
  const { schema } = before;
  for (const { text, at, caret } of lost) {
    const place = tr.mapping.map(at, -1);
    const $place = tr.doc.resolve(place);
    const border = $place.depth > 0 ? $place.after(1) : place;
    tr.insert(border, schema.nodes['paragraph']!.create(null, schema.text(text)));
    if (caret !== null) tr.setSelection(TextSelection.create(tr.doc, border + 1 + Math.min(caret, text.length)));
  }
  return changesOf(tr, first);
}

interface Lost {
  readonly text: string;
  readonly at: number;
  /** Offset of the caret in it, or null when it was elsewhere. */
  readonly caret: number | null;
}

/** Runs of text in a locally inserted range that did not survive. */
function lostIn(tr: Transaction, before: EditorState, range: { readonly from: number; readonly to: number }): Lost[] {
  const lost: Lost[] = [];
  const { head } = before.selection;
  let text = '';
  let from = range.from;
  const end = (at: number) => {
    if (text !== '') lost.push({ text, at: from, caret: head >= from && head <= at ? head - from : null });
    text = '';
  };
  for (let at = range.from; at < range.to; at += 1) {
    const unit = before.doc.textBetween(at, at + 1);
    if (unit !== '' && tr.mapping.mapResult(at, 1).deletedAfter) {
      if (text === '') from = at;
      text += unit;
    } else {
      end(at);
    }
  }
  end(range.to);
  return lost;
}
