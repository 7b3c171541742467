import type { ImportNote, ImportPreview } from '../api.ts';
import { parseSingleLine } from '../outline/single-line.ts';
import type { Result } from '../result.ts';
import { err, invariant, ok } from '../result.ts';
import { proveComplete } from './complete.ts';
import { parseMark } from './marks.ts';
import type { HeadingLevel, Piece } from './pieces.ts';
import { piecesOf, standsInPart, text, treeOf } from './pieces.ts';
import { joinLines } from './plain.ts';
import { MAX_NODES } from './structure.ts';
import { countTree, treeNotes } from './tree-figures.ts';

/** What a person does to one piece (its index in {@link piecesOf}) before anything is created. */
export type Correction =
  /** Makes it a heading of that level. */
  | { readonly kind: 'level'; readonly at: number; readonly level: HeadingLevel }
  /** Not a heading, or not the title: text. */
  | { readonly kind: 'plain'; readonly at: number }
  /** The first piece becomes the report's title. */
  | { readonly kind: 'title'; readonly at: number }
  /** One paragraph with the piece above it. */
  | { readonly kind: 'join'; readonly at: number }
  /** Two paragraphs, the second beginning at `offset` (UTF-16 units of the piece's text, its number left out). */
  | { readonly kind: 'split'; readonly at: number; readonly offset: number }
  /** Where text without a number belongs: a passage of its own, the chapter above, or a chapter whose heading is its first sentence. */
  | { readonly kind: 'place'; readonly at: number; readonly as: 'passage' | 'above' | 'chapter' };

/**
 * `nothing`: it would change nothing or cannot be done to this piece; `not-a-line`: too long for a heading or title, or empty;
 * `too-many`: more parts and chapters than an outline bears.
 */
export type CorrectionRefusal = 'nothing' | 'not-a-line' | 'too-many';

type Corrected = Result<readonly Piece[], CorrectionRefusal>;

/**
 * A preview with one thing put right. Pure; the browser shows its result, and the server asks again whether the tree is the whole source.
 * @throws Error when the result would not hold the whole source: a broken promise of this code.
 */
export function correct(preview: ImportPreview, correction: Correction): Result<ImportPreview, CorrectionRefusal> {
  const before = piecesOf(preview);
  const piece = before[correction.at];
  if (piece === undefined) return err('nothing');
  const after = apply(before, piece, correction);
  if (!after.ok) return after;
  const { title, nodes } = treeOf(after.value);
  if (nodes.length > Math.max(MAX_NODES, preview.nodes.length)) return err('too-many');
  const proof = proveComplete({ title, nodes }, preview.lines.join('\n'));
  invariant(proof.ok, 'a corrected import holds its whole source');
  return ok({ ...preview, title, nodes, counts: countTree(title, nodes), notes: notesAfter(preview.notes, nodes, piece.line) });
}

/** Notes on the tree follow it; a question about the corrected line has been answered. */
function notesAfter(notes: readonly ImportNote[], nodes: ImportPreview['nodes'], line: number): readonly ImportNote[] {
  const ofTree = treeNotes(nodes);
  const kept = notes.flatMap((note): ImportNote[] => {
    if (note.code in ofTree) return [];
    if (note.code !== 'passage-guessed' && note.code !== 'level-skipped') return [note];
    const lines = note.lines.filter((other) => other !== line);
    return lines.length === 0 ? [] : [{ code: note.code, lines, count: lines.length }];
  });
  const fresh = (Object.keys(ofTree) as (keyof typeof ofTree)[])
    .filter((code) => ofTree[code].length > 0)
    .map((code): ImportNote => ({ code, count: ofTree[code].length, lines: [...new Set(ofTree[code])] }));
  return [...fresh, ...kept];
}

function apply(pieces: readonly Piece[], piece: Piece, correction: Correction): Corrected {
  switch (correction.kind) {
    case 'level':
      return setLevel(pieces, correction.at, piece, correction.level);
    case 'plain':
      return makePlain(pieces, correction.at, piece);
    case 'title':
      return makeTitle(pieces, correction.at, piece);
    case 'join':
      return join(pieces, correction.at, piece);
    case 'split':
      return split(pieces, correction.at, piece, correction.offset);
    case 'place':
      return place(pieces, correction.at, piece, correction.as);
  }
}

function put(pieces: readonly Piece[], at: number, count: number, ...instead: readonly Piece[]): readonly Piece[] {
  return pieces.toSpliced(at, count, ...instead);
}

/** Number and words as they stand in one paragraph. */
const whole = (piece: Piece) => piece.number + piece.text;

/** A part or chapter keeps its number apart; everything else holds it in its text. */
function setLevel(pieces: readonly Piece[], at: number, piece: Piece, level: HeadingLevel): Corrected {
  if (piece.role === level || piece.role === 'title') return err('nothing');
  const mark = parseMark(whole(piece));
  const words = mark === null ? whole(piece) : whole(piece).slice(mark.length);
  if (!isLine(words) || !isLine(whole(piece))) return err('not-a-line');
  if (level === 3 || level === 4) return ok(put(pieces, at, 1, { ...text(whole(piece), piece.line), role: level }));
  const heading = { ...piece, role: level, number: mark?.text ?? '', text: words.trim(), opens: null };
  return ok(put(pieces, at, 1, { ...heading, form: formOf(heading.text, pieces[at + 1], piece.line) }));
}

/** A heading that its own line goes on after is run-in. */
function formOf(words: string, next: Piece | undefined, line: number): Piece['form'] {
  return /[。！？!?：:]$/.test(words) && next?.role === 'text' && next.line === line ? 'run-in' : 'own-line';
}

function isLine(words: string): boolean {
  const line = parseSingleLine(words);
  return line !== null && line !== '';
}

function makePlain(pieces: readonly Piece[], at: number, piece: Piece): Corrected {
  if (piece.role === 'text') return err('nothing');
  const next = pieces[at + 1];
  // A run-in heading goes back into the paragraph that it was taken from.
  if (piece.form === 'run-in' && next?.role === 'text' && next.line === piece.line && next.opens === null)
    return ok(put(pieces, at, 2, text(joinLines(whole(piece), next.text), piece.line)));
  return ok(put(pieces, at, 1, text(whole(piece), piece.line)));
}

function makeTitle(pieces: readonly Piece[], at: number, piece: Piece): Corrected {
  if (at !== 0 || piece.role === 'title') return err('nothing');
  if (!isLine(whole(piece))) return err('not-a-line');
  return ok(put(pieces, at, 1, { ...text(whole(piece), piece.line), role: 'title' }));
}

function join(pieces: readonly Piece[], at: number, piece: Piece): Corrected {
  const above = pieces[at - 1];
  if (above === undefined) return err('nothing');
  const words = joinLines(above.text, whole(piece));
  if (above.role !== 'text' && !isLine(words)) return err('not-a-line');
  const form = formOf(words, pieces[at + 1], above.line);
  return ok(put(pieces, at - 1, 2, { ...above, text: words, form: isNode(above) ? form : 'own-line' }));
}

const isNode = (piece: Piece) => piece.role === 1 || piece.role === 2;

function split(pieces: readonly Piece[], at: number, piece: Piece, offset: number): Corrected {
  const head = piece.text.slice(0, offset).trim();
  const tail = piece.text.slice(offset).trim();
  const halves = /[\uD800-\uDBFF]$/.test(head) && /^[\uDC00-\uDFFF]/.test(tail);
  if (!Number.isInteger(offset) || offset < 0 || head === '' || tail === '' || halves) return err('nothing');
  const rest = text(tail, piece.line);
  const form = isNode(piece) ? formOf(head, rest, piece.line) : 'own-line';
  return ok(put(pieces, at, 1, { ...piece, text: head, form }, rest));
}

const FIRST_SENTENCE = /^[^。！？!?]*[。！？!?]/;

function place(pieces: readonly Piece[], at: number, piece: Piece, as: 'passage' | 'above' | 'chapter'): Corrected {
  if (piece.role !== 'text') return err('nothing');
  const inPart = standsInPart(pieces, at);
  if (as === 'above') return ok(put(pieces, at, 1, { ...piece, opens: null }));
  if (as === 'passage') {
    // A second word on a passage that stands already says that the guess was right.
    const opens = piece.opens ?? (inPart ? 'in-part' : 'at-top');
    return ok(put(pieces, at, 1, { ...piece, opens }));
  }
  const head = (FIRST_SENTENCE.exec(piece.text)?.[0] ?? piece.text).trim();
  const tail = piece.text.slice(head.length).trim();
  if (!isLine(head)) return err('not-a-line');
  const rest = tail === '' ? [] : [text(tail, piece.line)];
  const heading: Piece = { ...piece, role: inPart ? 2 : 1, text: head, form: tail === '' ? 'own-line' : 'run-in', opens: null };
  return ok(put(pieces, at, 1, heading, ...rest));
}
