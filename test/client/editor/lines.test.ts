import { type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import {
  deleteEmptyLineAbove,
  indentBy,
  inList,
  insertHardBreak,
  moveLines,
  plainAtStart,
  setAlign,
  setParagraph,
  splitLine,
  toggleHeading,
  toggleList,
} from '../../../client/editor/lines.ts';
import { chapterSchema, MAX_INDENT } from '../../../shared/text/schema.ts';

type Given = string | [kind: string, text: string, attrs?: Record<string, unknown>];

/** A chapter with the caret (or a selection) given as line and offset. */
function chapter(lines: Given[], anchor: [number, number], head: [number, number] = anchor): EditorState {
  const doc = chapterSchema.node(
    'doc',
    null,
    lines.map((line) => {
      const [kind, text, attrs] = typeof line === 'string' ? (['paragraph', line, undefined] as const) : line;
      return chapterSchema.node(kind, attrs ?? null, text === '' ? [] : [chapterSchema.text(text)]);
    }),
  );
  const at = ([line, offset]: [number, number]): number => {
    let pos = 0;
    for (let index = 0; index < line; index += 1) pos += doc.child(index).nodeSize;
    return pos + 1 + offset;
  };
  return EditorState.create({ doc, selection: TextSelection.create(doc, at(anchor), at(head)) });
}

/** The lines after the command, each as `kind attributes: text`, the caret as ‸; null when the command had nothing to do. */
function changed(state: EditorState, command: Command): string[] | null {
  let next: EditorState | null = null;
  const dry = command(state);
  const did = command(state, (tr) => {
    next = state.apply(tr);
  });
  expect(dry, 'asking and doing agree').toBe(did);
  return did && next !== null ? shown(next) : null;
}

function shown(state: EditorState): string[] {
  const { $head } = state.selection;
  const lines: string[] = [];
  state.doc.forEach((line, _pos, index) => {
    const attrs = Object.entries(line.attrs).filter(([name, value]) => value !== null && !(name === 'indent' && value === 0));
    const name = [line.type.name, ...attrs.map(([key, value]) => `${key}=${String(value)}`)].join(' ');
    const text = line.textBetween(0, line.content.size, null, '⏎');
    const caret = index === $head.index(0) ? `${text.slice(0, $head.parentOffset)}‸${text.slice($head.parentOffset)}` : text;
    lines.push(`${name}: ${caret}`);
  });
  return lines;
}

const list = (text: string, kind = 'bullet', indent = 0): Given => ['listLine', text, { list: kind, indent }];
const heading = (text: string, level = 3): Given => ['heading', text, { level }];

describe('Enter', () => {
  it('splits a paragraph, which keeps its alignment on both sides', () => {
    expect(changed(chapter([['paragraph', '甲乙', { align: 'center' }]], [0, 1]), splitLine)).toEqual([
      'paragraph align=center: 甲',
      'paragraph align=center: ‸乙',
    ]);
  });

  it('goes on with a list line of the same kind and depth', () => {
    expect(changed(chapter([list('甲', 'ordered', 2)], [0, 1]), splitLine)).toEqual([
      'listLine list=ordered indent=2: 甲',
      'listLine list=ordered indent=2: ‸',
    ]);
  });

  it('ends the list in an empty list line', () => {
    expect(changed(chapter([list('甲'), list('')], [1, 0]), splitLine)).toEqual(['listLine list=bullet: 甲', 'paragraph: ‸']);
  });

  it('is followed by a paragraph at the end of a heading, and by a heading inside it', () => {
    expect(changed(chapter([heading('甲乙')], [0, 2]), splitLine)).toEqual(['heading level=3: 甲乙', 'paragraph: ‸']);
    expect(changed(chapter([heading('甲乙')], [0, 1]), splitLine)).toEqual(['heading level=3: 甲', 'heading level=3: ‸乙']);
  });

  it('at the start of a line puts an empty line above and leaves the line itself alone', () => {
    const state = chapter([heading('甲')], [0, 0]);
    expect(changed(state, splitLine)).toEqual(['paragraph: ', 'heading level=3: ‸甲']);
    splitLine(state, (tr) => expect(tr.doc.child(1)).toBe(state.doc.child(0)));
  });

  it('replaces a selection over several lines', () => {
    expect(changed(chapter(['甲乙', '丙丁'], [0, 1], [1, 1]), splitLine)).toEqual(['paragraph: 甲', 'paragraph: ‸丁']);
  });

  it('does not copy the mark of a moved paragraph or unknown keys to the new line', () => {
    expect(changed(chapter([['paragraph', '甲乙', { moved: '7.1', extra: { later: 1 } }]], [0, 1]), splitLine)?.[1]).toBe('paragraph: ‸乙');
  });
});

describe('Backspace at the start of a line', () => {
  it('makes a heading or a list line a paragraph first', () => {
    expect(changed(chapter(['甲', heading('乙')], [1, 0]), plainAtStart)).toEqual(['paragraph: 甲', 'paragraph: ‸乙']);
    expect(changed(chapter([list('乙', 'ordered', 1)], [0, 0]), plainAtStart)).toEqual(['paragraph: ‸乙']);
  });

  it('leaves a paragraph, and any other place in the line, to the next command', () => {
    expect(changed(chapter(['甲', '乙'], [1, 0]), plainAtStart)).toBeNull();
    expect(changed(chapter([heading('乙')], [0, 1]), plainAtStart)).toBeNull();
  });

  it('takes an empty line above away, so that the text keeps its kind', () => {
    expect(changed(chapter([heading(''), '乙'], [1, 0]), deleteEmptyLineAbove)).toEqual(['paragraph: ‸乙']);
    expect(changed(chapter(['甲', '乙'], [1, 0]), deleteEmptyLineAbove)).toBeNull();
    expect(changed(chapter(['乙'], [0, 0]), deleteEmptyLineAbove)).toBeNull();
  });
});

describe('kinds of line', () => {
  it('turns all selected lines into headings and back, keeping alignment', () => {
    const state = chapter([['paragraph', '甲', { align: 'right' }], heading('乙', 4)], [0, 0], [1, 1]);
    expect(changed(state, toggleHeading(4))).toEqual(['heading align=right level=4: 甲', 'heading level=4: 乙‸']);
    expect(changed(chapter([heading('甲', 4), heading('乙', 4)], [0, 0], [1, 1]), toggleHeading(4))).toEqual([
      'paragraph: 甲',
      'paragraph: 乙‸',
    ]);
  });

  it('changes the kind of list without losing its depth, and takes the list off when it is that kind already', () => {
    expect(changed(chapter([list('甲', 'bullet', 2)], [0, 0]), toggleList('ordered'))).toEqual(['listLine list=ordered indent=2: ‸甲']);
    expect(changed(chapter([list('甲', 'bullet', 2)], [0, 0]), toggleList('bullet'))).toEqual(['paragraph: ‸甲']);
  });

  it('says so when there is nothing to change', () => {
    expect(changed(chapter(['甲'], [0, 0]), setParagraph)).toBeNull();
    expect(changed(chapter(['甲'], [0, 0]), setAlign(null))).toBeNull();
  });

  it('keeps what a later version has written on the line', () => {
    expect(changed(chapter([['paragraph', '甲', { extra: { later: 1 } }]], [0, 0]), toggleHeading(3))).toEqual([
      'heading extra=[object Object] level=3: ‸甲',
    ]);
  });

  it('aligns every selected line', () => {
    expect(changed(chapter(['甲', heading('乙')], [0, 0], [1, 0]), setAlign('center'))).toEqual([
      'paragraph align=center: 甲',
      'heading align=center level=3: ‸乙',
    ]);
  });
});

describe('indent', () => {
  it('moves list lines only, from none to the deepest', () => {
    expect(changed(chapter(['甲', list('乙')], [0, 0], [1, 0]), indentBy(1))).toEqual([
      'paragraph: 甲',
      'listLine list=bullet indent=1: ‸乙',
    ]);
    expect(changed(chapter([list('甲', 'bullet', MAX_INDENT)], [0, 0]), indentBy(1))).toBeNull();
    expect(changed(chapter([list('甲')], [0, 0]), indentBy(-1))).toBeNull();
  });

  it('knows whether the selection touches a list', () => {
    expect(inList(chapter(['甲', list('乙')], [0, 0], [1, 0]))).toBe(true);
    expect(inList(chapter(['甲', list('乙')], [0, 0]))).toBe(false);
  });
});

describe('moving lines', () => {
  it('carries the caret along, up and down', () => {
    expect(changed(chapter(['甲', '乙丙', '丁'], [1, 1]), moveLines('up'))).toEqual(['paragraph: 乙‸丙', 'paragraph: 甲', 'paragraph: 丁']);
    expect(changed(chapter(['甲', '乙丙', '丁'], [1, 1]), moveLines('down'))).toEqual([
      'paragraph: 甲',
      'paragraph: 丁',
      'paragraph: 乙‸丙',
    ]);
  });

  it('moves every selected line and stops at the ends', () => {
    expect(changed(chapter(['甲', heading('乙'), list('丙')], [1, 0], [2, 1]), moveLines('up'))).toEqual([
      'heading level=3: 乙',
      'listLine list=bullet: 丙‸',
      'paragraph: 甲',
    ]);
    expect(changed(chapter(['甲', '乙'], [0, 0]), moveLines('up'))).toBeNull();
    expect(changed(chapter(['甲', '乙'], [1, 0]), moveLines('down'))).toBeNull();
  });
});

describe('hard break', () => {
  it('breaks the line inside its paragraph', () => {
    expect(changed(chapter(['甲乙'], [0, 1]), insertHardBreak)).toEqual(['paragraph: 甲⏎‸乙']);
  });
});
