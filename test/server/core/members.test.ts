import { expect, test } from 'vitest';
import { decideMembers, type Members, NO_MEMBERS, reduceMembers, roleIn } from '../../../server/core/members.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { MembersEvent } from '../../../shared/log/entry.ts';

const member = (name: string): MemberId => name.repeat(20).slice(0, 20) as MemberId;
const [a, b, c] = [member('a'), member('b'), member('c')];
const fold = (...events: MembersEvent[]): Members => events.reduce(reduceMembers, NO_MEMBERS);
const join = (id: MemberId, role: 'owner' | 'editor' = 'editor'): MembersEvent => ({ op: 'join', member: id, name: id.slice(0, 1), role });

test('colours go round by order of joining; who left stays in the record, and keeps the colour when coming back', () => {
  const seven = Array.from({ length: 7 }, (_, i) => join(member(String.fromCharCode(100 + i))));
  expect(fold(...seven).map((one) => one.colour)).toEqual([1, 2, 3, 4, 5, 6, 1]);
  const back = fold(join(a, 'owner'), join(b), { op: 'leave', member: b }, join(c), join(b, 'owner'));
  expect(back.find((one) => one.id === b)).toMatchObject({ colour: 2, left: false, role: 'owner' });
});

test('who left has no role, and an event about somebody unknown changes nothing', () => {
  const members = fold(join(a, 'owner'), join(b), { op: 'leave', member: b });
  expect(roleIn(members, b)).toBeNull();
  expect(roleIn(members, c)).toBeNull();
  expect(reduceMembers(members, { op: 'role', member: c, role: 'owner' })).toBe(members);
});

test('[AC4] the last owner can neither leave nor step down; with a second one both go', () => {
  const alone = fold(join(a, 'owner'), join(b));
  expect(decideMembers(alone, { op: 'leave', member: a })).toEqual({ ok: false, error: { code: 'last-owner' } });
  expect(decideMembers(alone, { op: 'set', member: a, name: 'a', role: 'editor' })).toEqual({ ok: false, error: { code: 'last-owner' } });
  const two = reduceMembers(alone, { op: 'role', member: b, role: 'owner' });
  expect(decideMembers(two, { op: 'leave', member: a })).toEqual({ ok: true, value: { op: 'leave', member: a } });
  expect(decideMembers(two, { op: 'set', member: a, name: 'a', role: 'reader' }).ok).toBe(true);
});

test('[PE3] a new name is an event for who is there; the same name and somebody who left are none', () => {
  const members = fold(join(a, 'owner'), join(b), join(c), { op: 'leave', member: c });
  const renamed = decideMembers(members, { op: 'name', member: b, name: '新名' });
  expect(renamed).toEqual({ ok: true, value: { op: 'name', member: b, name: '新名' } });
  if (!renamed.ok || renamed.value === null) throw new Error('refused');
  const after = reduceMembers(members, renamed.value);
  expect(after.find((one) => one.id === b)).toMatchObject({ name: '新名', role: 'editor', left: false });
  expect(decideMembers(after, { op: 'name', member: b, name: '新名' })).toEqual({ ok: true, value: null });
  expect(decideMembers(after, { op: 'name', member: c, name: 'x' })).toEqual({ ok: false, error: { code: 'no-such-member' } });
});

test('what is so already is no event, and nobody who is not there can leave', () => {
  const members = fold(join(a, 'owner'));
  expect(decideMembers(members, { op: 'set', member: a, name: 'a', role: 'owner' })).toEqual({ ok: true, value: null });
  expect(decideMembers(members, { op: 'leave', member: c })).toEqual({ ok: false, error: { code: 'no-such-member' } });
});
