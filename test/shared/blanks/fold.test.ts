import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BlankAnchor, type BlankEvent, type BlankRecord, blankId } from '../../../shared/blanks/blank.ts';
import { NO_BLANKS, recordsByUnit, reduceBlanks } from '../../../shared/blanks/fold.ts';
import type { ChapterId, MemberId } from '../../../shared/ids.ts';
import { decodeEntry, encodeEvent } from '../../../shared/log/codec.ts';

const CHAPTER = 'chapter000000001' as ChapterId;
const ALICE = 'alice00000000000' as MemberId;
const BOB = 'bob0000000000000' as MemberId;

const anchor = (clock: number, length = 2): BlankAnchor => ({
  ids: [{ chapter: CHAPTER, client: 7, clock, length }],
  mask: '*'.repeat(length),
  kind: 'number',
  unit: '次',
  before: '召开会议',
  after: '次。',
});
function fold(...events: readonly BlankEvent[]): readonly BlankRecord[] {
  return events.reduce(
    (records, event, index) =>
      reduceBlanks(records, event, { seq: index + 1, at: 1_000 * index, author: ALICE, kind: 'blank', subject: CHAPTER }),
    NO_BLANKS,
  );
}

describe('decisions about blanks', () => {
  test('[BL11] each goes to the blank whose letters it names, and the last one counts', () => {
    const records = fold(
      { op: 'assign', blank: anchor(0), to: BOB, due: '2026-12-01' },
      { op: 'assign', blank: anchor(10), to: ALICE, due: null },
      { op: 'fill', blank: anchor(0), was: '**', value: '12', source: '台账' },
      { op: 'assign', blank: anchor(10), to: null, due: null },
    );
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      assigned: { to: BOB, due: '2026-12-01', seq: 1 },
      sourced: { value: '12', source: '台账', by: ALICE },
    });
    expect(records[1]).toMatchObject({ assigned: null, sourced: null });
  });

  test('[BL11] a mask that lost its first letter and won another is the same blank under the same name', () => {
    const [record] = fold(
      { op: 'assign', blank: anchor(0, 2), to: BOB, due: null },
      {
        op: 'dismiss',
        blank: {
          ...anchor(1, 1),
          ids: [
            { chapter: CHAPTER, client: 7, clock: 1, length: 1 },
            { chapter: CHAPTER, client: 9, clock: 5, length: 1 },
          ],
        },
        reason: '原文如此',
      },
    );
    expect(blankId(record!.anchor)).toBe(`${CHAPTER}.7.0`);
    expect(record).toMatchObject({ assigned: { to: BOB }, dismissed: { reason: '原文如此' } });
    expect(recordsByUnit([record!]).get(`${CHAPTER}.9.5`)).toBe(record);
  });

  test('[BL9] what was said to be none and is claimed or filled is one again', () => {
    const dismissed: BlankEvent = { op: 'dismiss', blank: anchor(0), reason: '是乘号' };
    expect(fold(dismissed)[0]?.dismissed?.reason).toBe('是乘号');
    expect(fold(dismissed, { op: 'claim', blank: anchor(0) })[0]).toMatchObject({ dismissed: null, claimed: true });
    expect(fold(dismissed, { op: 'fill', blank: anchor(0), was: '*', value: '3', source: '' })[0]?.dismissed).toBeNull();
  });
});

test('[FM1] an event about a blank is read back from its bytes as it was written', () => {
  const events: BlankEvent[] = [
    { op: 'assign', blank: anchor(0), to: BOB, due: '2026-12-01' },
    { op: 'assign', blank: anchor(0), to: null, due: null },
    { op: 'fill', blank: { ...anchor(0), kind: 'name', unit: null }, was: '**', value: '红旗', source: '' },
    { op: 'clear', blank: anchor(0) },
    { op: 'source', blank: anchor(0), value: '12', source: '台账' },
    { op: 'dismiss', blank: anchor(0), reason: '是乘号' },
    { op: 'claim', blank: anchor(0) },
  ];
  for (const event of events) {
    const entry = { seq: 1, at: 1, author: ALICE, kind: 'blank' as const, subject: CHAPTER, payload: encodeEvent(event) };
    const decoded = decodeEntry(entry);
    expect(decoded.kind === 'blank' ? decoded.event : null).toEqual(event);
  }
});

test('[BL11] whatever stands in a stored event, it is read or refused, never half', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const payload = new TextEncoder().encode(JSON.stringify({ op: 'assign', blank: value, to: null, due: null }));
      const entry = { seq: 1, at: 1, author: ALICE, kind: 'blank' as const, subject: CHAPTER, payload };
      try {
        decodeEntry(entry);
      } catch (error) {
        expect((error as Error).name).toBe('EntryFormatError');
      }
    }),
  );
});
