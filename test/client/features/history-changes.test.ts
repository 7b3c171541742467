import { describe, expect, test } from 'vitest';
import { type Change, changesByPerson, changesIn, compare, neighbour } from '../../../client/features/history/changes.ts';
import { asLater, folded } from '../../../client/features/history/folding.ts';
import { wordChange } from '../../../client/features/history/heading-change.ts';
import { outlineOrder } from '../../../client/features/history/outline-order.ts';
import type { BlockLook, Credit, DiffBlock, DiffOp, DiffSegment, ReportDiff } from '../../../shared/api/history.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';

const person = (name: string) => name.padEnd(16, '0') as MemberId;
const node = (name: string) => name.padEnd(16, 'c') as NodeId;
const [LUO, HE, LU] = [person('luo'), person('he'), person('lu')];
const LOOK: BlockLook = { type: 'paragraph', attrs: { align: null } };

const credit = (author: MemberId | null, seq: number, movedBy: Credit['movedBy'] = null): Credit => ({
  author,
  actor: author ?? LUO,
  via: author === null ? 'import' : 'typing',
  at: seq * 1000,
  seq,
  offlineSince: 0,
  movedBy,
});
/** 0 imported, 1 罗, 2 贺, 3 陆's words that 罗 moved, 4 陆's old words that 罗 brought back. */
const CREDITS = [
  credit(null, 1),
  credit(LUO, 12),
  credit(HE, 14),
  credit(LU, 3, { member: LUO, at: 15_000, seq: 15, via: 'typing' }),
  credit(LU, 4, { member: LUO, at: 16_000, seq: 16, via: 'restore' }),
];

function segment(op: DiffOp, text: string, by: number, delBy: number | null = null): DiffSegment {
  return { op, text, by, delBy, marks: [], marksBefore: null, marksBy: null };
}
function block(segments: readonly DiffSegment[], over: Partial<DiffBlock> = {}): DiffBlock {
  const changed = segments.some(({ op, marksBefore }) => op !== 'keep' || marksBefore !== null) || (over.op ?? 'keep') !== 'keep';
  return { key: '1.1', op: 'keep', look: LOOK, was: null, wasBy: null, by: 0, delBy: null, changed, segments, ...over };
}
function diff(blocks: readonly DiffBlock[], more: Partial<ReportDiff> = {}, second: readonly DiffBlock[] = []): ReportDiff {
  const chapter = (name: string, of: readonly DiffBlock[]) => ({ chapter: node(name), added: 0, removed: 0, moved: 0, blocks: of });
  const chapters = [chapter('one', blocks), ...(second.length > 0 ? [chapter('two', second)] : [])];
  return { from: 10, to: 20, fromAt: 0, toAt: 0, credits: CREDITS, title: null, outline: [], chapters, ...more };
}
const ORDER = [node('one'), node('two')];
const kinds = (changes: readonly Change[]) => changes.map(({ kind, by, was, is }) => [kind, by, was, is]);

describe('changes out of segments', () => {
  test('[HY7] a deletion beside an insertion of the same person is one replacement; of another person, two changes', () => {
    const same = compare(diff([block([segment('del', '抓实', 0, 1), segment('ins', '做实', 1), segment('keep', '服务', 0)])]), ORDER);
    expect(kinds(same.changes)).toEqual([['replace', LUO, '抓实', '做实']]);
    const two = compare(diff([block([segment('del', '抓实', 0, 1), segment('ins', '做实', 2)])]), ORDER);
    expect(kinds(two.changes)).toEqual([
      ['delete', LUO, '抓实', ''],
      ['insert', HE, '', '做实'],
    ]);
  });

  test('[HY7] one person’s new text over several paragraphs is one change; unchanged text ends it', () => {
    const { changes, chapters } = compare(
      diff([
        block([segment('keep', '旧', 0), segment('ins', '甲', 1)], { op: 'ins', by: 1 }),
        block([segment('ins', '乙', 1)], { key: '1.2' }),
        block([segment('ins', '丙', 1)], { key: '1.3' }),
      ]),
      ORDER,
    );
    expect(kinds(changes)).toEqual([
      ['insert', LUO, '', '甲乙'],
      ['insert', LUO, '', '丙'],
    ]);
    expect(changes.map(({ paragraph }) => paragraph)).toEqual([1, 3]);
    const pieces = chapters.get(node('one'))!.paragraphs.flatMap((paragraph) => paragraph.pieces);
    expect(pieces.map(({ first }) => first)).toEqual([false, true, false, true]);
  });

  test('[HY7] a paragraph end alone is a split or a join', () => {
    const { changes } = compare(
      diff([
        block([segment('keep', '甲', 0)], { op: 'ins', by: 1 }),
        block([segment('keep', '乙', 0)], { op: 'del', delBy: 2 }),
        block([segment('keep', '丙', 0)]),
      ]),
      ORDER,
    );
    expect(kinds(changes)).toEqual([
      ['split', LUO, '', ''],
      ['join', HE, '', ''],
    ]);
  });

  test('[HY8] a move is the mover’s, with its writer and where it came from, and counts once', () => {
    const moved = diff([block([segment('left', '四是', 3, 1)])], {}, [block([segment('moved', '四是', 3)])]);
    const { changes, named, chapters } = compare(moved, ORDER);
    expect(changes).toMatchObject([{ kind: 'move', by: LUO, writer: LU, from: node('one'), node: node('two'), seq: 15 }]);
    const left = chapters.get(node('one'))!.paragraphs[0]!.pieces[0]!.change!;
    expect(named.get(left)).toBe(changes[0]);
    const alone = compare(diff([block([segment('left', '四是', 3, 1)])]), ORDER);
    expect(kinds(alone.changes)).toEqual([['left', LUO, '四是', '']]);
  });

  test('[HY13] a move says from which paragraph to which, also when its words were cut up or changed on their way', () => {
    const cut = diff(
      [
        block([segment('keep', '旧', 0)]),
        block([segment('left', '四是深化', 3, 1)], { key: '1.2' }),
        block([segment('keep', '新', 0)], { key: '1.3' }),
      ],
      {},
      [
        block([segment('keep', '甲', 0)], { key: '2.1' }),
        block([segment('moved', '四是', 3), segment('ins', '再', 2), segment('moved', '深化', 3)], { key: '2.2' }),
      ],
    );
    const { changes } = compare(cut, ORDER);
    expect(changes.map(({ kind, is, from, fromParagraph, paragraph }) => [kind, is, from, fromParagraph, paragraph])).toEqual([
      ['move', '四是', node('one'), 2, 2],
      ['insert', '再', undefined, undefined, 2],
      ['move', '深化', node('one'), 2, 2],
    ]);
    // Of two moves of the same words each has its own place.
    const twice = diff(
      [
        block([segment('left', '四是', 3, 1)]),
        block([segment('keep', '旧', 0)], { key: '1.2' }),
        block([segment('left', '四是', 3, 1)], { key: '1.3' }),
      ],
      {},
      [
        block([segment('moved', '四是', 3)], { key: '2.1' }),
        block([segment('keep', '甲', 0), segment('moved', '四是', 3)], { key: '2.2' }),
      ],
    );
    expect(compare(twice, ORDER).changes.map(({ kind, fromParagraph }) => [kind, fromParagraph])).toEqual([
      ['move', 1],
      ['move', 3],
    ]);
  });

  test('[HY13] a new paragraph that somebody moved is its writer’s insertion, and its end is no change of its own', () => {
    const movedSince = compare(diff([block([segment('ins', '新话', 3)], { op: 'moved', by: 3 })], { from: 2 }), ORDER);
    expect(movedSince.changes).toMatchObject([{ kind: 'insert', by: LU, mover: LUO }]);
    expect(compare(diff([block([], { op: 'left', delBy: 1 })]), ORDER).changes).toEqual([]);
  });

  test('[HY12] only what stands in a paragraph that was not seen is stopped at', () => {
    const told = diff([
      block([segment('keep', '旧', 0), segment('ins', '甲', 1)], { key: '1.1' }),
      block([segment('keep', '旧', 0), segment('ins', '乙', 2)], { key: '1.2' }),
      block([segment('keep', '旧', 0), segment('ins', '丙', 1)], { key: '1.3' }),
    ]);
    const comparison = compare(told, ORDER);
    const unread = changesIn(comparison, [
      { chapter: node('one'), key: '1.1' },
      { chapter: node('one'), key: '1.3' },
      { chapter: node('two'), key: '1.2' },
    ]);
    const stops = (step: 1 | -1, from: string | null) => neighbour(comparison.changes, from, step, ({ id }) => unread.has(id))?.is;
    const [first, second, third] = comparison.changes.map(({ id }) => id);
    expect([stops(1, null), stops(1, first!), stops(1, second!), stops(1, third!)]).toEqual(['甲', '丙', '丙', '甲']);
    expect([stops(-1, null), stops(-1, first!), stops(-1, second!), stops(-1, third!)]).toEqual(['丙', '丙', '甲', '甲']);
    expect(neighbour(comparison.changes, null, 1, () => false)).toBeNull();
  });

  test('[HY8] words older than the first point that stand again were brought back by whoever did it, and stay their writer’s', () => {
    expect(compare(diff([block([segment('ins', '旧话', 4)])]), ORDER).changes).toMatchObject([
      { kind: 'restore', by: LUO, writer: LU, seq: 16 },
    ]);
    // What was taken out beside them belongs to it; the person's own words do not.
    const beside = compare(diff([block([segment('del', '新', 0, 1), segment('ins', '旧话', 4), segment('ins', '再写', 1)])]), ORDER);
    expect(kinds(beside.changes)).toEqual([
      ['restore', LUO, '新', '旧话'],
      ['insert', LUO, '', '再写'],
    ]);
    expect(compare(diff([block([segment('ins', '新话', 3)])], { from: 2 }), ORDER).changes).toMatchObject([{ kind: 'insert', by: LU }]);
  });

  test('[HY7] formats and looks are said in words, each as a change of its own', () => {
    const bold: DiffSegment = { ...segment('keep', '重点', 0), marks: ['bold'], marksBefore: ['italic'], marksBy: 2 };
    const heading = block([bold], { look: { type: 'heading', attrs: { level: 4 } }, was: LOOK, wasBy: 1, changed: true });
    const { changes } = compare(diff([heading]), ORDER);
    expect(changes).toMatchObject([
      { kind: 'look', by: LUO, was: 'paragraph', is: 'heading4' },
      { kind: 'format', by: HE, is: '重点', marks: { added: ['bold'], removed: ['italic'] } },
    ]);
    const centred = block([], { look: { type: 'paragraph', attrs: { align: 'center' } }, was: LOOK, wasBy: 1, changed: true });
    expect(compare(diff([centred]), ORDER).changes).toMatchObject([{ kind: 'look', was: 'alignNone', is: 'alignCenter' }]);
  });

  test('[HY7] title and outline are counted where they stand, before the text under them', () => {
    const outlineNode = { id: node('two'), kind: 'chapter', heading: '做实', form: 'own-line', parent: null } as const;
    const { changes } = compare(
      diff([block([segment('ins', '甲', 1)])], {
        title: { was: '旧题', is: '新题', by: HE, at: 1, seq: 11 },
        outline: [
          {
            node: node('two'),
            before: { ...outlineNode, heading: '抓实' },
            after: outlineNode,
            numberBefore: '一、',
            numberAfter: '二、',
            changes: ['moved', 'renamed'],
            charge: null,
            by: LU,
            at: 2,
            seq: 12,
          },
        ],
      }),
      ORDER,
    );
    expect(kinds(changes)).toEqual([
      ['title', HE, '旧题', '新题'],
      ['insert', LUO, '', '甲'],
      ['placed', LU, '一、', '二、'],
      ['heading', LU, '抓实', '做实'],
    ]);
  });

  test('kept and inserted pieces are the text after, kept and deleted the text before', () => {
    const blocks = [block([segment('keep', '一', 0), segment('del', '二', 0, 1), segment('ins', '三', 1), segment('keep', '四', 0)])];
    const [paragraph] = compare(diff(blocks), ORDER).chapters.get(node('one'))!.paragraphs;
    const text = (...ops: DiffOp[]) => paragraph!.pieces.flatMap(({ op, text }) => (ops.includes(op) ? [text] : [])).join('');
    expect(text('keep', 'del')).toBe('一二四');
    expect(text('keep', 'ins')).toBe('一三四');
  });
});

describe('walking and folding', () => {
  test('[HY1] next and previous go round; counted by person, most first', () => {
    const { changes } = compare(
      diff([
        block([
          segment('ins', '甲', 1),
          segment('keep', '，', 0),
          segment('ins', '乙', 2),
          segment('keep', '，', 0),
          segment('ins', '丙', 2),
        ]),
      ]),
      ORDER,
    );
    const [first, second, third] = changes;
    expect(neighbour(changes, null, 1)).toBe(first);
    expect(neighbour(changes, null, -1)).toBe(third);
    expect(neighbour(changes, third!.id, 1)).toBe(first);
    expect(neighbour(changes, third!.id, -1)).toBe(second);
    expect(neighbour([], null, 1)).toBeNull();
    expect(changesByPerson(changes)).toEqual([
      { by: HE, count: 2 },
      { by: LUO, count: 1 },
    ]);
  });

  test('[HY9] unchanged stretches are folded, headings inside the text are not', () => {
    const still = (key: string, type: BlockLook['type'] = 'paragraph') =>
      block([segment('keep', key, 0)], { key, look: { type, attrs: {} } });
    const { chapters } = compare(
      diff([still('a'), still('b'), still('c', 'heading'), block([segment('ins', '甲', 1)], { key: 'd' }), still('e')]),
      ORDER,
    );
    const stretches = folded(chapters.get(node('one'))!.paragraphs);
    expect(stretches.map(({ kind, paragraphs }) => [kind, paragraphs.length])).toEqual([
      ['folded', 2],
      ['shown', 2],
      ['folded', 1],
    ]);
  });

  test('[HY9] the clean text has the later state’s paragraphs and nothing that is gone', () => {
    const { chapters } = compare(
      diff([
        block([segment('keep', '甲', 0), segment('del', '乙', 0, 1)], { op: 'del', delBy: 1 }),
        block([segment('keep', '丙', 0)], { key: '1.2' }),
        block([segment('left', '丁', 0, 1)], { key: '1.3', op: 'left', delBy: 1 }),
      ]),
      ORDER,
    );
    const later = asLater(chapters.get(node('one'))!.paragraphs);
    expect(later.map(({ pieces }) => pieces.map(({ text }) => text).join(''))).toEqual(['甲丙']);
    expect(later[0]!.block.changed).toBe(true);
  });

  test('what is gone stands behind what it stood behind', () => {
    const outline = (...ids: string[]): Outline => ({
      title: '',
      titleSet: null,
      nodes: ids.map((id) => ({ id: node(id), kind: 'chapter', heading: id, form: 'own-line', parent: null })),
      removed: [],
      headingSet: {},
      charges: {},
    });
    const order = (before: Outline, after: Outline) => outlineOrder(before, after).map((id) => id.replace(/c+$/, ''));
    expect(order(outline('x', 'a', 'y', 'b'), outline('b', 'a', 'n'))).toEqual(['x', 'b', 'a', 'y', 'n']);
  });

  test('a changed line is told without what is alike at its ends, in whole characters', () => {
    expect(wordChange('抓实惠企服务', '做实惠企服务')).toEqual({ before: '', was: '抓', is: '做', after: '实惠企服务' });
    expect(wordChange('甲乙', '甲丙乙')).toEqual({ before: '甲', was: '', is: '丙', after: '乙' });
    expect(wordChange('𠀀', '𠀁')).toEqual({ before: '', was: '𠀀', is: '𠀁', after: '' });
    expect(wordChange('aa', 'a')).toEqual({ before: 'a', was: 'a', is: '', after: '' });
  });
});
