import { DOMParser, DOMSerializer, Fragment, type ParseOptions, type Schema, Slice } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { sanitizeText } from '../../../shared/text/sanitize.ts';
import { chapterSchema } from '../../../shared/text/schema.ts';
import { htmlFromLines, ownMark, textFromLines } from './html-from-lines.ts';
import { linesFromHtml } from './lines-from-html.ts';
import { type LeftOut, leftOutOf, withoutUnseen } from './remains.ts';

/** More than this is no passage of a report but a mishap, and would hold up everybody in the room. In UTF-16 units of text. */
export const longestPaste = 500_000;
/** Markup of office programs is many times its text; beyond this it is not even read. */
const longestMarkup = 40 * longestPaste;

export interface ClipboardNews {
  /** A paste was too long to be taken in. */
  readonly refused: () => void;
  /** Pictures or reviewers' notes of a paste were not taken in. */
  readonly leftOut: (what: LeftOut) => void;
}

/** Copying out of and pasting into a chapter. */
export function clipboardPlugin({ refused, leftOut }: ClipboardNews): Plugin {
  return new Plugin({
    key: new PluginKey('chapterClipboard'),
    props: {
      clipboardParser: flatParser,
      clipboardSerializer: nestedSerializer,
      transformPastedText: (text) => text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n'),
      clipboardTextParser: (text, _context, _plain, view) => sliceFromText(text, view.state.schema),
      clipboardTextSerializer: (slice) => textFromLines(slice.content),
      handleDOMEvents: {
        paste: (_view, event) => {
          const data = event.clipboardData;
          if (data === null) return false;
          const tooLong = data.getData('text/plain').length > longestPaste || data.getData('text/html').length > longestMarkup;
          if (tooLong) {
            event.preventDefault();
            refused();
            return true;
          }
          const left = leftOutOfData(data);
          if (left.images + left.notes > 0) leftOut(left);
          if (!isPicturesOnly(data)) return false;
          event.preventDefault();
          return true;
        },
        drop: (_view, event) => {
          const data = event.dataTransfer;
          if (data === null || !isPicturesOnly(data)) return false;
          // A browser would leave the page to show the picture.
          event.preventDefault();
          leftOut(leftOutOfData(data));
          return true;
        },
      },
      handlePaste: (view, _event, slice) => {
        if (slice.content.size > longestPaste) {
          refused();
          return true;
        }
        return putWholeLines(view, slice);
      },
      handleDrop: (_view, _event, slice, moved) => {
        if (moved || slice.content.size <= longestPaste) return false;
        refused();
        return true;
      },
    },
  });
}

/** Files and nothing to read beside them: a picture from a screen or a folder. */
function isPicturesOnly(data: DataTransfer): boolean {
  return data.files.length > 0 && data.getData('text/html') === '' && data.getData('text/plain') === '';
}

function leftOutOfData(data: DataTransfer): LeftOut {
  if (isPicturesOnly(data)) return { images: data.files.length, notes: 0 };
  const html = data.getData('text/html');
  if (!/<(?:img|svg|canvas)\b|msocomanchor/i.test(html)) return { images: 0, notes: 0 };
  return leftOutOf(new window.DOMParser().parseFromString(html, 'text/html'));
}

/** An indent made of spaces by hand: our paragraphs have one by themselves. */
const HAND_MADE_INDENT = /^(?:[ \u00a0]*\u3000[ \u00a0]*\u3000[\s\u3000]*|[ \u00a0]{4,}|\t+)/;

/** One line of plain text is one paragraph; the line end after the last one is not a line. */
export function sliceFromText(text: string, schema: Schema): Slice {
  const type = schema.nodes['paragraph'];
  if (type === undefined) return Slice.empty;
  const lines = text
    .replace(/\r\n?|[\n\u2028\u2029\u0085]/g, '\n')
    .replace(/\n$/, '')
    .split('\n');
  const paragraphs = lines.map((line) => {
    const clean = sanitizeText(withoutUnseen(line).replace(HAND_MADE_INDENT, ''));
    return type.create(null, clean === '' ? null : schema.text(clean));
  });
  return Slice.maxOpen(Fragment.fromArray(paragraphs));
}

/** In an empty line, several pasted lines keep their kinds: by itself the editor would pour the first one into the empty line's. */
function putWholeLines(view: EditorView, slice: Slice): boolean {
  const { $from, empty } = view.state.selection;
  if (!empty || $from.depth !== 1 || $from.parent.content.size > 0 || slice.content.childCount < 2) return false;
  if (slice.content.firstChild?.isTextblock !== true) return false;
  const tr = view.state.tr.replaceRange($from.before(), $from.after(), new Slice(slice.content, 0, 0));
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}

/** Reads pasted markup. The lines are made in the schema of the editor that asks, known by the place they are pasted to. */
class FlatParser extends DOMParser {
  override parseSlice(dom: Node, options: ParseOptions = {}): Slice {
    const root = dom as HTMLElement;
    const schema = options.context?.doc.type.schema ?? this.schema;
    const lines = linesFromHtml(root, schema, { exact: root.querySelector(`[${ownMark}]`) !== null });
    return Slice.maxOpen(Fragment.fromArray(lines));
  }
}

class NestedSerializer extends DOMSerializer {
  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const first = fragment.firstChild;
    if (first?.isTextblock !== true || target !== undefined) return super.serializeFragment(fragment, options, target);
    return htmlFromLines(fragment, first.type.schema, options.document ?? document);
  }
}

const flatParser = new FlatParser(chapterSchema, []);
const nestedSerializer = new NestedSerializer(DOMSerializer.nodesFromSchema(chapterSchema), DOMSerializer.marksFromSchema(chapterSchema));
