import { DOMSerializer, type Fragment, type Node as LineNode, type Schema } from '@tiptap/pm/model';
import { listSigns } from './list-numbers.ts';

/** Set on the first element of what this editor copies: such HTML is read back to the letter. */
export const ownMark = 'data-gongbi-lines';

/**
 * Flat lines as HTML that other programs understand: runs of list lines become nested lists. Where a line is more than one level deeper
 * than the one before, lists stand directly in lists, as browsers and word processors write it, so that the depth comes back.
 */
export function htmlFromLines(lines: Fragment, schema: Schema, document: Document): DocumentFragment {
  const plain = DOMSerializer.fromSchema(schema);
  const result = document.createDocumentFragment();
  let open: Element[] = [];
  lines.forEach((line) => {
    if (line.type.name !== 'listLine') {
      open = [];
      result.append(plain.serializeNode(line, { document }));
      return;
    }
    const depth = Number(line.attrs['indent']) + 1;
    const tag = line.attrs['list'] === 'ordered' ? 'OL' : 'UL';
    open = open.slice(0, depth);
    if (open.length === depth && open[depth - 1]?.tagName !== tag) open = open.slice(0, depth - 1);
    while (open.length < depth) {
      const list = document.createElement(open.length === depth - 1 ? tag : (open[open.length - 1]?.tagName ?? tag));
      const outer = open[open.length - 1];
      const host = outer === undefined ? result : (lastItem(outer) ?? outer);
      host.append(list);
      open.push(list);
    }
    open[depth - 1]?.append(itemOf(line, plain, document));
  });
  const first = result.firstElementChild;
  first?.setAttribute(ownMark, '');
  return result;
}

function lastItem(list: Element): Element | null {
  const last = list.lastElementChild;
  return last?.tagName === 'LI' ? last : null;
}

function itemOf(line: LineNode, plain: DOMSerializer, document: Document): Element {
  const item = document.createElement('li');
  const align = line.attrs['align'] as string | null;
  if (align !== null) item.style.textAlign = align;
  item.append(plain.serializeFragment(line.content, { document }));
  return item;
}

/** The same lines as plain text: one line each, lists with their signs and numbers. */
export function textFromLines(lines: Fragment): string {
  const signs = listSigns(lines);
  const texts: string[] = [];
  lines.forEach((line, _offset, index) => {
    texts.push(
      `${signs[index] ?? ''}${line.textBetween(0, line.content.size, null, (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : ''))}`,
    );
  });
  return texts.join('\n');
}
