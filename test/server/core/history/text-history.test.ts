import { Fragment, Slice } from '@tiptap/pm/model';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TextHistory } from '../../../../server/core/history/text-history.ts';
import { TextTimes } from '../../../../server/core/history/text-times.ts';
import type { DiffBlock, ReportDiff } from '../../../../shared/api/history.ts';
import type { ChapterId, MemberId, Seq } from '../../../../shared/ids.ts';
import { keepFormats } from '../../../../shared/text/formats.ts';
import { ROOT_NAME, render } from '../../../../shared/text/render.ts';
import { paragraphsUpdate } from '../../../../shared/text/seed.ts';
import { writeFigures } from '../../../support/figures.ts';
import { HistorySession } from '../../../support/history-session.ts';
import { ALICE, BOB, CAROL, CHAPTER, Copy, Office, OTHER, REPORT } from '../../text-engine/office.ts';

const FIRST = '会议认为，要把规范权力运行摆在更加突出的位置。';
const SECOND = '一要压实责任，二要强化督查，三要及时通报。';

let office: Office;
let alice: Copy;
let bob: Copy;

beforeEach(() => {
  office = new Office();
  alice = new Copy(office, CHAPTER, ALICE, 100_001);
  bob = new Copy(office, CHAPTER, BOB, 100_002);
  alice.type(1, FIRST);
  alice.edit((tr) => tr.split(1 + FIRST.length));
  alice.type(FIRST.length + 3, SECOND);
});

const head = (): Seq => office.log.length;

function diff(from: Seq, chapters: readonly ChapterId[] = [CHAPTER], to = head()): Promise<Pick<ReportDiff, 'credits' | 'chapters'>> {
  return office.engine.history(REPORT, 'diff', { chapters, from, to, context: true });
}

/** `+new -old >moved <left =kept`, blocks ended by their own sign. */
function told(blocks: readonly DiffBlock[]): string[] {
  const sign = { keep: '=', ins: '+', del: '-', moved: '>', left: '<' };
  return blocks.map(({ op, segments }) => `${segments.map((one) => `${sign[one.op]}${one.text}`).join(' ')} ${sign[op]}¶`);
}

describe('[HI4] a difference says what people did', () => {
  it('typing and deleting, each with who did it', async () => {
    const from = head();
    bob.type(bob.find('要把'), '必须');
    bob.edit((tr) => tr.delete(bob.find('更加'), bob.find('更加') + 2));
    const { chapters, credits } = await diff(from);
    expect(told(chapters[0]!.blocks)).toEqual(['=会议认为， +必须 =要把规范权力运行摆在 -更加 =突出的位置。 =¶', `=${SECOND} =¶`]);
    const [, typed, , deleted] = chapters[0]!.blocks[0]!.segments;
    expect(credits[typed!.by]).toMatchObject({ author: BOB, movedBy: null });
    expect(credits[deleted!.by]!.author).toBe(ALICE);
    expect(credits[deleted!.delBy!]).toMatchObject({ actor: BOB });
    expect(chapters[0]).toMatchObject({ added: 2, removed: 2, moved: 0 });
  });

  it('a moved paragraph is moved, with its writer and its mover, and nobody’s deletion', async () => {
    const from = head();
    bob.edit((tr) => {
      const node = tr.doc.child(1);
      tr.delete(tr.doc.child(0).nodeSize, tr.doc.content.size);
      return tr.insert(0, node);
    });
    const { chapters, credits } = await diff(from);
    expect(told(chapters[0]!.blocks)).toEqual([`>${SECOND} >¶`, `=${FIRST} =¶`, `<${SECOND} <¶`]);
    expect(credits[chapters[0]!.blocks[0]!.segments[0]!.by]).toMatchObject({ author: ALICE, movedBy: { member: BOB } });
    expect(chapters[0]).toMatchObject({ added: 0, removed: 0, moved: SECOND.length });
  });

  it('a sentence cut here and pasted into another chapter is moved there, and left here', async () => {
    const there = new Copy(office, OTHER, BOB, 100_003);
    const from = head();
    bob.edit((tr) => tr.delete(bob.find('规范权力运行摆在'), bob.find('规范权力运行摆在') + 8));
    there.type(1, '规范权力运行摆在');
    const { chapters, credits } = await diff(from, [CHAPTER, OTHER]);
    expect(told(chapters[0]!.blocks)[0]).toBe('=会议认为，要把 <规范权力运行摆在 =更加突出的位置。 =¶');
    expect(told(chapters[1]!.blocks)).toEqual(['>规范权力运行摆在 =¶']);
    expect(credits[chapters[1]!.blocks[0]!.segments[0]!.by]).toMatchObject({ author: ALICE, movedBy: { member: BOB } });
    // Between the cut and the paste it is deleted; after the cut it is brought back.
    expect(told((await diff(from, [CHAPTER], from + 1)).chapters[0]!.blocks)[0]).toContain('-规范权力运行摆在');
    expect(told((await diff(from + 1, [OTHER])).chapters[0]!.blocks)).toEqual(['+规范权力运行摆在 =¶']);
  });

  it('a deletion that was undone did not happen', async () => {
    const from = head();
    bob.edit((tr) => tr.delete(bob.find('更加'), bob.find('更加') + 5));
    bob.undo.undo();
    const { chapters } = await diff(from);
    expect(chapters[0]!.blocks[0]!.segments.map(({ text }) => text).join('')).toBe(FIRST);
    expect(chapters[0]!.blocks.some(({ changed }) => changed)).toBe(false);
  });

  it('a paragraph that was split and one that was joined', async () => {
    const from = head();
    bob.edit((tr) => tr.split(bob.find('要把')));
    const split = head();
    bob.edit((tr) => tr.join(bob.find('要把') - 1));
    expect(told((await diff(from, [CHAPTER], split)).chapters[0]!.blocks).slice(0, 2)).toEqual([
      '=会议认为， +¶',
      '=要把规范权力运行摆在更加突出的位置。 =¶',
    ]);
    expect(told((await diff(split)).chapters[0]!.blocks).slice(0, 2)).toEqual([
      '=会议认为， -¶',
      '=要把规范权力运行摆在更加突出的位置。 =¶',
    ]);
    expect((await diff(from)).chapters[0]!.blocks.some(({ changed }) => changed)).toBe(false);
  });

  it('changed formats and looks name both sides and who changed them', async () => {
    const from = head();
    const at = bob.find('突出');
    bob.edit((tr) => tr.addMark(at, at + 2, tr.doc.type.schema.marks['bold']!.create()));
    bob.edit((tr) => tr.setBlockType(at, at, tr.doc.type.schema.nodes['heading']!, { level: 4 }));
    const { chapters, credits } = await diff(from);
    const block = chapters[0]!.blocks[0]!;
    expect(block).toMatchObject({ op: 'keep', look: { type: 'heading', attrs: { level: 4 } }, was: { type: 'paragraph' } });
    expect(credits[block.wasBy!]!.actor).toBe(BOB);
    const bold = block.segments.find(({ marksBefore }) => marksBefore !== null)!;
    expect(bold).toMatchObject({ op: 'keep', text: '突出', marks: ['bold'], marksBefore: [] });
    expect(credits[bold.marksBy!]).toMatchObject({ actor: BOB });
    expect(credits[bold.by]!.author).toBe(ALICE);
  });

  it('a paragraph that was deleted shows again for a colleague’s late words, and goes with them', async () => {
    bob.goOffline();
    bob.type(bob.find('二要'), '离线写的');
    alice.edit((tr) => tr.delete(tr.doc.child(0).nodeSize, tr.doc.content.size));
    const from = head();
    bob.comeBack();
    const back = (await diff(from)).chapters[0]!.blocks;
    expect(told(back)).toEqual([`=${FIRST} =¶`, '+离线写的 +¶']);
    expect(back[1]!.by).toBeNull();
    const shown = head();
    // Without the editor, which would take the paragraph for wanted again.
    const units = bob.text.toDelta().flatMap(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? [...insert] : ['¶']));
    bob.text.delete(units.join('').indexOf('离线写的'), 4);
    const { chapters, credits } = await diff(shown);
    expect(told(chapters[0]!.blocks)[1]).toBe('-离线写的 -¶');
    expect(chapters[0]!.blocks[1]!.delBy).toBeNull();
    expect(credits[chapters[0]!.blocks[1]!.segments[0]!.delBy!]!.actor).toBe(BOB);
  });

  it('imported text is nobody’s', async () => {
    const from = head();
    const importer = new Y.Doc();
    Y.applyUpdate(importer, Y.encodeStateAsUpdate(office.document(OTHER)));
    office.submit(OTHER, 'server', CAROL, paragraphsUpdate([{ kind: 'paragraph', text: '导入的一段。' }], 2), 'import');
    const { chapters, credits } = await diff(from, [OTHER]);
    expect(credits[chapters[0]!.blocks[0]!.segments[0]!.by]).toMatchObject({ author: null, actor: CAROL, via: 'import' });
  });
});

/** What an editor does to somebody else's text; each leaves it its writer's. */
const ACTIONS: Readonly<Record<string, () => void>> = {
  'Enter in the middle of a paragraph': () => bob.edit((tr) => tr.split(bob.find('规范'))),
  'a paragraph split and joined again': () => {
    bob.edit((tr) => tr.split(bob.find('规范')));
    bob.edit((tr) => tr.join(bob.find('规范') - 1));
  },
  'a paragraph made a heading': () => bob.edit((tr) => tr.setBlockType(1, 1, tr.doc.type.schema.nodes['heading']!, { level: 3 })),
  'a paragraph made a list': () => bob.edit((tr) => tr.setBlockType(1, 1, tr.doc.type.schema.nodes['listLine']!, { list: 'ordered' })),
  'a paragraph made a quotation': () =>
    bob.edit((tr) => tr.setBlockType(1, 1, tr.doc.type.schema.nodes['unknownLine']!, { kind: 'quote' })),
  'a word made bold': () =>
    bob.edit((tr) => tr.addMark(bob.find('规范'), bob.find('规范') + 4, tr.doc.type.schema.marks['bold']!.create())),
  'a word deleted, and that undone': () => {
    bob.edit((tr) => tr.delete(bob.find('规范'), bob.find('规范') + 2));
    bob.undo.undo();
  },
  'everything deleted, and that undone': () => {
    bob.edit((tr) => tr.delete(1, tr.doc.content.size - 1));
    bob.undo.undo();
  },
  'a paragraph split, and that undone': () => {
    bob.edit((tr) => tr.split(bob.find('规范')));
    bob.undo.undo();
  },
  'a paragraph moved': () =>
    bob.edit((tr) => {
      const node = tr.doc.child(0);
      tr.delete(0, node.nodeSize);
      return tr.insert(tr.doc.content.size, node);
    }),
  'a sentence cut, and pasted elsewhere': () => {
    const words = bob.find('一要压实责任，二要');
    const cut = render(bob.text).doc.slice(words, words + 9).content;
    bob.edit((tr) => tr.delete(words, words + 9));
    bob.edit((tr) => tr.replace(bob.find('会议'), bob.find('会议'), new Slice(Fragment.from(cut), 0, 0)));
  },
  'a paragraph of one’s own above it': () => {
    bob.type(1, '贺清漪另写的一段');
    bob.edit((tr) => tr.split(1 + '贺清漪另写的一段'.length));
  },
  'a paragraph split while its writer goes on in it': () => {
    alice.goOffline();
    alice.type(alice.find('更加'), '爱丽丝此时写下的');
    bob.edit((tr) => tr.split(bob.find('规范')));
    alice.comeBack();
  },
};
const OWN: Readonly<Record<string, string>> = { 'a paragraph of one’s own above it': '贺清漪另写的一段' };
const MORE: Readonly<Record<string, string>> = { 'a paragraph split while its writer goes on in it': '爱丽丝此时写下的' };

describe('[HI5] blame', () => {
  let held = 0;
  afterAll(() => writeFigures('history-attribution', { editorActions: held, of: Object.keys(ACTIONS).length }));

  it.each(Object.entries(ACTIONS))('stays with the writer through: %s', async (name, act) => {
    act();
    const blame = (await office.engine.history(REPORT, 'blame', { chapter: CHAPTER, seq: head() }))!;
    const lengths = new Map<MemberId | null, number>();
    for (const { by, length } of blame.blocks.flatMap(({ runs }) => runs)) {
      const { author } = blame.credits[by]!;
      lengths.set(author, (lengths.get(author) ?? 0) + length);
    }
    const own = OWN[name]?.length ?? 0;
    expect(lengths.get(ALICE)).toBe(FIRST.length + SECOND.length + (MORE[name]?.length ?? 0));
    expect(lengths.get(BOB) ?? 0).toBe(own);
    held += 1;
  });
});

describe('[HI6] the story of a paragraph', () => {
  const story = async (block: string) => (await office.engine.history(REPORT, 'story', { chapter: CHAPTER, block, ids: [] }))!;
  const keyOf = async (index: number) => (await office.engine.history(REPORT, 'at', { chapter: CHAPTER, seq: head() }))!.blocks[index]!.key;

  it('holds every earlier wording with who made it, a person’s in one sitting as one', async () => {
    office.now += 3_600_000;
    bob.type(bob.find('要把'), '必须');
    bob.type(bob.find('要把'), '毫不动摇，');
    office.now += 3_600_000;
    alice.edit((tr) => tr.delete(alice.find('毫不动摇，'), alice.find('毫不动摇，') + 5));
    const { wordings, more } = await story(await keyOf(0));
    expect(wordings.map(({ text, by }) => [text, by])).toEqual([
      ['会议认为，必须要把规范权力运行摆在更加突出的位置。', ALICE],
      ['会议认为，必须毫不动摇，要把规范权力运行摆在更加突出的位置。', BOB],
      [FIRST, ALICE],
    ]);
    expect(more).toBe(false);
  });

  it('follows the paragraph to where it stood before', async () => {
    office.now += 3_600_000;
    bob.type(bob.find('一要'), '各地');
    office.now += 3_600_000;
    bob.edit((tr) => {
      const node = tr.doc.child(1);
      tr.delete(tr.doc.child(0).nodeSize, tr.doc.content.size);
      return tr.insert(0, node);
    });
    const { wordings } = await story(await keyOf(0));
    expect(wordings.map(({ text, by, elsewhere }) => [text, by, elsewhere])).toEqual([
      [`各地${SECOND}`, BOB, false],
      [SECOND, ALICE, true],
    ]);
  });

  it('is told of a stretch of text by its ids, and not of what is not there', async () => {
    const blame = (await office.engine.history(REPORT, 'blame', { chapter: CHAPTER, seq: head() }))!;
    const ids = blame.blocks[1]!.runs[0]!.ids;
    office.now += 3_600_000;
    bob.type(bob.find('三要'), '四要明确时限，');
    const told = (await office.engine.history(REPORT, 'story', { chapter: CHAPTER, block: null, ids }))!;
    expect(told.wordings.map(({ text }) => text)).toEqual(['一要压实责任，二要强化督查，四要明确时限，三要及时通报。', SECOND]);
    expect(await office.engine.history(REPORT, 'story', { chapter: CHAPTER, block: '5.5', ids: [] })).toBeNull();
    expect(await office.engine.history(REPORT, 'story', { chapter: CHAPTER, block: null, ids: [[7, 7, 7]] })).toBeNull();
  });
});

describe('[HI7] contributions', () => {
  const count = async () => {
    const { members } = await office.engine.history(REPORT, 'contributions', { chapters: [CHAPTER, OTHER], seq: head() });
    return Object.fromEntries(members.map(({ member, surviving, written }) => [String(member), [surviving, written]]));
  };

  it('count what stands and what was written, imported text for nobody', async () => {
    bob.type(bob.find('要把'), '必须 全力');
    bob.edit((tr) => tr.delete(bob.find('必须'), bob.find('必须') + 2));
    bob.edit((tr) => tr.delete(bob.find('更加'), bob.find('更加') + 2));
    office.submit(OTHER, 'server', CAROL, paragraphsUpdate([{ kind: 'paragraph', text: '导入的一段。' }], 2), 'import');
    const whole = FIRST.length + SECOND.length;
    expect(await count()).toEqual({ [ALICE]: [whole - 2, whole], [BOB]: [2, 4], null: [6, 6] });
  });

  it('moving somebody’s paragraph, here or to another chapter, changes nobody’s figures', async () => {
    const before = await count();
    bob.edit((tr) => {
      const node = tr.doc.child(1);
      tr.delete(tr.doc.child(0).nodeSize, tr.doc.content.size);
      return tr.insert(0, node);
    });
    expect(await count()).toEqual(before);
    const there = new Copy(office, OTHER, BOB, 100_003);
    bob.edit((tr) => tr.delete(1, 1 + SECOND.length));
    there.type(1, SECOND);
    expect(await count()).toEqual(before);
  });
});

describe('[HI8] what changed since', () => {
  const changed = (since: Seq, reader: MemberId) =>
    office.engine.history(REPORT, 'changed', { chapters: [CHAPTER, OTHER], since, to: head(), reader });

  it('names the paragraphs that others touched, and none of one’s own', async () => {
    const since = head();
    alice.type(alice.find('要把'), '必须');
    expect((await changed(since, ALICE)).chapters).toEqual([]);
    bob.type(bob.find('三要'), '，');
    const own = (await changed(since, BOB)).chapters;
    const others = (await changed(since, ALICE)).chapters;
    expect(own.map(({ chapter, blocks }) => [chapter, blocks.map(({ by }) => by)])).toEqual([[CHAPTER, [[ALICE]]]]);
    expect(others.map(({ chapter, blocks }) => [chapter, blocks.map(({ by }) => by)])).toEqual([[CHAPTER, [[BOB]]]]);
    expect(own[0]!.blocks[0]!.key).not.toBe(others[0]!.blocks[0]!.key);
  });

  it('has one hash for one wording, whichever way it came', async () => {
    const since = head();
    bob.type(bob.find('要把'), '必须');
    const hash = async (from: Seq) => (await changed(from, ALICE)).chapters[0]!.blocks[0]!.hash;
    const first = await hash(since);
    bob.type(bob.find('要把'), '全力');
    expect(await hash(since)).not.toBe(first);
    bob.edit((tr) => tr.delete(bob.find('全力'), bob.find('全力') + 2));
    expect(await hash(since)).toBe(first);
    expect(await hash(since + 1).catch(() => 'none')).toBe('none');
  });

  it('counts paragraphs that others took out', async () => {
    const since = head();
    bob.edit((tr) => tr.delete(tr.doc.child(0).nodeSize, tr.doc.content.size));
    expect((await changed(since, ALICE)).chapters).toMatchObject([{ chapter: CHAPTER, blocks: [], removed: 1 }]);
  });
});

describe('looking', () => {
  it('[HI9] writes nothing: no update, no transaction, not a byte', async () => {
    const session = new HistorySession(31, 3).run(200);
    const times = new TextTimes();
    const docs = new Map<ChapterId, Y.Doc>();
    let applying = false;
    let transactions = 0;
    for (const chapter of [CHAPTER, OTHER]) {
      const doc = new Y.Doc({ gc: false });
      keepFormats(doc.getText(ROOT_NAME));
      docs.set(chapter, doc);
      doc.on('beforeTransaction', () => {
        if (!applying) transactions += 1;
      });
    }
    applying = true;
    for (const { seq, at, author, subject, text } of session.office.log) {
      const doc = docs.get(subject)!;
      doc.once('afterTransaction', (transaction) => times.note({ seq, at, author, chapter: subject, ...text }, transaction));
      Y.applyUpdate(doc, text.update);
    }
    applying = false;
    const history = new TextHistory(times, (chapter) => docs.get(chapter)?.getText(ROOT_NAME) ?? null);
    const bytes = [...docs.values()].map((doc) => Y.encodeStateAsUpdate(doc));
    const to = session.head;
    const chapters = [CHAPTER, OTHER];
    for (const context of [true, false]) for (const from of [0, 50, to]) history.answer('diff', { chapters, from, to, context });
    for (const chapter of chapters) {
      for (const seq of [0, 1, 77, to]) {
        const at = history.answer('at', { chapter, seq })!;
        history.answer('blame', { chapter, seq });
        for (const { key } of at.blocks) history.answer('story', { chapter, block: key, ids: [] });
      }
    }
    history.answer('sums', { windows: [{ after: 20, to: 120, chapters }] });
    history.answer('contributions', { chapters, seq: to });
    history.answer('changed', { chapters, since: 10, to, reader: ALICE });
    expect(transactions).toBe(0);
    expect([...docs.values()].map((doc) => Y.encodeStateAsUpdate(doc))).toEqual(bytes);
  });
});
