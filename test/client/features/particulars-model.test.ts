import { describe, expect, test } from 'vitest';
import { changesOf, clashOf, faultsIn, PARTS, rebase, type Values } from '../../../client/features/particulars/model.ts';
import { emptyValueOf, PARTICULAR_FIELDS } from '../../../shared/particulars/particulars.ts';

const EMPTY = Object.fromEntries(PARTICULAR_FIELDS.map((field) => [field, emptyValueOf(field)])) as Values;

describe('the form of the particulars', () => {
  test('has a place for every field, once', () => {
    expect(PARTS.flatMap(({ fields }) => [...fields]).sort()).toEqual([...PARTICULAR_FIELDS].sort());
  });

  test('what was changed is told with the value that was seen; white space is no change', () => {
    const seen = { ...EMPTY, signer: '甲', copies: ['乙局'] };
    expect(changesOf(seen, { ...seen, signer: ' 甲 ', copies: ['乙局', ''] })).toEqual([]);
    expect(changesOf(seen, { ...seen, copies: ['乙局', '丙局'] })).toEqual([{ field: 'copies', was: ['乙局'], value: ['乙局', '丙局'] }]);
  });

  test('after a clash, fields that were not touched here follow the others’, touched ones stay as they are written', () => {
    const draft = { ...EMPTY, signer: '我的' };
    const now = { ...EMPTY, signer: '他的', note: '他的附注' };
    const rebased = rebase(EMPTY, draft, now);
    expect(rebased).toEqual({ ...EMPTY, signer: '我的', note: '他的附注' });
    expect(changesOf(now, rebased)).toEqual([{ field: 'signer', was: '他的', value: '我的' }]);
  });

  test('details of another shape are no clash and no faults', () => {
    expect([clashOf(null), clashOf({ fields: {} }), faultsIn('x')]).toEqual([null, null, {}]);
  });
});
