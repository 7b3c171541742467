import type { ExportCommand, ExportFonts } from '../../../shared/api/export.ts';
import { type DocumentOptions, type DocumentPart, TEXT_ONLY, WHOLE_DOCUMENT } from '../../../shared/document/options.ts';
import type { Seq } from '../../../shared/ids.ts';

/** Kinds that a person can save, in the order in which they are offered. */
export const KINDS = ['docx', 'marked', 'pdf', 'html', 'txt'] as const;
export type SavedKind = (typeof KINDS)[number];

export interface Choice {
  readonly kind: SavedKind;
  /** Null = now. */
  readonly seq: Seq | null;
  /** The earlier point of a marked copy. */
  readonly from: Seq;
  readonly grid: 'word' | 'libreoffice';
  readonly options: DocumentOptions;
}

/** A draft goes around as a whole document without letterhead and imprint: those belong to the issued one. */
export const FIRST_CHOICE: Choice = {
  kind: 'docx',
  seq: null,
  from: 0,
  grid: 'word',
  options: { ...WHOLE_DOCUMENT, letterhead: false, imprint: false },
};

export function withPart(options: DocumentOptions, part: DocumentPart, on: boolean): DocumentOptions {
  return { ...options, [part]: on };
}

/** Text that is to be imported again holds the report alone. */
function optionsOf({ kind, options }: Choice): DocumentOptions {
  return kind === 'txt' ? TEXT_ONLY : options;
}

export function commandOf(choice: Choice): ExportCommand {
  const { kind, seq, from, grid } = choice;
  const word = kind === 'docx' || kind === 'marked';
  return {
    kind,
    ...(seq === null ? {} : { seq }),
    ...(kind === 'marked' ? { from } : {}),
    ...(word ? { grid } : {}),
    options: optionsOf(choice),
  };
}

/** The pages that would be printed. */
export function previewOf(choice: Choice): ExportCommand {
  return { kind: 'preview', ...(choice.seq === null ? {} : { seq: choice.seq }), options: optionsOf(choice) };
}

export const FONT_USES = ['title', 'body', 'part', 'chapter', 'number'] as const satisfies readonly (keyof ExportFonts)[];
