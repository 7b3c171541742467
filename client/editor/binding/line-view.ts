import type { Node as PMNode } from '@tiptap/pm/model';
import type { NodeView, NodeViewConstructor, ViewMutationRecord } from '@tiptap/pm/view';

/** Kinds of block that are drawn as a line. */
export const LINE_TYPES = ['paragraph', 'heading', 'listLine', 'unknownLine'] as const;

export interface LineViewOptions {
  /** What the mark on a moved paragraph's old place says. */
  readonly movedLabel: () => string;
  /** The mark was chosen: lead to the new place. */
  readonly followMoved: (key: string) => void;
}

/**
 * While a remote change is shown during a composition: the element of the composing line, and the node it must go on showing. No other
 * node may take over the element, and that node may take no other.
 */
let guarded: { readonly line: HTMLElement; readonly node: PMNode } | null = null;

export function guardLine(line: HTMLElement, node: PMNode): void {
  guarded = { line, node };
}

export function releaseLine(): void {
  guarded = null;
}

/**
 * One element for every kind of block, so that making a paragraph a heading or a list line changes attributes and keeps the element with
 * its text nodes: a composition in it goes on.
 */
export function lineViewFor(options: LineViewOptions): NodeViewConstructor {
  return (node) => new LineView(node, options);
}

class LineView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly multiType = true;
  private readonly options: LineViewOptions;
  private mark: HTMLButtonElement | null = null;

  constructor(node: PMNode, options: LineViewOptions) {
    this.options = options;
    this.dom = document.createElement('div');
    this.contentDOM = this.dom.appendChild(document.createElement('div'));
    this.contentDOM.className = 'line-text';
    this.draw(node);
  }

  update(node: PMNode): boolean {
    if (!LINE_TYPES.some((type) => type === node.type.name)) return false;
    if (guarded !== null && (guarded.line === this.dom) !== (guarded.node === node)) return false;
    this.draw(node);
    return true;
  }

  ignoreMutation(record: ViewMutationRecord): boolean {
    return !this.contentDOM.contains(record.target) && record.target !== this.contentDOM && record.type !== 'selection';
  }

  stopEvent(event: Event): boolean {
    return this.mark !== null && event.target instanceof Node && this.mark.contains(event.target);
  }

  private draw(node: PMNode): void {
    const { attrs } = node;
    const kind = node.type.name;
    this.dom.className = `line line-${kind}`;
    set(this.dom, 'role', kind === 'heading' ? 'heading' : null);
    set(this.dom, 'aria-level', kind === 'heading' ? String(attrs['level']) : null);
    set(this.dom, 'data-level', kind === 'heading' ? String(attrs['level']) : null);
    set(this.dom, 'data-list', kind === 'listLine' ? String(attrs['list']) : null);
    set(this.dom, 'data-indent', kind === 'listLine' ? String(attrs['indent']) : null);
    set(this.dom, 'data-kind', kind === 'unknownLine' ? String(attrs['kind']) : null);
    set(this.dom, 'data-align', attrs['align'] as string | null);
    this.dom.style.textAlign = (attrs['align'] as string | null) ?? '';
    this.drawMark(attrs['moved'] as string | null);
  }

  private drawMark(key: string | null): void {
    if (key === null) {
      this.mark?.remove();
      this.mark = null;
      return;
    }
    if (this.mark === null) {
      this.mark = document.createElement('button');
      this.mark.type = 'button';
      this.mark.className = 'line-moved';
      this.mark.contentEditable = 'false';
      this.mark.addEventListener('mousedown', (event) => event.preventDefault());
      this.mark.addEventListener('click', () => this.options.followMoved(this.mark?.dataset['moved'] ?? ''));
      this.dom.append(this.mark);
    }
    this.mark.dataset['moved'] = key;
    this.mark.textContent = this.options.movedLabel();
  }
}

function set(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
