import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align } from '../../../shared/sign-off/align.ts';
import { asValue, type CanonicalBlock, hashOf } from '../../../shared/sign-off/canonical.ts';
import { classify } from '../../../shared/sign-off/classify.ts';
import { substanceOfBlock, substanceOfText } from '../../../shared/sign-off/editorial.ts';

const block = (text: string, attrs: CanonicalBlock['attrs'] = {}, kind = 'paragraph'): CanonicalBlock => ({
  kind,
  attrs,
  runs: text === '' ? [] : [{ text, marks: [] }],
});
const substanceHash = (one: CanonicalBlock): string => hashOf(asValue(substanceOfBlock(one)));
const sentence = fc.stringMatching(/^[市县推进应当不得3７5，。（）%A-C ]{1,16}$/);
/** Pairs of the two widths of one mark. */
const WIDTHS = ['，,', '；;', '：:', '？?', '！!', '（(', '）)', '％%', '＂"', '．.'].map(
  (pair) => [pair.charAt(0), pair.charAt(1)] as const,
);

describe('what is editorial', () => {
  test('[ED1] white space not between digits or Latin letters may come and go', () => {
    fc.assert(
      fc.property(sentence, fc.nat(16), fc.constantFrom(' ', '\u3000', '\u00a0', '\t', '  '), (text, at, white) => {
        const place = Math.min(at, text.length);
        const [left, right] = [text.slice(0, place).trimEnd().at(-1) ?? '', text.slice(place).trimStart().at(0) ?? ''];
        const parts = /[0-9A-Za-z０-９]/.test(left) && /[0-9A-Za-z０-９]/.test(right);
        const hadWhite = /\s$/.test(text.slice(0, place)) || /^\s/.test(text.slice(place));
        const changed = text.slice(0, place) + white + text.slice(place);
        expect(substanceHash(block(changed)) === substanceHash(block(text))).toBe(!parts || hadWhite);
      }),
    );
  });

  test.each(WIDTHS)('[ED1] %s and %s are one mark in two widths', (full, half) => {
    expect(substanceHash(block(`增长${full}3`))).toBe(substanceHash(block(`增长${half}3`)));
  });

  test('[ED1] a list line’s numbering is none of its substance; its depth is', () => {
    const line = (attrs: CanonicalBlock['attrs']) => substanceHash(block('抓落实', attrs, 'listLine'));
    expect(line({ list: 'ordered' })).toBe(line({ list: 'bullet' }));
    expect(line({ list: 'ordered', indent: 1 })).not.toBe(line({ list: 'ordered' }));
  });

  test('[ED2] every other edit of a character changes the substance', () => {
    const other = fc.constantFrom('改', '不', '5', 'Z', '、', '“', '—', '３');
    fc.assert(
      fc.property(sentence, fc.nat(16), other, (text, at, character) => {
        const place = Math.min(at, text.length);
        expect(substanceHash(block(text.slice(0, place) + character + text.slice(place)))).not.toBe(substanceHash(block(text)));
      }),
    );
    fc.assert(
      fc.property(sentence, fc.nat(16), (text, at) => {
        const place = Math.min(at, text.length - 1);
        if (/\s/.test(text.charAt(place))) return;
        expect(substanceHash(block(text.slice(0, place) + text.slice(place + 1)))).not.toBe(substanceHash(block(text)));
      }),
    );
  });

  test('[ED2] so does a mark, a heading, an alignment, and a line break', () => {
    const hashes = [
      block('甲乙'),
      {
        ...block('甲乙'),
        runs: [
          { text: '甲', marks: ['bold'] },
          { text: '乙', marks: [] },
        ],
      },
      block('甲乙', {}, 'heading'),
      block('甲乙', { align: 'center' }),
      block('甲\u2028乙'),
    ].map(substanceHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('[ED1] where runs meet does not matter: white space lies in one or the other by chance', () => {
    const split = {
      ...block(''),
      runs: [
        { text: '甲 ', marks: [] },
        { text: '乙', marks: ['bold'] },
      ],
    };
    const other = {
      ...block(''),
      runs: [
        { text: '甲', marks: [] },
        { text: '\u3000乙', marks: ['bold'] },
      ],
    };
    expect(substanceHash(split)).toBe(substanceHash(other));
  });

  test('[ED1] taking out twice takes out nothing more', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        expect(substanceOfText(substanceOfText(text))).toBe(substanceOfText(text));
      }),
    );
  });
});

describe('what a change is called', () => {
  test.each([
    ['压缩至21个工作日', '压缩至18个工作日', ['number']],
    ['2025年3月办结', '2025年4月办结', ['date']],
    ['应当实行承诺制', '可以实行承诺制', ['modal']],
    ['予以公开', '不予公开', ['negation', 'words']],
    ['由罗映川负责', '由贺清漪负责', ['name']],
    ['依据《优化营商环境条例》', '依据《行政许可法》', ['name']],
    ['优化审批', '精简审批', ['words']],
  ] as const)('[ED3] 「%s」 → 「%s」 is of substance, and says what of it', (before, after, named) => {
    expect(classify(before, after, ['罗映川', '贺清漪'])).toEqual({ kind: 'substance', named });
  });

  test('[ED3] 「进门;综合查验」 → 「进门；综合查验」 is editorial', () => {
    expect(classify('进门;综合查验', '进门； 综合查验')).toEqual({ kind: 'editorial', named: [] });
  });
});

describe('aligning a signed list with the list of now', () => {
  const lists = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  test('[SO4] what is neither gone nor added is the same, in the same order', () => {
    fc.assert(
      fc.property(lists, lists, (signed, now) => {
        const { gone, added } = align(signed, now);
        const kept = signed.filter((_hash, index) => !gone.includes(index));
        expect(kept).toEqual(now.filter((_hash, index) => !added.includes(index)));
      }),
    );
  });

  test('[SO4] one changed paragraph is one gone and one added; one changed back is none', () => {
    expect(align(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual({ gone: [1], added: [1] });
    expect(align(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual({ gone: [], added: [] });
  });
});
