import type { ImportSource } from '../../api/http.ts';

/** Largest source, in bytes: what the server takes. */
export const MAX_BYTES = 10 * 1024 * 1024;

/** What is to be imported: a file's bytes as they are (the server finds the encoding), or pasted text. */
export interface Source {
  /** null for pasted text. */
  readonly name: string | null;
  readonly body: ImportSource;
  /** Known before it is sent. */
  readonly tooBig: boolean;
}

export async function readFile(file: File): Promise<Source> {
  const tooBig = file.size > MAX_BYTES;
  return { name: file.name, body: { bytes: tooBig ? new Uint8Array() : new Uint8Array(await file.arrayBuffer()) }, tooBig };
}
