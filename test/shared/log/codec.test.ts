import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { decodeEntry, decodeTextPayload, EntryFormatError, encodeEvent, encodeTextPayload } from '../../../shared/log/codec.ts';
import { ENTRY_KINDS, type Entry, type EntryKind, type MembersEvent, type TextPayload, VIAS, type Via } from '../../../shared/log/entry.ts';
import type { OutlineEvent } from '../../../shared/outline/outline.ts';
import type { RevisionEvent } from '../../../shared/revisions/revision.ts';

const MEMBER = 'member00000000000001' as MemberId;
const CHAPTER = 'chapter0000000000001' as NodeId;
const PART = 'part0000000000000001' as NodeId;
const HEADER = { seq: 7, at: 1_700_000_000_000, author: MEMBER };

function entry(kind: EntryKind, payload: Uint8Array, subject: NodeId | '' = ''): Entry {
  return { ...HEADER, kind, subject, payload };
}

const json = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('text payloads', () => {
  it('are read as they were written', () => {
    void fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(VIAS) as Via[])),
        fc.nat(Number.MAX_SAFE_INTEGER),
        fc.constantFrom(null, MEMBER),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (via, offlineSince, wordsOf, update) => {
          const payload: TextPayload = { via, offlineSince, wordsOf, update };
          const decoded = decodeEntry(entry('text', encodeTextPayload(payload), CHAPTER));
          expect(decoded).toEqual({ ...HEADER, kind: 'text', subject: CHAPTER, text: payload });
        },
      ),
    );
  });

  it('[FM1] have a fixed form', () => {
    const bytes = encodeTextPayload({ via: 'suggestion', offlineSince: 300, wordsOf: MEMBER, update: new Uint8Array([9, 8]) });
    expect(Buffer.from(bytes).toString('hex')).toBe(`0103ac0214${Buffer.from(MEMBER).toString('hex')}0908`);
  });

  it('[FM4] with ranges of restored text are read as they were written, and cut anywhere refused', () => {
    const restored = [
      { client: 2, clock: 300, length: 12, fromChapter: null, fromClient: 70_001, fromClock: 5 },
      { client: 2, clock: 312, length: 1, fromChapter: CHAPTER, fromClient: 2, fromClock: 9 },
    ];
    const payload: TextPayload = { via: 'restore', offlineSince: 0, wordsOf: null, restored, update: new Uint8Array([7]) };
    const bytes = encodeTextPayload(payload);
    expect(decodeTextPayload(bytes)).toEqual(payload);
    expect(bytes[0]).toBe(2);
    for (let end = 0; end < bytes.length; end++) expect(() => decodeTextPayload(bytes.subarray(0, end))).toThrow(EntryFormatError);
  });

  it('that are cut anywhere, or of a version, via or member that is not known, are refused in words', () => {
    const bytes = encodeTextPayload({ via: 'typing', offlineSince: 1_700_000_000_000, wordsOf: MEMBER, update: new Uint8Array([1]) });
    for (let end = 0; end < bytes.length; end++) expect(() => decodeTextPayload(bytes.subarray(0, end))).toThrow(EntryFormatError);
    const changed = (at: number, value: number) => Uint8Array.from(bytes, (byte, i) => (i === at ? value : byte));
    expect(() => decodeTextPayload(changed(0, 3))).toThrow('version 3');
    expect(() => decodeTextPayload(changed(1, 99))).toThrow('via 99');
    expect(() => decodeTextPayload(changed(10, 0x2f))).toThrow('member id');
    expect(() => decodeEntry(entry('text', bytes))).toThrow('Entry 7 (text): a text entry must name its chapter');
  });

  it('that are arbitrary bytes are read or refused, never anything else', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom<EntryKind>('text', 'outline', 'members'), (bytes, kind) => {
        try {
          decodeEntry(entry(kind, bytes, CHAPTER));
        } catch (error) {
          expect(error).toBeInstanceOf(EntryFormatError);
        }
      }),
    );
  });
});

const OUTLINE_EVENTS: OutlineEvent[] = [
  {
    op: 'create',
    epoch: 'e1',
    beginning: 'import',
    title: '工作报告',
    nodes: [
      { id: PART, kind: 'part', heading: '总体要求', form: 'own-line', parent: null },
      { id: CHAPTER, kind: 'chapter', heading: '深化改革。', form: 'run-in', parent: PART },
    ],
  },
  { op: 'title', was: '旧', title: '新' },
  { op: 'heading', node: CHAPTER, was: '旧', heading: '新', form: 'own-line' },
  { op: 'add', node: { id: CHAPTER, kind: 'passage', heading: '', form: 'own-line', parent: null }, before: PART },
  { op: 'remove', node: CHAPTER },
  { op: 'restore', node: CHAPTER, parent: null, before: PART },
  { op: 'move', node: CHAPTER, parent: PART, before: null },
  { op: 'owner', node: CHAPTER, was: null, owner: MEMBER },
  { op: 'owner', node: CHAPTER, was: MEMBER, owner: null },
  { op: 'note', node: CHAPTER, was: '', note: '数据由综合处提供\n周五前' },
];

const REVISION_EVENTS: RevisionEvent[] = [
  { op: 'name', upTo: 412, name: '送审稿', note: '报处里' },
  { op: 'rename', revision: 413, was: '送审稿', name: '送审稿二', note: '' },
  { op: 'withdraw', revision: 413 },
];

const MEMBERS_EVENTS: MembersEvent[] = [
  { op: 'name', member: MEMBER, name: '新名' },
  { op: 'join', member: MEMBER, name: '王芳', role: 'owner' },
  { op: 'role', member: MEMBER, role: 'reader' },
  { op: 'leave', member: MEMBER },
];

describe('outline and members payloads', () => {
  it.each(OUTLINE_EVENTS)('outline $op is read as it was written', (event) => {
    expect(decodeEntry(entry('outline', encodeEvent(event)))).toEqual({ ...HEADER, kind: 'outline', subject: '', event });
  });

  it.each(MEMBERS_EVENTS)('members $op is read as it was written', (event) => {
    expect(decodeEntry(entry('members', encodeEvent(event)))).toEqual({ ...HEADER, kind: 'members', subject: '', event });
  });

  it.each(REVISION_EVENTS)('revision $op is read as it was written', (event) => {
    expect(decodeEntry(entry('revision', encodeEvent(event)))).toEqual({ ...HEADER, kind: 'revision', subject: '', event });
  });

  it('with any field missing or of another kind are refused, naming the field', () => {
    for (const [kind, events] of [
      ['outline', OUTLINE_EVENTS],
      ['members', MEMBERS_EVENTS],
      ['revision', REVISION_EVENTS],
    ] as const) {
      for (const event of events) {
        for (const key of Object.keys(event)) {
          for (const value of [undefined, key === 'upTo' || key === 'revision' ? 1.5 : 17, ['x'], { a: 1 }]) {
            const broken = { ...event, [key]: value };
            expect(() => decodeEntry(entry(kind, json(broken))), `${event.op}.${key}`).toThrow(/^Entry 7 \((outline|members|revision)\): /);
          }
        }
      }
    }
  });

  it('that are no JSON, no object, or of an operation that is not known are refused', () => {
    for (const bad of ['', '{', 'null', '[]', '"text"', '{"op":"explode"}', '{"op":{}}']) {
      expect(() => decodeEntry(entry('outline', json(bad)))).toThrow(EntryFormatError);
      expect(() => decodeEntry(entry('members', json(bad)))).toThrow(EntryFormatError);
    }
    expect(() => decodeEntry(entry('outline', new Uint8Array([0xff, 0xfe])))).toThrow(/UTF-8/);
  });

  it('carry nothing further that was not asked for, and no prototype', () => {
    const text = '{"op":"leave","member":"member00000000000001","extra":1,"__proto__":{"role":"owner"},"constructor":2}';
    const decoded = decodeEntry(entry('members', json(text)));
    expect(decoded).toEqual({ ...HEADER, kind: 'members', subject: '', event: { op: 'leave', member: MEMBER } });
    expect(Reflect.get('event' in decoded ? decoded.event : {}, 'role')).toBeUndefined();
  });
});

describe('kinds that this version does not read', () => {
  it('keep their bytes', () => {
    const payload = new Uint8Array([0, 1, 255]);
    const kept = (Object.keys(ENTRY_KINDS) as EntryKind[]).filter((kind) => {
      try {
        expect(decodeEntry(entry(kind, payload))).toEqual({ ...HEADER, kind, subject: '', payload });
        return true;
      } catch (error) {
        if (error instanceof EntryFormatError) return false;
        throw error;
      }
    });
    expect(kept).toContain('redaction');
    expect(kept).not.toContain('text');
  });
});
