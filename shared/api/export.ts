import type { DocumentOptions } from '../document/options.ts';
import type { Seq } from '../ids.ts';

/**
 * Shapes of the export's HTTP interface (docs/API.md). An export is made apart from the server's work; it is asked about until it is done,
 * fetched, and forgotten after a while.
 */

/** `marked` is 花脸稿: a Word file with everything between two points as tracked changes. `preview`: pages as pictures, for looking at. */
export const EXPORT_KINDS = ['docx', 'marked', 'pdf', 'html', 'txt', 'preview'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** POST /api/reports/:report/exports */
export interface ExportCommand {
  readonly kind: ExportKind;
  /** The point of the report's life; left out = now. An earlier one asks for the right to read the past, as `marked` does. */
  readonly seq?: Seq;
  /** The earlier point; for `marked`. */
  readonly from?: Seq;
  /** How a Word file is laid on the grid; left out = `word`. */
  readonly grid?: 'word' | 'libreoffice';
  readonly options: DocumentOptions;
}

export type ExportStep = 'waiting' | 'reading' | 'building' | 'writing' | 'setting';

export interface ExportState {
  readonly id: string;
  readonly kind: ExportKind;
  readonly seq: Seq;
  readonly from: Seq | null;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly step: ExportStep;
  /** From 0 to 1 within the step; null where that can't be told. */
  readonly progress: number | null;
  /** Once it is done. */
  readonly file: ExportedFile | null;
}

export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  /** Pages of a PDF or preview; null for other kinds. */
  readonly pages: number | null;
  /** Which fonts a PDF or preview was set with, by use; null for other kinds. */
  readonly fonts: ExportFonts | null;
}

/** Each null = none was found, and the machine chose. */
export interface ExportFonts {
  readonly title: string | null;
  readonly body: string | null;
  readonly part: string | null;
  readonly chapter: string | null;
  readonly number: string | null;
}

/** The file of a `preview`: its first pages as SVG. */
export interface ExportPreview {
  readonly pages: readonly string[];
  /** Pages in all; null for a report so long that only its beginning was set. */
  readonly total: number | null;
}

export const MOST_PREVIEW_PAGES = 30;
