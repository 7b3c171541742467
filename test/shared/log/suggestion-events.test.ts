import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { decodeEntry, EntryFormatError } from '../../../shared/log/codec.ts';
import { decodeSuggestionPayload, encodeSuggestionPayload } from '../../../shared/log/suggestion-events.ts';
import { idRanges, NOTHING } from '../../../shared/suggestions/id-ranges.ts';
import type { SuggestionEvent } from '../../../shared/suggestions/suggestion.ts';

const CHAPTER = 'chapter0000000000001' as NodeId;
const HEADER = { seq: 7, at: 1_700_000_000_000, author: 'member00000000000001' as MemberId };

const client = fc.nat(2 ** 32 - 1);
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const ids = fc.array(fc.tuple(fc.constantFrom(3, 70_000, 2 ** 32 - 1), fc.nat(400), fc.integer({ min: 1, max: 60 }))).map(idRanges);
const words = fc.string({ unit: 'binary' });
const event: fc.Arbitrary<SuggestionEvent> = fc.oneof(
  fc.record({
    op: fc.constant('write' as const),
    lane: client,
    kind: fc.constantFrom('text' as const, 'look' as const),
    number: seq,
    merge: fc.array(client, { maxLength: 4 }),
    update: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    strike: ids,
    unstrike: ids,
  }),
  fc.record({
    op: fc.constant('decide' as const),
    suggestion: seq,
    verdict: fc.constantFrom('accepted', 'declined', 'withdrawn', 'superseded', 'overtaken'),
    reason: words,
    cuts: fc.array(fc.record({ lane: client, to: fc.nat(), strikes: ids }), { maxLength: 4 }),
    shown: fc.record({ quote: words, replacement: words }),
    by: fc.option(seq, { nil: null }),
  }),
  fc.record({ op: fc.constant('explain' as const), suggestion: seq, reason: words, thread: fc.option(seq, { nil: null }) }),
);

/** A payload as any program might write it. */
function payload(value: unknown, behind: readonly number[] = [], version = 1): Uint8Array {
  const json = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  expect(json.length).toBeLessThan(0x4000);
  return Uint8Array.of(version, (json.length & 0x7f) | 0x80, json.length >> 7, ...json, ...behind);
}

const WRITE = { op: 'write', lane: 70_001, kind: 'text', number: 1, merge: [], strike: [[3, 0, 2]], unstrike: [] };
const DECIDE = {
  op: 'decide',
  suggestion: 4,
  verdict: 'declined',
  reason: '',
  cuts: [{ lane: 70_001, to: 2, strikes: [] }],
  shown: { quote: '讨论', replacement: '商议' },
  by: null,
};

describe('suggestion payloads', () => {
  it('[SU10] are read as they were written', () => {
    void fc.assert(
      fc.property(event, (event) => {
        const entry = { ...HEADER, kind: 'suggestion', subject: CHAPTER, payload: encodeSuggestionPayload(event) } as const;
        const well = JSON.parse(JSON.stringify(event)) as object;
        const update = event.op === 'write' ? { update: event.update } : {};
        expect(decodeEntry(entry)).toEqual({ ...HEADER, kind: 'suggestion', subject: CHAPTER, event: { ...well, ...update } });
      }),
    );
  });

  it('[SU10] have a fixed form, and keep no hold of the bytes they are read from', () => {
    const explain = { op: 'explain', suggestion: 4, reason: '更准确', thread: null } as const;
    const json = Buffer.from(JSON.stringify(explain));
    expect(Buffer.from(encodeSuggestionPayload(explain))).toEqual(Buffer.concat([Buffer.of(1, json.length), json]));
    const bytes = payload(WRITE, [0, 0]);
    const read = decodeSuggestionPayload(bytes);
    bytes.fill(9);
    expect(read).toMatchObject({ ...WRITE, update: NOTHING });
  });

  it('[SU10] that are cut anywhere are refused; so is what follows where nothing may', () => {
    const bytes = payload(WRITE, [7]);
    for (let end = 0; end < bytes.length; end += 1) {
      expect(() => decodeSuggestionPayload(bytes.subarray(0, end)), `${end} bytes`).toThrow(EntryFormatError);
    }
    expect(() => decodeSuggestionPayload(payload(WRITE))).toThrow('the update of the lane is missing');
    expect(() => decodeSuggestionPayload(payload(DECIDE, [0, 0]))).toThrow('something follows');
  });

  it.each<[string, unknown]>([
    ['not an object', [WRITE]],
    ['is not JSON', '{"op":'],
    ['"redo" is not known', { ...WRITE, op: 'redo' }],
    ['"lane" is not a client id', { ...WRITE, lane: 2 ** 32 }],
    ['"lane" is not a client id', { ...WRITE, lane: '70001' }],
    ['"kind" is "attr"', { ...WRITE, kind: 'attr' }],
    ['"number"', { ...WRITE, number: 0 }],
    ['"merge" is not a list', { ...WRITE, merge: 70_002 }],
    ['"merge" is not a client id', { ...WRITE, merge: [-1] }],
    ['"strike" is not a list', { ...WRITE, strike: undefined }],
    ['"strike" holds something', { ...WRITE, strike: [[3, 0]] }],
    ['"strike" holds something', { ...WRITE, strike: [[3, 0, 0]] }],
    ['"strike" holds something', { ...WRITE, strike: [[3, 2 ** 31 - 1, 1]] }],
    ['"strike" holds something', { ...WRITE, strike: [[3, 0.5, 1]] }],
    [
      '"unstrike" holds ids that are out of order',
      {
        ...WRITE,
        unstrike: [
          [3, 4, 1],
          [3, 0, 1],
        ],
      },
    ],
    [
      '"unstrike" holds ids that are out of order',
      {
        ...WRITE,
        unstrike: [
          [3, 0, 2],
          [3, 2, 1],
        ],
      },
    ],
    [
      '"unstrike" holds ids that are out of order',
      {
        ...WRITE,
        unstrike: [
          [4, 0, 1],
          [3, 0, 1],
        ],
      },
    ],
    ['"suggestion" is not a seq', { ...DECIDE, suggestion: 0 }],
    ['"verdict" is "open"', { ...DECIDE, verdict: 'open' }],
    ['"cuts" is not a list', { ...DECIDE, cuts: {} }],
    ['"to" is not a whole number', { ...DECIDE, cuts: [{ lane: 3, to: -1, strikes: [] }] }],
    ['what was shown is not an object', { ...DECIDE, shown: null }],
    ['"replacement" is not a string', { ...DECIDE, shown: { quote: '' } }],
    ['"by" is not a seq', { ...DECIDE, by: 'none' }],
    ['"thread" is not a seq', { op: 'explain', suggestion: 4, reason: '' }],
  ])('[SU10] are refused in words: %s', (words, value) => {
    const behind = typeof value === 'object' && value !== null && 'op' in value && value.op === 'write' ? [0, 0] : [];
    expect(() => decodeSuggestionPayload(payload(value, behind))).toThrow(EntryFormatError);
    expect(() => decodeSuggestionPayload(payload(value, behind))).toThrow(words);
  });

  it('[SU10] of another version, or without a chapter, are refused', () => {
    expect(() => decodeSuggestionPayload(payload(WRITE, [0, 0], 2))).toThrow('version 2');
    const entry = { ...HEADER, kind: 'suggestion', subject: '', payload: payload(WRITE, [0, 0]) } as const;
    expect(() => decodeEntry(entry)).toThrow('Entry 7 (suggestion): a suggestion entry must name its chapter');
  });
});
