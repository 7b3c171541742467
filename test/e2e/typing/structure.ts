import { expect } from 'vitest';
import { type Expectation, expectChapter, type LineExpected, marked } from './expect.ts';
import type { Scenario } from './harness.ts';
import type { Sight } from './page/api.ts';
import type { Room } from './room.ts';
import { chapterOf } from './texts.ts';

const text = '今天我们讨论方案。';

type Act = (room: Room) => Promise<void>;

type Case = {
  readonly lines?: readonly LineExpected[];
  readonly a: Act;
  readonly b: Act;
  readonly end: readonly LineExpected[] | readonly (readonly LineExpected[])[];
  readonly check?: (sight: Sight, room: Room) => void | Promise<void>;
};

const typed: Act = async ({ a }) => {
  await a.caret(0, 6);
  await a.type('甲甲');
};

/** Runs a case twice, with either person's Yjs id the lower one: the end state must not hang on a tie. */
async function mergeApart(room: Room, { lines = [text], a, b, end, check }: Case): Promise<void> {
  for (const clients of [
    [11, 12],
    [22, 21],
  ] as const) {
    await room.begin(chapterOf(lines), clients);
    room.cut(room.a);
    room.cut(room.b);
    await a(room);
    await b(room);
    await room.join(room.a);
    await room.join(room.b);
    const oneOf = (Array.isArray(end[0]) ? end : [end]) as Expectation['oneOf'];
    const seen = await expectChapter(room, { oneOf, starts: 0 });
    await check?.(seen.a, room);
  }
}

/** Both offline, each changes the same place, then both copies meet. */
export function structureScenarios(scenario: Scenario): void {
  const merge = (id: string, sentence: string, given: Case): void => scenario(`TY-${id}`, sentence, (room) => mergeApart(room, given));

  merge('C1', 'A types after the point where B splits', {
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 2);
      await b.press('Enter');
    },
    end: ['今天', '我们讨论甲甲方案。'],
  });

  merge('C2', 'A types and B joins the paragraph to the one above', {
    lines: ['前', text],
    a: async ({ a }) => {
      await a.caret(1, 6);
      await a.type('甲甲');
    },
    b: async ({ b }) => {
      await b.caret(1, 0);
      await b.press('Backspace');
    },
    end: ['前今天我们讨论甲甲方案。'],
  });

  merge('C3', 'A types and B makes the paragraph a heading', {
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 0);
      await b.press('Control+Alt+3');
    },
    end: [{ kind: 'h3', text: '今天我们讨论甲甲方案。' }],
  });

  merge('C3b', "A types and B changes the heading's level", {
    lines: [{ kind: 'h3', text }],
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 0);
      await b.press('Control+Alt+4');
    },
    end: [{ kind: 'h4', text: '今天我们讨论甲甲方案。' }],
  });

  merge('C4', 'A types and B makes the paragraph a list line', {
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 0);
      await b.press('Control+Shift+8');
    },
    end: [{ kind: 'bullet:0', text: '今天我们讨论甲甲方案。' }],
  });

  merge('C5', 'A types and B makes everything bold', {
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 0, 9);
      await b.press('Control+b');
    },
    end: ['今天我们讨论甲甲方案。'],
    check: (sight) => expect(marked(sight.written[0], 'bold')).toMatch(/^今天我们讨论(甲甲)?方案。$/),
  });

  merge('C6', 'both split at different places', {
    a: async ({ a }) => {
      await a.caret(0, 6);
      await a.press('Enter');
    },
    b: async ({ b }) => {
      await b.caret(0, 2);
      await b.press('Enter');
    },
    end: ['今天', '我们讨论', '方案。'],
  });

  merge('C7', 'both type at one place and both words stay unbroken', {
    a: typed,
    b: async ({ b }) => {
      await b.caret(0, 6);
      await b.type('乙乙');
    },
    end: [['今天我们讨论甲甲乙乙方案。'], ['今天我们讨论乙乙甲甲方案。']],
  });

  merge('C8', 'both replace the same word and both new words stay once', {
    a: async ({ a }) => {
      await a.caret(0, 4, 6);
      await a.type('审议');
    },
    b: async ({ b }) => {
      await b.caret(0, 4, 6);
      await b.type('研究');
    },
    end: [['今天我们审议研究方案。'], ['今天我们研究审议方案。']],
  });

  merge('C11', '[TX4] A types in the paragraph that B deletes: the words stay in a paragraph of their own', {
    lines: ['前', text, '后'],
    a: async ({ a }) => {
      await a.caret(1, 6);
      await a.type('甲甲');
    },
    b: async ({ b }) => {
      await b.select([0, 1], [1, 9]);
      await b.press('Backspace');
    },
    end: ['前', '甲甲', '后'],
  });

  merge('C12', '[TX4] A types in the paragraph that B moves: the words stay at the old place, marked as moved away', {
    lines: ['前', text, '后'],
    a: async ({ a }) => {
      await a.caret(1, 6);
      await a.type('甲甲');
    },
    b: async ({ b }) => {
      await b.caret(1, 0);
      await b.press('Alt+ArrowUp');
    },
    end: [text, '前', '甲甲', '后'],
    check: async (_sight, room) => {
      for (const person of [room.a, room.b]) {
        expect(await person.page.evaluate(() => window.typing.movedAway())).toEqual([{ line: 2, leadsTo: 0 }]);
      }
    },
  });

  merge('C13', 'both delete the same words', {
    a: async ({ a }) => {
      await a.caret(0, 4, 6);
      await a.press('Backspace');
    },
    b: async ({ b }) => {
      await b.caret(0, 4, 6);
      await b.press('Delete');
    },
    end: ['今天我们方案。'],
  });

  merge('C14', 'A and B make overlapping words bold', {
    a: async ({ a }) => {
      await a.caret(0, 0, 4);
      await a.press('Control+b');
    },
    b: async ({ b }) => {
      await b.caret(0, 2, 6);
      await b.press('Control+b');
    },
    end: [text],
    check: (sight) => expect(marked(sight.written[0], 'bold')).toBe('今天我们讨论'),
  });
}
