import type { ExportFonts, ExportKind, ExportStep } from '../../../shared/api/export.ts';
import type { DocumentOptions } from '../../../shared/document/options.ts';
import type { DocumentPast } from '../../../shared/document/past.ts';
import type { ReportId } from '../../../shared/ids.ts';

/** Everything that a file is made of: values only, so that it can go to another process, and nothing that can write. */
export interface PressJob {
  readonly kind: ExportKind;
  readonly report: ReportId;
  readonly title: string;
  /** When the later point's entry was made. */
  readonly at: number;
  readonly past: DocumentPast;
  readonly options: DocumentOptions;
  readonly grid: 'word' | 'libreoffice';
  /** Names of members, for the authors of changes. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Pressed {
  readonly bytes: Uint8Array;
  readonly pages: number | null;
  readonly fonts: ExportFonts | null;
}

export type PressProgress = (step: ExportStep, progress: number | null) => void;

/** Makes files, away from the server's own work. */
export interface Press {
  /** @returns a promise of the file, which is refused when the job is cancelled or fails; and the way to cancel it */
  start(job: PressJob, progress: PressProgress): { readonly done: Promise<Pressed>; cancel(): void };
  stop(): Promise<void>;
}
