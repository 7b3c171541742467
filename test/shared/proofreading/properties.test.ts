import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBlocks } from '../../../shared/proofreading/blocks.ts';
import type { Finding, ProofBlock } from '../../../shared/proofreading/finding.ts';
import { proofread, proofreadLine } from '../../../shared/proofreading/proofread.ts';
import { indexTerms } from '../../../shared/proofreading/rules/terms.ts';
import { cleanTexts, drafts, fixed, paragraph } from './fixtures.ts';

const index = indexTerms();
const texts = [...drafts(), ...cleanTexts()].map(({ text }) => text);
const sentences = texts.flatMap((text) => text.split(/(?<=[。；\n])/)).filter((sentence) => sentence.trim() !== '');

/** Sentences as people write them, cut, doubled and put together at chance. */
const muddled = fc
  .array(
    fc.record({
      sentence: fc.constantFrom(...sentences),
      cut: fc.nat(60),
      mark: fc.constantFrom(
        '',
        '，',
        '。',
        '“',
        '”',
        '《',
        '》',
        '（',
        ')',
        '的',
        '的的',
        '**',
        '12',
        '约',
        '左右',
        ' ',
        '𬭁',
        '\v',
        '一是',
        '三是',
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.map(({ sentence, cut, mark }) => sentence.replaceAll('\n', '').slice(0, 60 - (cut % 50)) + mark).join(''));

const isSame = (one: Finding, other: Finding) => one.message === other.message && one.quote === other.quote && one.from === other.from;

test('[PF3] a fix leaves nothing that says the same of the same place', () => {
  const tried: string[] = [];
  const tryAll = (block: ProofBlock) => {
    for (const finding of proofreadLine(block, index)) {
      if (finding.fix === undefined) continue;
      const after = proofreadLine({ ...block, text: fixed(block.text, finding) }, index);
      tried.push(finding.message);
      expect(
        after.filter((other) => isSame(other, finding)),
        `${finding.message} ${finding.quote} in ${block.text}`,
      ).toEqual([]);
    }
  };
  for (const text of texts) for (const block of textBlocks(text)) tryAll(block);
  fc.assert(
    fc.property(muddled, (text) => tryAll(paragraph(text))),
    { numRuns: 300, seed: 7 },
  );
  expect(new Set(tried).size).toBeGreaterThan(15);
});

test('[PF3] places lie within their line, do not cut a character, and say what stands there', () => {
  fc.assert(
    fc.property(fc.array(muddled, { maxLength: 5 }), (lines) => {
      for (const { place, from, to, quote, fix } of proofread(
        lines.map((text, line) => ({ ...paragraph(text), place: { node: null, part: 'text', line } })),
      )) {
        const text = lines[place.line]!;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(text.slice(from, to)).toBe(quote);
        if (fix !== undefined) expect([fix.from >= 0, fix.to <= text.length, fix.from <= fix.to]).toEqual([true, true, true]);
        expect(() => encodeURIComponent(quote)).not.toThrow();
      }
    }),
    { numRuns: 200, seed: 11 },
  );
});

test('[PF3] any text at all is read without an error, and twice alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(proofread(textBlocks(text))).toEqual(proofread(textBlocks(text)));
    }),
    { numRuns: 300, seed: 3 },
  );
  for (const text of texts) expect(proofread(textBlocks(text))).toEqual(proofread(textBlocks(text)));
});

test('[PF4] 300 000 characters take time in proportion, in many lines and in one', () => {
  const text = texts.join('');
  const long = text.repeat(Math.ceil(300_000 / text.length)).slice(0, 300_000);
  const lines = long.split('\n').map(paragraph);
  const line = [paragraph(long.replaceAll('\n', ''))];
  const short = [paragraph(line[0]!.text.slice(0, 30_000))];
  const time = (blocks: readonly ProofBlock[]) => {
    // Time of this process, not of the clock: others may be using the machine.
    const before = process.cpuUsage();
    proofread(blocks);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  // Warm, so that the first reading does not pay for the tables.
  time(short);
  const least = Math.min(time(short), time(short), time(short));
  expect(Math.min(time(lines), time(lines))).toBeLessThan(Math.max(20, least) * 40);
  expect(Math.min(time(line), time(line))).toBeLessThan(Math.max(20, least) * 40);
});
