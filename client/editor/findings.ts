import type { Node as DocNode } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { type LineKind, lineKind } from '../../shared/text/plain-text.ts';
import type { ShownPlace } from './id-places.ts';

/** What proofreading says of a place in the chapter, as the editor marks it. */
export interface KnownFinding {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'hint';
  /** The line, from 0, and the units of its text. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** What stands there: where the line says something else by now, it is looked for. */
  readonly quote: string;
  /** Said on hover. */
  readonly note: string;
  /** The person is at it. */
  readonly current: boolean;
  /** Drawn in the text; else only known, so that it can be gone to. */
  readonly marked: boolean;
}

interface Known {
  readonly findings: readonly KnownFinding[];
  readonly marks: DecorationSet;
}

const findingsKey = new PluginKey<Known>('findings');
const NOTHING: Known = { findings: [], marks: DecorationSet.empty };

/** Tells an editor what proofreading says of its chapter. Nothing happens while an input method composes: tell it again. */
export function showFindings(view: EditorView, findings: readonly KnownFinding[]): void {
  const known = findingsKey.getState(view.state);
  if (view.isDestroyed || view.composing || known === undefined || known.findings === findings) return;
  if (known.findings.length === 0 && findings.length === 0) return;
  view.dispatch(view.state.tr.setMeta(findingsKey, { findings }).setMeta('addToHistory', false));
}

/** Where a finding stands now; null when its words have gone. */
export function placeOfFinding(state: EditorState, id: string): ShownPlace | null {
  const mark = findingsKey.getState(state)?.marks.find(undefined, undefined, (spec) => spec['finding'] === id)[0];
  return mark === undefined || mark.from >= mark.to ? null : { from: mark.from, to: mark.to };
}

/**
 * Underlines what proofreading found, and marks the margin of its lines. The marks go with the text until the rules have read it again;
 * one whose own words are being changed goes at once.
 */
export function findingsPlugin(): Plugin {
  return new Plugin<Known>({
    key: findingsKey,
    state: {
      init: () => NOTHING,
      apply: (tr, known, _before, state) => {
        const meta = tr.getMeta(findingsKey) as Pick<Known, 'findings'> | undefined;
        if (meta !== undefined) return { findings: meta.findings, marks: draw(state, meta.findings) };
        if (!tr.docChanged || known.findings.length === 0) return known;
        const mapped = known.marks.map(tr.mapping, tr.doc);
        return { findings: known.findings, marks: mapped.remove(mapped.find().filter((mark) => isSpoilt(mark, state))) };
      },
    },
    props: { decorations: (state) => findingsKey.getState(state)?.marks ?? null },
  });
}

function isSpoilt(mark: Decoration, state: EditorState): boolean {
  const quote = mark.spec['quote'] as string | undefined;
  return quote !== undefined && state.doc.textBetween(mark.from, mark.to, '\n', leafText) !== quote;
}

function draw(state: EditorState, findings: readonly KnownFinding[]): DecorationSet {
  const starts: number[] = [];
  state.doc.forEach((_line, pos) => {
    starts.push(pos);
  });
  const margins = new Map<number, 'error' | 'warning'>();
  const marks = findings.flatMap((finding) => {
    const start = starts[finding.line];
    const line = start === undefined ? null : state.doc.child(finding.line);
    const place = start === undefined || line === null ? null : placeIn(line, start, finding);
    if (place === null || start === undefined) return [];
    const { id, severity, note, current, marked, quote } = finding;
    if (marked && severity !== 'hint' && margins.get(start) !== 'error') margins.set(start, severity);
    const classes = [marked ? `finding of-${severity}` : '', current ? 'finding is-current' : ''].filter(Boolean).join(' ');
    const attributes = classes === '' ? {} : { class: classes, 'data-finding': id, title: note };
    return [Decoration.inline(place.from, place.to, attributes, { finding: id, quote })];
  });
  const lines = [...margins].map(([start, severity]) =>
    Decoration.node(start, start + state.doc.nodeAt(start)!.nodeSize, { 'data-finding-line': severity }),
  );
  return DecorationSet.create(state.doc, [...marks, ...lines]);
}

function placeIn(line: DocNode, start: number, { from, to, quote }: KnownFinding): ShownPlace | null {
  const text = lineText(line);
  const at = text.slice(from, to) === quote ? from : quote === '' ? -1 : text.indexOf(quote);
  if (at < 0 || quote === '') return null;
  return { from: start + 1 + positionIn(line, at), to: start + 1 + positionIn(line, at + quote.length) };
}

/** A line's words as the rules and the server know them: a hard break is '\v', embeds are left out. */
export function lineText(line: DocNode): string {
  return line.textBetween(0, line.content.size, '\n', leafText);
}

const leafText = (leaf: DocNode): string => (leaf.type.name === 'hardBreak' ? '\v' : '');

/** The place in a line's content of the `units`th unit of its words: embeds have a place and no words. */
function positionIn(line: DocNode, units: number): number {
  let left = units;
  let at = 0;
  for (let index = 0; index < line.childCount; index += 1) {
    const child = line.child(index);
    const length = child.isText ? child.nodeSize : leafText(child).length;
    if (left <= length && (left < length || child.isText)) return at + left;
    left -= length;
    at += child.nodeSize;
  }
  return at;
}

export interface EditorLine {
  readonly text: string;
  readonly kind: LineKind;
}

const known = new WeakMap<DocNode, EditorLine>();

/** The chapter line by line as the editor holds it; lines that have not changed are not read again. */
export function linesOfEditor(doc: DocNode): readonly EditorLine[] {
  const lines: EditorLine[] = [];
  doc.forEach((node) => {
    let line = known.get(node);
    if (line === undefined) {
      const type = node.type.name as Parameters<typeof lineKind>[0]['type'];
      line = { text: lineText(node), kind: lineKind({ type, attrs: node.attrs as Parameters<typeof lineKind>[0]['attrs'] }) };
      known.set(node, line);
    }
    lines.push(line);
  });
  return lines;
}
