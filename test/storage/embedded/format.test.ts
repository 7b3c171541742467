import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../server/storage/embedded/bytes.ts';
import { crc32c } from '../../../server/storage/embedded/crc32c.ts';
import { FrameBuilder, FrameContentError, Names, readFrame } from '../../../server/storage/embedded/entry-records.ts';
import { decodeHeader, encodeHeader, FRAME_HEADER, FrameSeal, framesOf, HEADER_LENGTH } from '../../../server/storage/embedded/log-file.ts';
import type { MemberId, NodeId, ReportId } from '../../../shared/ids.ts';
import { ENTRY_KINDS, type Entry, type EntryKind } from '../../../shared/log/entry.ts';
import { CHAPTERS, MEMBERS, OTHER, REPORT } from '../samples.ts';

const SALT = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const ascii = (text: string) => hex(Buffer.from(text));

describe('numbers', () => {
  it('CRC-32C is the one of the standard, and goes on from what was before', () => {
    const check = Buffer.from('123456789');
    expect(crc32c(check)).toBe(0xe3069283);
    expect(crc32c(check, 4, 9, crc32c(check, 0, 4))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });

  it('are read as they were written, up to 2^53', () => {
    void fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string({ unit: fc.constantFrom('a', '字', '𠮷', '\u0000') }), (number, text) => {
        const writer = new ByteWriter(1);
        writer.varint(number);
        writer.varuint(Math.abs(number));
        writer.string(text);
        const reader = new ByteReader(writer.view());
        expect(reader.varint()).toBe(number);
        expect(reader.varuint()).toBe(Math.abs(number));
        expect(reader.string()).toBe(text);
        expect(reader.done).toBe(true);
      }),
    );
  });
});

describe('log files', () => {
  const entry: Entry = { seq: 5, at: 1_000, author: MEMBERS[0]!, kind: 'text', subject: CHAPTERS[0]!, payload: Uint8Array.of(0xaa, 0xbb) };

  it('[FM2] a file and its frame have a fixed form', () => {
    const header = encodeHeader({ kind: 'report', salt: SALT, number: 5, report: REPORT });
    const start = `${ascii('GONGBI-L')}0100000000000000${hex(SALT)}0500000000000000${ascii(REPORT)}${'00'.repeat(6)}0000`;
    expect(hex(header.subarray(0, 60))).toBe(start);
    expect(new DataView(header.buffer).getUint32(60, true)).toBe(crc32c(header, 0, 60));

    const builder = new FrameBuilder(new Names());
    builder.add(REPORT, entry);
    builder.add(REPORT, { ...entry, seq: 6, at: 1_001, subject: '', kind: 'outline', payload: Uint8Array.of(0xcc) });
    const frame = builder.close(new FrameSeal(SALT), HEADER_LENGTH, 1, 0);
    const names = `f00114${ascii(MEMBERS[0]!)}f00214${ascii(CHAPTERS[0]!)}f00314${ascii(REPORT)}`;
    expect(hex(frame.subarray(FRAME_HEADER))).toBe(`e807${names}f2030500${'0101020002aabb'}${'0201000101cc'}`);
    const view = new DataView(frame.buffer, frame.byteOffset);
    expect(view.getUint32(0, true)).toBe(frame.length - FRAME_HEADER);
    expect(view.getUint32(4, true)).toBe(1);
    expect(view.getUint32(8, true)).toBe(crc32c(frame, FRAME_HEADER));
    const place = Uint8Array.of(HEADER_LENGTH, 0, 0, 0);
    expect(view.getUint32(12, true)).toBe(crc32c(Buffer.concat([SALT, place, frame.subarray(0, 12)])));
  });

  it('[FM2] a further entry of the same report costs few bytes over its payload', () => {
    const names = new Names();
    const builder = new FrameBuilder(names);
    builder.add(REPORT, entry);
    const before = builder.length;
    builder.add(REPORT, { ...entry, seq: 6 });
    expect(builder.length - before - entry.payload.length).toBe(5);
    builder.add(OTHER, { ...entry, seq: 100_000 });
    const other = builder.length;
    builder.add(REPORT, { ...entry, seq: 100_000 });
    expect(builder.length - other - entry.payload.length).toBeLessThanOrEqual(11);
  });

  const anyEntry = fc.record({
    report: fc.constantFrom<ReportId>(REPORT, OTHER),
    step: fc.nat(5_000),
    skip: fc.boolean(),
    author: fc.constantFrom<MemberId>(...MEMBERS),
    kind: fc.constantFrom(...(Object.keys(ENTRY_KINDS) as EntryKind[])),
    subject: fc.constantFrom<NodeId | ''>('', ...CHAPTERS),
    payload: fc.uint8Array({ maxLength: 40 }),
    redactedHash: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
  });

  it('[FM2] any entries of any reports are read as they were written, redacted ones with the hash of what was there', () => {
    void fc.assert(
      fc.property(fc.array(fc.array(anyEntry, { minLength: 1, maxLength: 8 }), { maxLength: 6 }), (groups) => {
        const seqs = new Map<ReportId, number>();
        const times = new Map<ReportId, number>();
        const written: [ReportId, Entry][] = [];
        const builder = new FrameBuilder(new Names());
        const seal = new FrameSeal(SALT);
        const header = { kind: 'commit', salt: SALT, number: 1, report: '' } as const;
        const parts: Uint8Array[] = [encodeHeader(header)];
        let offset = HEADER_LENGTH;
        for (const [i, group] of groups.entries()) {
          for (const { report, step, skip, redactedHash, ...rest } of group) {
            const seq = (seqs.get(report) ?? 0) + (skip ? 3 : 1);
            const at = (times.get(report) ?? 1_000_000) + step;
            seqs.set(report, seq);
            times.set(report, at);
            const made: Entry = { seq, at, ...rest, ...(redactedHash === null ? {} : { redactedHash }) };
            written.push([report, made]);
            builder.add(report, made);
          }
          const frame = builder.close(seal, offset, i + 1, 0).slice();
          builder.clear();
          parts.push(frame);
          offset += frame.length;
        }
        const bytes = new Uint8Array(Buffer.concat(parts));
        expect(decodeHeader(bytes, 'commit')).toEqual(header);
        const read: [ReportId, Entry][] = [];
        const names = new Names();
        for (const frame of framesOf(bytes, header, false)) {
          readFrame(frame.body, names, { entry: (report, one) => read.push([report, one]) });
        }
        expect(read).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });

  it('a frame of arbitrary bytes is read or refused, never anything else', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
        try {
          readFrame(body, new Names(), { entry: () => {} });
        } catch (error) {
          expect(error).toBeInstanceOf(FrameContentError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('an entry kind that this version does not know is refused, not skipped', () => {
    const builder = new FrameBuilder(new Names());
    builder.add(REPORT, entry);
    const body = builder.close(new FrameSeal(SALT), HEADER_LENGTH, 1, 0).slice(FRAME_HEADER);
    body[body.length - 7] = 0x40;
    expect(() => readFrame(body, new Names(), { entry: () => {} })).toThrow('entry kind 64');
  });

  it('[FM3] another version of the format is refused in words', () => {
    const header = encodeHeader({ kind: 'commit', salt: SALT, number: 1, report: '' });
    header[8] = 2;
    new DataView(header.buffer).setUint32(60, crc32c(header, 0, 60), true);
    expect(decodeHeader(header, 'commit')).toContain('format version 2');
    expect(decodeHeader(header, 'report')).toContain('another kind');
  });
});
