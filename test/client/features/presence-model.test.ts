import { describe, expect, test } from 'vitest';
import { facesOf } from '../../../client/features/members/face.ts';
import { facesByChapter, presentPeople } from '../../../client/features/presence/model.ts';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';

const person = (name: string) => name.padEnd(16, '0') as MemberId;
const chapter = (name: string) => name.padEnd(16, 'c') as NodeId;
const members: ReportMember[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => ({
  id: person(name),
  name,
  role: 'editor',
  colour: (index % 6) + 1,
  left: false,
}));
const faces = facesOf(members);
const order = [chapter('1'), chapter('2'), chapter('3'), chapter('4')];
const me = person('a');

describe('who is where', () => {
  test('the seventh member has the first colour with a dotted edge', () => {
    expect(faces.get(person('a'))).toMatchObject({ colour: 1, secondRound: false });
    expect(faces.get(person('g'))).toMatchObject({ colour: 1, secondRound: true });
  });

  test('a caret says exactly; open rooms say about; the report alone says nowhere', () => {
    const places = {
      [chapter('1')]: [me, person('b'), person('c')],
      [chapter('2')]: [person('c')],
      [chapter('3')]: [person('c')],
      '': [person('d')],
    };
    const carets = { [chapter('1')]: [person('b')] };
    const people = presentPeople(places, carets, faces, members, order, me);
    expect(people.map(({ face, place, exact }) => [face.name, place, exact])).toEqual([
      ['b', chapter('1'), true],
      ['c', chapter('2'), false],
      ['d', null, false],
    ]);
    expect([...facesByChapter(people)].map(([place, list]) => [place, list.map((face) => face.name)])).toEqual([
      [chapter('1'), ['b']],
      [chapter('2'), ['c']],
    ]);
  });

  test('oneself, strangers and rooms that are no chapter any more are left out', () => {
    const places = { [chapter('9')]: [person('b')], [chapter('1')]: [me, person('stranger')] };
    expect(presentPeople(places, {}, faces, members, order, me)).toEqual([{ face: faces.get(person('b')), place: null, exact: false }]);
  });
});
