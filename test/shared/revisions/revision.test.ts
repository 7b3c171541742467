import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../shared/ids.ts';
import type { EntryHeader } from '../../../shared/log/entry.ts';
import { decideRevision, type Revision, type RevisionCommand, reduceRevisions } from '../../../shared/revisions/revision.ts';

const BY = 'member00000000000001' as MemberId;
const header = (seq: number): EntryHeader => ({ seq, at: seq * 1000, author: BY, kind: 'revision', subject: '' });

/** Decides and, where it may become an entry, applies it: as the server does, one after the other. */
function applied(revisions: readonly Revision[], command: RevisionCommand, seq: number): readonly Revision[] {
  const decided = decideRevision(revisions, command, seq - 1);
  if (!decided.ok) throw new Error(decided.error.code);
  return reduceRevisions(revisions, decided.value, header(seq));
}

describe('named revisions', () => {
  test('[RV1] a point is named, renamed and its name withdrawn; names stand in the order of their points', () => {
    let revisions = applied([], { op: 'name', name: ' 送审稿 ', note: '报处里' }, 31);
    revisions = applied(revisions, { op: 'name', upTo: 12, name: '修改稿一', note: '' }, 40);
    expect(revisions.map(({ name, upTo }) => [name, upTo])).toEqual([
      ['修改稿一', 12],
      ['送审稿', 30],
    ]);
    revisions = applied(revisions, { op: 'rename', revision: 31, was: '送审稿', name: '送审稿（定）', note: '' }, 41);
    expect(revisions[1]).toEqual({ id: 31, upTo: 30, name: '送审稿（定）', note: '', by: BY, at: 31_000 });
    expect(applied(revisions, { op: 'withdraw', revision: 40 }, 42).map(({ id }) => id)).toEqual([31]);
  });

  test('[RV2] a name stands once, is one line, and points to an entry that is there; who renames says what stood before', () => {
    const revisions = applied([], { op: 'name', upTo: 5, name: '送审稿', note: '' }, 9);
    const refusal = (command: RevisionCommand): unknown => {
      const decided = decideRevision(revisions, command, 9);
      return decided.ok ? null : decided.error;
    };
    expect(refusal({ op: 'name', name: '送审稿', note: '' })).toEqual({ code: 'revision-name-taken' });
    expect(refusal({ op: 'name', name: '两\n行', note: '' })).toEqual({ code: 'revision-bad-name' });
    expect(refusal({ op: 'name', name: '  ', note: '' })).toEqual({ code: 'revision-bad-name' });
    expect(refusal({ op: 'name', name: '稿'.repeat(41), note: '' })).toEqual({ code: 'revision-bad-name' });
    expect(refusal({ op: 'name', upTo: 10, name: '未来稿', note: '' })).toEqual({ code: 'revision-bad-point' });
    expect(refusal({ op: 'rename', revision: 9, was: '初稿', name: '二稿', note: '' })).toEqual({ code: 'revision-clash', is: '送审稿' });
    expect(refusal({ op: 'rename', revision: 8, was: '送审稿', name: '二稿', note: '' })).toEqual({ code: 'no-such-revision' });
    expect(refusal({ op: 'withdraw', revision: 8 })).toEqual({ code: 'no-such-revision' });
  });

  test('[RV1] any row of commands leaves names that differ, in the order of their points, none beyond the log', () => {
    const command = fc.oneof(
      fc.record({
        op: fc.constant('name' as const),
        upTo: fc.nat(30),
        name: fc.constantFrom('甲', '乙', '丙', ' '),
        note: fc.constant(''),
      }),
      fc.record({ op: fc.constant('withdraw' as const), revision: fc.nat(20) }),
    );
    void fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        let revisions: readonly Revision[] = [];
        commands.forEach((asked, index) => {
          const decided = decideRevision(revisions, asked, index + 5);
          if (decided.ok) revisions = reduceRevisions(revisions, decided.value, header(index + 6));
          expect(new Set(revisions.map(({ name }) => name)).size).toBe(revisions.length);
          const points = revisions.map(({ upTo }) => upTo);
          expect([...points].sort((one, other) => one - other)).toEqual(points);
          expect(Math.max(0, ...points)).toBeLessThanOrEqual(index + 5);
        });
      }),
    );
  });
});
