import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acceptText, decodeImport, MAX_IMPORT_BYTES } from '../../../shared/importing/decode.ts';
import { recognise } from '../../../shared/importing/recognise.ts';
import { decodeStrictly, sketch } from './import-support.ts';

const folder = join(import.meta.dirname, '../../fixtures/import');
const text = readFileSync(join(folder, '03-work-summary.txt'), 'utf8');
const bytes = (value: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(value, encoding));
const decode = (value: Uint8Array) => decodeImport(value, decodeStrictly);
const codeOf = (value: Uint8Array) => {
  const decoded = decode(value);
  return decoded.ok ? decoded.value.encoding : decoded.error;
};

describe('bytes to text', () => {
  test('[IM7] UTF-8 with and without byte-order mark, UTF-16 with one, and GB18030 with CRLF all give the same tree', () => {
    const expected = readFileSync(join(folder, '03-work-summary.tree.txt'), 'utf8');
    const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    const forms: readonly (readonly [string, Uint8Array])[] = [
      ['utf-8', bytes(text)],
      ['utf-8-bom', bytes(`\ufeff${text}`)],
      ['utf-16', bytes(`\ufeff${text}`, 'utf16le')],
      ['utf-16', new Uint8Array(big)],
      ['gb18030', new Uint8Array(readFileSync(join(folder, 'encoded/work-summary.gb18030.txt')))],
    ];
    for (const [encoding, form] of forms) {
      const decoded = decode(form);
      if (!decoded.ok) throw new Error(`${encoding}: ${decoded.error.code}`);
      expect(decoded.value.encoding).toBe(encoding);
      expect(decoded.value.bytes).toBe(form.length);
      expect(sketch(recognise(decoded.value))).toBe(expected);
    }
  });

  test('[IM7] nothing but white space is empty', () => {
    for (const form of ['', ' \r\n　\t', '\ufeff', '\ufeff\n']) expect(codeOf(bytes(form))).toEqual({ code: 'empty' });
    expect(acceptText(' \n')).toEqual({ ok: false, error: { code: 'empty' } });
  });

  test('[IM7] more than ten megabytes is too big, exactly ten is not', () => {
    expect(codeOf(new Uint8Array(MAX_IMPORT_BYTES + 1).fill(0x61))).toEqual({ code: 'too-big', limit: MAX_IMPORT_BYTES });
    expect(codeOf(new Uint8Array(MAX_IMPORT_BYTES).fill(0x61))).toBe('utf-8');
    expect(acceptText('字'.repeat(MAX_IMPORT_BYTES / 3 + 1))).toMatchObject({ ok: false, error: { code: 'too-big' } });
    expect(acceptText('𠮷'.repeat(MAX_IMPORT_BYTES / 4))).toMatchObject({ ok: true, value: { bytes: MAX_IMPORT_BYTES } });
  });

  test('[IM7] a file of another program is told by its kind, so that the page can say how to go on', () => {
    const file = (head: string, tail = '') => codeOf(bytes(head + tail, 'latin1'));
    expect(file('PK\u0003\u0004', `${'\u0000'.repeat(40)}word/document.xml`)).toEqual({ code: 'binary', file: 'word' });
    expect(file('PK\u0003\u0004', 'mimetype')).toEqual({ code: 'binary', file: 'archive' });
    expect(file('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')).toEqual({ code: 'binary', file: 'word' });
    expect(file('%PDF-1.7\n')).toEqual({ code: 'binary', file: 'pdf' });
    expect(file('{\\rtf1\\ansi')).toEqual({ code: 'binary', file: 'rtf' });
    expect(file('\u0089PNG\r\n')).toEqual({ code: 'binary', file: 'picture' });
    expect(file('\u00ff\u00d8\u00ff\u00e0')).toEqual({ code: 'binary', file: 'picture' });
    expect(file('\u001f\u008b\u0008')).toEqual({ code: 'binary', file: 'archive' });
    expect(file('text with a zero\u0000byte')).toEqual({ code: 'binary', file: 'other' });
    expect(file('\u0001\u0002\u0003\u0004\u0005')).toEqual({ code: 'binary', file: 'other' });
  });

  test('[IM7] bytes of no known encoding are undecodable, and so is another one that GB18030 would misread', () => {
    expect(codeOf(new Uint8Array([0x41, 0xff, 0xff, 0xff, 0x42]))).toEqual({ code: 'undecodable' });
    expect(codeOf(new Uint8Array([0xef, 0xbb, 0xbf, 0xff]))).toEqual({ code: 'undecodable' });
    expect(codeOf(new Uint8Array(readFileSync(join(folder, 'encoded/traditional.big5.txt'))))).toEqual({ code: 'undecodable' });
  });
});
