import type { ImportNode } from '../api.ts';

/** POST /api/import: a file's bytes as they are, {text}, or one of these with the tree as a person corrected it. */
export type ImportCommand =
  | { readonly text: string; readonly tree?: CorrectedTree }
  | {
      /** The file's bytes, Base64. */
      readonly file: string;
      readonly tree?: CorrectedTree;
    };

/** What the report is created from: refused (`incomplete`) unless it is the whole source, in order, but for white space. */
export interface CorrectedTree {
  readonly title: string;
  readonly nodes: readonly CorrectedNode[];
}

export type CorrectedNode = Omit<ImportNode, 'characters' | 'blanks'>;
