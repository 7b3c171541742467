import { Fragment, type Node as LineNode, type Mark, type Schema } from '@tiptap/pm/model';
import { sanitizeText } from '../../../shared/text/sanitize.ts';
import { ALIGNMENTS, type Align, MAX_INDENT } from '../../../shared/text/schema.ts';
import { isOfficeNumber, officeLineOf, officeNumberOf } from './office-lists.ts';
import { isRemains, withoutUnseen } from './remains.ts';

/**
 * Turns a piece of HTML, from a browser, Word, WPS or this editor, into the flat lines of a chapter. Kept: paragraphs, headings, lists
 * with their depth as indent, bold, italic, underline, alignment, hard breaks. Everything else is dropped, its text is not.
 */
export function linesFromHtml(root: ParentNode, schema: Schema, options: { exact: boolean }): LineNode[] {
  const reader = new Reader(schema, options.exact);
  reader.children(root, { marks: [], list: null, align: null, pre: options.exact });
  return reader.finish();
}

type Context = {
  readonly marks: readonly Mark[];
  readonly list: { readonly kind: 'bullet' | 'ordered'; readonly indent: number } | null;
  readonly align: Align | null;
  /** White space counts. */
  readonly pre: boolean;
};
type Kind = { readonly name: string; readonly attrs: Record<string, unknown> };

const blocks = new Set(
  'P DIV H1 H2 H3 H4 H5 H6 LI UL OL DL DT DD BLOCKQUOTE PRE TABLE THEAD TBODY TFOOT TR CAPTION SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV FIGURE FIGCAPTION HR ADDRESS FORM FIELDSET CENTER'.split(
    ' ',
  ),
);

class Reader {
  private readonly lines: LineNode[] = [];
  private inline: LineNode[] = [];
  /** The kind of the line that is being read; null while between blocks: loose text there becomes a paragraph. */
  private kind: Kind | null = null;
  /** What an office program counted before the line, to be written as words. */
  private number = '';
  private readonly schema: Schema;
  private readonly exact: boolean;

  constructor(schema: Schema, exact: boolean) {
    this.schema = schema;
    this.exact = exact;
  }

  finish(): LineNode[] {
    this.end();
    return this.lines;
  }

  children(parent: ParentNode, context: Context): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) this.text(child.nodeValue ?? '', context);
      else if (child.nodeType === 1) this.element(child as HTMLElement, context);
    }
  }

  private element(element: HTMLElement, outer: Context): void {
    const tag = element.tagName.toUpperCase();
    const style = element.getAttribute('style') ?? '';
    if (isRemains(element) || (!this.exact && isOfficeNumber(element))) return;
    if (tag === 'BR') {
      // A page's end is the other program's page.
      if (!element.classList.contains('Apple-interchange-newline') && !/page-break-before/i.test(style)) this.lineBreak(outer);
      return;
    }
    if (/mso-tab-count/i.test(style)) {
      this.append('\u3000', outer);
      return;
    }
    const align = alignOf(element, this.exact);
    const context: Context = {
      ...outer,
      marks: marksOf(element, tag, outer.marks, this.schema),
      align: align === undefined ? outer.align : align,
    };
    if (tag === 'UL' || tag === 'OL') {
      this.end();
      const indent = outer.list === null ? 0 : Math.min(MAX_INDENT, outer.list.indent + 1);
      this.children(element, { ...context, list: { kind: tag === 'OL' ? 'ordered' : 'bullet', indent } });
      this.end();
    } else if (tag === 'TD' || tag === 'TH') {
      if (this.inline.length > 0 && !isFrame(element)) this.text('\u3000', { ...context, pre: true });
      this.children(element, context);
    } else if (blocks.has(tag)) {
      this.block(element, tag, { ...context, pre: context.pre || tag === 'PRE' || /white-space\s*:\s*pre/i.test(style) });
    } else {
      this.children(element, context);
    }
  }

  private block(element: HTMLElement, tag: string, context: Context): void {
    const cell = element.closest('td,th');
    const insideCell = this.kind !== null && cell !== null && !isFrame(cell);
    // A table's row becomes one line: the blocks in its cells are read as parts of it.
    if (insideCell && tag !== 'TR') {
      if (this.inline.length > 0 && this.inline.at(-1)?.text !== '\u3000') this.append(' ', context);
      this.children(element, context);
      return;
    }
    const firstOfItem = context.list !== null && tag !== 'LI' && this.kind?.name === 'listLine' && this.inline.length === 0;
    if (!firstOfItem) this.end();
    const kind = this.kindOf(element, tag, context);
    if (kind !== null && !firstOfItem) this.kind = kind;
    const count = this.lines.length;
    if (!this.exact) this.number = writtenNumber(element, tag) || this.number;
    this.children(element, context);
    if (firstOfItem) {
      this.end();
      return;
    }
    // An empty paragraph is a line too; an empty wrapper is not.
    const isLeaf = kind !== null && this.lines.length === count;
    this.end(isLeaf);
  }

  private kindOf(element: HTMLElement, tag: string, context: Context): Kind | null {
    const align = { align: context.align };
    const office = this.exact || !isParagraph(tag) ? null : officeLineOf(element);
    if (office !== null && 'list' in office)
      return { name: 'listLine', attrs: { ...align, list: office.list, indent: Math.min(MAX_INDENT, office.indent) } };
    if (office !== null) return { name: 'paragraph', attrs: align };
    if (tag === 'LI') {
      const { kind, indent } = context.list ?? { kind: 'bullet', indent: 0 };
      return { name: 'listLine', attrs: { ...align, list: kind, indent } };
    }
    if (/^H[1-6]$/.test(tag)) {
      const given = Number(element.getAttribute(levelMark));
      return { name: 'heading', attrs: { ...align, level: given === 3 || given === 4 ? given : tag < 'H4' ? 3 : 4 } };
    }
    const stored = element.getAttribute('data-kind');
    if (this.exact && tag === 'P' && stored !== null) return { name: 'unknownLine', attrs: { ...align, kind: stored } };
    if (tag === 'TR' && element.children.length === 1) return null;
    const holdsText =
      ['P', 'PRE', 'TR', 'DT', 'DD', 'CAPTION'].includes(tag) || ((tag === 'DIV' || tag === 'CENTER') && element.hasChildNodes());
    return holdsText ? { name: 'paragraph', attrs: align } : null;
  }

  private text(raw: string, context: Context): void {
    if (context.pre) {
      for (const [index, part] of raw.split(/\r\n?|\n/).entries()) {
        if (index > 0 && (this.kind !== null || this.inline.length > 0)) this.lineBreak(context);
        this.append(part, context);
      }
      return;
    }
    const text = collapsed(raw);
    if (text === ' ' && this.inline.length === 0) return;
    this.append(text, context);
  }

  private append(raw: string, context: Context): void {
    const text = sanitizeText((this.exact ? raw : withoutUnseen(raw)).replaceAll('\u00a0', ' '));
    if (text !== '') this.inline.push(this.schema.text(text, context.marks));
  }

  private lineBreak(context: Context): void {
    const type = this.schema.nodes['hardBreak'];
    if (type !== undefined) this.inline.push(type.create(null, null, context.marks));
  }

  private end(evenIfEmpty = false): void {
    const kind = this.kind ?? { name: 'paragraph', attrs: {} };
    const paragraphs = this.exact || kind.name !== 'paragraph' ? [this.inline] : paragraphsOf(this.inline);
    for (const inline of paragraphs) {
      const content = this.exact ? inline : trimmed(withoutLastBreak(inline), this.schema);
      if (kind.name === 'heading' && !this.exact) unbolden(content, this.schema);
      if (this.number !== '') content.unshift(this.schema.text(this.number, content[0]?.marks ?? null));
      this.number = '';
      const type = this.schema.nodes[kind.name];
      if (type !== undefined && (content.length > 0 || (evenIfEmpty && paragraphs.length === 1)))
        this.lines.push(type.create(kind.attrs, Fragment.fromArray(joined(content))));
    }
    this.inline = [];
    this.kind = null;
  }
}

/** Markup is wrapped at will between Chinese characters: a line end there is nothing, elsewhere it is a space. */
function collapsed(raw: string): string {
  const wide = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…·]/;
  return raw
    .replace(/[ \t]*[\r\n]+[ \t\r\n]*/g, (_run, offset: number, whole: string) => {
      const before = whole[offset - 1] ?? '';
      const after = whole.slice(offset).trimStart()[0] ?? '';
      return wide.test(before) && wide.test(after) ? '' : ' ';
    })
    .replace(/[ \t]+/g, ' ');
}

/** Says a heading's level in the chapter where its tag says another: in a copy of the whole report. */
export const levelMark = 'data-level';

const isParagraph = (tag: string): boolean => tag === 'P' || tag === 'DIV' || tag === 'LI';

/** The number that an office program gave a paragraph, where it has to stand in the text: in headings, and where our lists do not count so. */
function writtenNumber(element: Element, tag: string): string {
  if (/^H[1-6]$/.test(tag)) return officeNumberOf(element);
  const office = isParagraph(tag) ? officeLineOf(element) : null;
  return office !== null && 'number' in office ? office.number : '';
}

/** The only cell of its row frames a part of a page: what stands in it is read as if there were no table. */
function isFrame(cell: Element): boolean {
  return cell.parentElement?.children.length === 1;
}

/**
 * The text's own alignment is both edges; other programs write that, and the left edge, on every paragraph. Only what somebody did on
 * purpose is kept of them: the middle and the right edge.
 */
function alignOf(element: HTMLElement, exact: boolean): Align | null | undefined {
  const value = element.tagName === 'CENTER' ? 'center' : (element.style.textAlign || element.getAttribute('align') || '').toLowerCase();
  const align = ALIGNMENTS.find((one) => one === value);
  if (align === undefined) return undefined;
  return exact || align === 'center' || align === 'right' ? align : null;
}

/** Web pages end paragraphs by line breaks: by two of them, or by one before a hand-made indent. */
function paragraphsOf(content: readonly LineNode[]): LineNode[][] {
  const result: LineNode[][] = [[]];
  content.forEach((node, at) => {
    const next = content[at + 1];
    const indented = next?.isText === true && /^[ \u3000]*\u3000[ \u3000]*|^ {4,}/.test(next.text ?? '');
    if (isBreak(node) && (isBreak(next) || isBreak(content[at - 1]) || indented)) {
      if (result.at(-1)?.length !== 0) result.push([]);
    } else result.at(-1)?.push(node);
  });
  return result.length > 1 ? result.filter((one) => one.length > 0) : [[...content]];
}

function marksOf(element: HTMLElement, tag: string, outer: readonly Mark[], schema: Schema): readonly Mark[] {
  const { fontWeight, fontStyle, textDecoration, textDecorationLine } = element.style;
  let marks = outer;
  const set = (name: string, on: boolean | null): void => {
    const type = schema.marks[name];
    if (on === null || type === undefined) return;
    marks = on ? type.create().addToSet(marks) : type.removeFromSet(marks);
  };
  if (tag === 'B' || tag === 'STRONG') set('bold', true);
  if (tag === 'I' || tag === 'EM') set('italic', true);
  if (tag === 'U') set('underline', true);
  set('bold', fontWeight === '' ? null : /^(bold(er)?|[6-9]\d\d)$/.test(fontWeight));
  set('italic', fontStyle === '' ? null : /^(italic|oblique)/.test(fontStyle));
  if (/underline/.test(`${textDecoration} ${textDecorationLine}`)) set('underline', true);
  return marks;
}

const isBreak = (node: LineNode | undefined): boolean => node?.type.name === 'hardBreak';

/** The last line break of a block draws nothing in a browser. */
function withoutLastBreak(content: readonly LineNode[]): LineNode[] {
  return isBreak(content.at(-1)) ? content.slice(0, -1) : [...content];
}

/** Takes white space off both ends: leading full-width spaces are somebody's hand-made indent, which our paragraphs have by themselves. */
function trimmed(content: readonly LineNode[], schema: Schema): LineNode[] {
  const result = [...content];
  const shorten = (at: number, cut: (text: string) => string): boolean => {
    const node = result.at(at);
    if (node === undefined || !node.isText) return false;
    const text = cut(node.text ?? '');
    if (text === '') {
      result.splice(at, 1);
      return true;
    }
    result.splice(at === -1 ? result.length - 1 : at, 1, schema.text(text, node.marks));
    return false;
  };
  while (shorten(0, (text) => text.replace(/^[\s\u3000]+/, '')));
  while (shorten(-1, (text) => text.replace(/[ \t\r\n]+$/, '')));
  return result;
}

/** A heading is bold by being one: other programs also say so on its text. */
function unbolden(content: LineNode[], schema: Schema): void {
  const bold = schema.marks['bold'];
  if (bold === undefined || !content.every((node) => bold.isInSet(node.marks))) return;
  content.splice(0, content.length, ...content.map((node) => node.mark(bold.removeFromSet(node.marks))));
}

/** Neighbours with equal marks become one text node. */
function joined(content: readonly LineNode[]): LineNode[] {
  const result: LineNode[] = [];
  for (const node of content) {
    const last = result.at(-1);
    if (last?.isText && node.isText && last.sameMarkup(node))
      result.splice(-1, 1, last.type.schema.text(`${last.text}${node.text}`, node.marks));
    else result.push(node);
  }
  return result;
}
