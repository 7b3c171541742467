import { Fragment, type Node as LineNode } from '@tiptap/pm/model';
import type { NodeId } from '../../../shared/ids.ts';
import { numbersOf } from '../../../shared/outline/numbering.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { htmlFromLines, ownMark, textFromLines } from '../../editor/paste/html-from-lines.ts';
import { levelMark } from '../../editor/paste/lines-from-html.ts';
import type { RichText } from '../../ui/copy.ts';

/**
 * The whole report as other programs take it: title h1, 一、 h2, （一） h3, the two levels within chapters h4 and h5; in plain text a line for
 * each paragraph, numbers written out.
 * @param linesOf a chapter's lines; null where it has none to show
 */
export function reportCopy(
  outline: Pick<Outline, 'title' | 'nodes'>,
  linesOf: (chapter: NodeId) => LineNode | null,
  page: Document,
): RichText {
  const numbers = numbersOf(outline);
  const box = page.createElement('div');
  const texts: string[] = [];
  const put = (tag: string, words: string): void => {
    if (words === '') return;
    const element = page.createElement(tag);
    element.textContent = words;
    box.append(element);
    texts.push(words);
  };
  put('h1', outline.title);
  for (const title of box.children) (title as HTMLElement).style.textAlign = 'center';
  for (const node of outline.nodes) {
    const heading = `${numbers.get(node.id) ?? ''}${node.heading}`;
    const doc = node.kind === 'part' ? null : linesOf(node.id);
    const runsIn = node.form === 'run-in' && doc?.firstChild?.type.name === 'paragraph';
    if (!runsIn) put(node.parent === null ? 'h2' : 'h3', heading);
    if (doc === null || (doc.content.size <= 2 && !runsIn)) continue;
    const lines = runsIn ? withHeading(doc, heading) : doc.content;
    const html = htmlFromLines(lines, doc.type.schema, page);
    for (const line of html.querySelectorAll('h3, h4')) deepen(line, page);
    for (const line of html.querySelectorAll(`[${ownMark}]`)) line.removeAttribute(ownMark);
    box.append(html);
    texts.push(textFromLines(lines));
  }
  box.firstElementChild?.setAttribute(ownMark, '');
  return { html: box.innerHTML, text: `${texts.join('\n')}\n` };
}

/** A run-in heading opens its first paragraph. */
function withHeading(doc: LineNode, heading: string): Fragment {
  const { schema } = doc.type;
  const first = doc.child(0);
  const bold = schema.marks['bold'];
  const words = heading === '' ? Fragment.empty : Fragment.from(schema.text(heading, bold === undefined ? null : [bold.create()]));
  return doc.content.replaceChild(0, first.copy(words.append(first.content)));
}

function deepen(line: Element, page: Document): void {
  const deeper = page.createElement(line.tagName === 'H3' ? 'h4' : 'h5');
  for (const { name, value } of line.attributes) deeper.setAttribute(name, value);
  // Pasted into a chapter it is the level that it was.
  deeper.setAttribute(levelMark, line.tagName === 'H3' ? '3' : '4');
  deeper.append(...line.childNodes);
  line.replaceWith(deeper);
}
