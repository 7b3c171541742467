import type { ImportPreview } from '../api.ts';
import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import { bareText } from './plain.ts';

/** Largest file or pasted text, in bytes. */
export const MAX_IMPORT_BYTES = 10 * 1024 * 1024;

/** What a file that is not text seems to be, so that the page can say how to go on (save it as text, copy and paste). */
export type FileKind = 'word' | 'pdf' | 'rtf' | 'archive' | 'picture' | 'other';

export type ImportRefusal =
  | { readonly code: 'empty' }
  | { readonly code: 'too-big'; readonly limit: number }
  | { readonly code: 'binary'; readonly file: FileKind }
  | { readonly code: 'undecodable' };

export interface ImportText {
  readonly text: string;
  readonly encoding: ImportPreview['encoding'];
  readonly bytes: number;
}

/**
 * Port: strict decoding. In Node and browsers: `new TextDecoder(encoding, { fatal: true }).decode(bytes)`.
 * @returns null when the bytes are not of that encoding.
 */
export type DecodeBytes = (encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030', bytes: Uint8Array) => string | null;

/** A file's bytes as text: UTF-8 with or without byte-order mark, UTF-16 with one, else GB18030 (and so GBK and GB2312). */
export function decodeImport(bytes: Uint8Array, decode: DecodeBytes): Result<ImportText, ImportRefusal> {
  if (bytes.length > MAX_IMPORT_BYTES) return err({ code: 'too-big', limit: MAX_IMPORT_BYTES });
  const found = decodeKnown(bytes, decode);
  if (!found.ok) return found;
  const { text, encoding } = found.value;
  if (looksBinary(text)) return err({ code: 'binary', file: 'other' });
  if (bareText(text) === '') return err({ code: 'empty' });
  return ok({ text, encoding, bytes: bytes.length });
}

/** Pasted text. `bytes` is its length in UTF-8. */
export function acceptText(text: string): Result<ImportText, ImportRefusal> {
  const bytes = utf8Length(text);
  if (bytes > MAX_IMPORT_BYTES) return err({ code: 'too-big', limit: MAX_IMPORT_BYTES });
  if (looksBinary(text)) return err({ code: 'binary', file: 'other' });
  if (bareText(text) === '') return err({ code: 'empty' });
  return ok({ text, encoding: 'text', bytes });
}

type Decoded = Result<{ readonly text: string; readonly encoding: ImportPreview['encoding'] }, ImportRefusal>;

function decodeKnown(bytes: Uint8Array, decode: DecodeBytes): Decoded {
  const as = (encoding: ImportPreview['encoding'], text: string | null): Decoded =>
    text === null ? err({ code: 'undecodable' }) : ok({ text, encoding });
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return as('utf-8-bom', decode('utf-8', bytes.subarray(3)));
  if (startsWith(bytes, 0xff, 0xfe)) return as('utf-16', decode('utf-16le', bytes.subarray(2)));
  if (startsWith(bytes, 0xfe, 0xff)) return as('utf-16', decode('utf-16be', bytes.subarray(2)));
  const file = fileKind(bytes);
  if (file !== null) return err({ code: 'binary', file });
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== null) return as('utf-8', utf8);
  const gb = decode('gb18030', bytes);
  return as('gb18030', gb !== null && readsAsChinese(gb) ? gb : null);
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

/** First bytes of common formats; null = may be text. */
function fileKind(bytes: Uint8Array): FileKind | null {
  if (startsWith(bytes, ...ascii('PK\u0003\u0004'))) return includes(bytes.subarray(0, 65_536), 'word/') ? 'word' : 'archive';
  // The compound file of Word 97–2003, also used by old WPS.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'word';
  if (startsWith(bytes, ...ascii('%PDF'))) return 'pdf';
  if (startsWith(bytes, ...ascii('{\\rtf'))) return 'rtf';
  if (startsWith(bytes, 0x1f, 0x8b) || startsWith(bytes, ...ascii('7z\u00bc\u00af')) || startsWith(bytes, ...ascii('Rar!')))
    return 'archive';
  if (startsWith(bytes, 0x89, ...ascii('PNG')) || startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, ...ascii('GIF8')))
    return 'picture';
  return bytes.includes(0) ? 'other' : null;
}

function includes(bytes: Uint8Array, text: string): boolean {
  const wanted = ascii(text);
  for (let at = bytes.indexOf(wanted[0] ?? 0); at !== -1; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

/** Text holds hardly any control characters besides tab, line ends, form feed and the mark Word leaves for a line break. */
function looksBinary(text: string): boolean {
  const controls = text.match(/[^\P{Cc}\s\u0085]/gu)?.length ?? 0;
  return controls > 0 && controls * 200 > text.length;
}

/** The most frequent characters of written Chinese, simplified; in real text they are more than a tenth. */
const FREQUENT = /[的一是在不了有和人这中大为上个国我以要他时来用们工作年党员]/g;

/** GB18030 decodes almost any bytes to something: what it gives must look like Chinese, or it is another encoding. */
function readsAsChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const usual = text.match(/[\s!-~\u00b7\u2010-\u2044\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g)?.length ?? 0;
  if (usual * 100 < text.length * 90) return false;
  return han < 100 || (text.match(FREQUENT)?.length ?? 0) * 100 >= han * 2;
}

function utf8Length(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair counts two of the pair's four bytes.
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return length;
}
