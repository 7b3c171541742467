import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A Word file as somebody else reads it: an unzipper, an XML parser, and the rules of Word's change tracking (ECMA-376 part 1, §17.13.5). */

export interface ReadParagraph {
  readonly style: string;
  /** Everything else of its properties, as attributes in a fixed order. */
  readonly place: string;
  readonly runs: readonly { readonly text: string; readonly look: string }[];
}

export interface ReadChange {
  readonly kind: 'ins' | 'del' | 'moveTo' | 'moveFrom' | 'pPr' | 'rPr';
  readonly author: string;
  readonly date: string;
  /** '¶' for a paragraph's end. */
  readonly text: string;
  /** Name of the move that it is an end of. */
  readonly move: string | null;
}

/** An element of a part: as much of it as Word files use (no text beside elements). */
class Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[] = [];
  text = '';

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.name = name;
    this.attributes = attributes;
  }

  get localName(): string {
    return this.name.replace(/^.*:/, '');
  }

  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null;
  }

  /** Itself and everything in it, in order. */
  *all(): Generator<Element> {
    yield this;
    for (const child of this.children) yield* child.all();
  }
}

/** @throws Error for anything that is not well-formed. */
function parseXml(text: string): Element {
  const parser = new SaxesParser();
  const root = new Element('', {});
  const open = [root];
  parser.on('opentag', ({ name, attributes }) => {
    const element = new Element(name, attributes as Record<string, string>);
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', (words) => {
    open.at(-1)!.text += words;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return root.children[0]!;
}

const TRACKED = ['ins', 'del', 'moveTo', 'moveFrom'] as const;

export class DocxReader {
  readonly files: Readonly<Record<string, Uint8Array>>;
  private readonly body: Element;

  constructor(bytes: Uint8Array) {
    this.files = unzipSync(bytes);
    // Every part is well-formed XML: the parser throws for anything else.
    for (const path of Object.keys(this.files)) this.xml(path);
    this.body = children(this.xml('word/document.xml'), 'body')[0]!;
  }

  xml(path: string): Element {
    return parseXml(strFromU8(this.files[path]!));
  }

  /** Names and values of the file's own properties. */
  properties(): Readonly<Record<string, string>> {
    const found = children(this.xml('docProps/custom.xml'), 'property');
    return Object.fromEntries(found.map((one) => [one.getAttribute('name')!, one.children[0]!.text]));
  }

  get section(): Element {
    return children(this.body, 'sectPr')[0]!;
  }

  /** Every id of a change, to be unique. */
  ids(): readonly string[] {
    return [...this.body.all()]
      .filter((one) => one.getAttribute('w:id') !== null && !one.localName.endsWith('RangeEnd'))
      .map((one) => one.getAttribute('w:id')!);
  }

  changes(): readonly ReadChange[] {
    const found: ReadChange[] = [];
    const add = (kind: ReadChange['kind'], one: Element, text: string, range: Element | null = null) => {
      const move = range?.localName.endsWith('RangeStart') ? range.getAttribute('w:name') : null;
      found.push({ kind, author: one.getAttribute('w:author')!, date: one.getAttribute('w:date')!, text, move });
    };
    for (const paragraph of children(this.body, 'p')) {
      for (const [index, child] of children(paragraph).entries()) {
        const kind = TRACKED.find((name) => name === child.localName);
        if (kind !== undefined) add(kind, child, children(child, 'r').map(lettersOf).join(''), paragraph.children[index - 1] ?? null);
        for (const run of kind === undefined ? [child] : children(child, 'r'))
          for (const change of run.all()) if (change.name === 'w:rPrChange') add('rPr', change, lettersOf(run));
      }
      const properties = children(paragraph, 'pPr')[0];
      for (const change of properties === undefined ? [] : children(properties, 'pPrChange')) add('pPr', change, '¶');
      const mark = properties === undefined ? undefined : children(properties, 'rPr')[0];
      for (const kind of TRACKED) for (const change of mark === undefined ? [] : children(mark, kind)) add(kind, change, '¶');
    }
    return found;
  }

  /** What stays when every change is accepted, or rejected. The low last paragraph of the page is left out. */
  settled(verdict: 'accept' | 'reject'): readonly ReadParagraph[] {
    const gone = verdict === 'accept' ? ['del', 'moveFrom'] : ['ins', 'moveTo'];
    const paragraphs: ReadParagraph[] = [];
    let runs: { text: string; look: string }[] = [];
    for (const paragraph of children(this.body, 'p')) {
      for (const child of children(paragraph)) {
        if (child.localName === 'r') addRun(runs, child, verdict);
        else if ((TRACKED as readonly string[]).includes(child.localName) && !gone.includes(child.localName)) {
          for (const run of children(child, 'r')) addRun(runs, run, verdict);
        }
      }
      const properties = children(paragraph, 'pPr')[0]!;
      const mark = children(properties, 'rPr')[0];
      // A paragraph whose end goes gives its text to the next one, which keeps its own look.
      if (mark !== undefined && gone.some((name) => children(mark, name).length > 0)) continue;
      const change = children(properties, 'pPrChange')[0];
      const settled = verdict === 'reject' && change !== undefined ? children(change, 'pPr')[0]! : properties;
      paragraphs.push({ style: styleOf(settled), place: placeOf(settled), runs });
      runs = [];
    }
    return paragraphs.slice(0, -1);
  }
}

function addRun(runs: { text: string; look: string }[], run: Element, verdict: 'accept' | 'reject'): void {
  const properties = children(run, 'rPr')[0];
  const change = properties === undefined ? undefined : children(properties, 'rPrChange')[0];
  const settled = verdict === 'reject' && change !== undefined ? children(change, 'rPr')[0] : properties;
  const look = settled === undefined ? '' : told(children(settled).filter(({ localName }) => localName !== 'rPrChange'));
  const text = lettersOf(run);
  const last = runs.at(-1);
  if (last !== undefined && last.look === look) last.text += text;
  else runs.push({ text, look });
}

function lettersOf(run: Element): string {
  return children(run)
    .map(({ localName, text }) =>
      localName === 't' || localName === 'delText' ? text : localName === 'br' ? '\u2028' : localName === 'tab' ? '\t' : '',
    )
    .join('');
}

function styleOf(properties: Element): string {
  return children(properties, 'pStyle')[0]?.getAttribute('w:val') ?? '';
}

function placeOf(properties: Element): string {
  return told(children(properties).filter(({ localName }) => !['pStyle', 'rPr', 'pPrChange'].includes(localName)));
}

function told(elements: readonly Element[]): string {
  return elements
    .map(
      (one) =>
        `${one.localName}(${Object.entries(one.attributes)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')})`,
    )
    .join(' ');
}

function children(element: Element, name?: string): Element[] {
  return element.children.filter(({ localName }) => name === undefined || localName === name);
}
