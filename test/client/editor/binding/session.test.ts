import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { undo } from '../../../../client/editor/binding/binding.ts';
import { ROOT_NAME, render } from '../../../../shared/text/render.ts';
import { chapterOf, merge, Person, people } from '../../../support/text-people.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the binding', () => {
  it('sets the editor right by comparing when it should ever be out of step, and says so', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const [a, b] = people(2, ['今天', '讨论']) as [Person, Person];
    a.session.now = render(new Y.Doc().getText(ROOT_NAME));
    b.edit((tr) => tr.split(b.at(0, 1)));
    b.type('乙', b.at(2, 2));
    merge(a, b);
    expect(a.lines).toEqual(['今', '天', '讨论乙']);
    expect(a.session.repairs).toBeGreaterThan(0);
    expect(told.mock.calls.length).toBeLessThanOrEqual(a.session.repairs);
    const before = a.session.repairs;
    a.type('甲', a.at(0, 1));
    merge(a, b);
    expect(b.lines).toEqual(['今甲', '天', '讨论乙']);
    expect(a.session.repairs).toBe(before);
  });

  it('starts from whatever the text holds, and follows a first state that arrives later', () => {
    const early = new Person(70_001);
    expect(early.lines).toEqual(['']);
    early.receive(chapterOf(['今天', '讨论']));
    expect(early.lines).toEqual(['今天', '讨论']);
    expect(early.sent).toEqual([]);
    const late = new Person(70_002, chapterOf(['今天', '讨论']));
    expect(late.lines).toEqual(['今天', '讨论']);
  });

  it('typed into before the first state arrives, the words are there beside it', () => {
    const early = new Person(70_001);
    early.type('甲', 1);
    early.receive(chapterOf(['今天']));
    expect([...early.lines].sort()).toEqual(['今天', '甲'].sort());
    const other = new Person(70_002, chapterOf(['今天']));
    merge(early, other);
    expect(other.lines).toEqual(early.lines);
  });

  it('uses the room’s undo stack when it is given one, which outlives the editor', () => {
    const doc = new Y.Doc();
    doc.clientID = 70_001;
    Y.applyUpdate(doc, chapterOf(['今天']), 'start');
    const manager = new Y.UndoManager(doc.getText(ROOT_NAME), { trackedOrigins: new Set() });
    const first = new Person(doc, null, { undo: manager });
    first.type('甲', first.at(0, 2));
    first.close();
    const second = new Person(doc, null, { undo: manager });
    expect(second.lines).toEqual(['今天甲']);
    expect(undo(second.view)).toBe(true);
    expect(second.lines).toEqual(['今天']);
  });

  it('shows what came while its editor was closed', () => {
    const doc = new Y.Doc();
    doc.clientID = 70_001;
    Y.applyUpdate(doc, chapterOf(['今天']), 'start');
    new Person(doc).close();
    const [b] = people(1, ['今天']) as [Person];
    b.type('乙', b.at(0, 1));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(b.doc), 'network');
    expect(new Person(doc).lines).toEqual(['今乙天']);
  });
});
