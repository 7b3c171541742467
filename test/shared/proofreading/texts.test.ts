import { expect, test } from 'vitest';
import { SAMPLE_PARTS, SAMPLE_PREFACE, SAMPLE_TITLE } from '../../../server/sample/sample-text.ts';
import { withoutWhiteSpace } from '../../../shared/counting/count.ts';
import { textBlocks } from '../../../shared/proofreading/blocks.ts';
import { countFindings, proofread } from '../../../shared/proofreading/proofread.ts';
import { cleanTexts, drafts, met } from './fixtures.ts';

const sample = [
  SAMPLE_TITLE,
  ...SAMPLE_PREFACE,
  ...SAMPLE_PARTS.flatMap(({ chapters }) => chapters.flatMap(({ paragraphs }) => paragraphs)),
].join('\n');

test('[PF1] more than 20 000 characters of clean official prose have no error, and hardly a warning', () => {
  const texts = [...cleanTexts().map(({ text }) => text), sample];
  const characters = texts.reduce((total, text) => total + withoutWhiteSpace(text).length, 0);
  const findings = texts.flatMap((text) => proofread(textBlocks(text)));
  expect(characters).toBeGreaterThan(20_000);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ message, quote }) => `${message} ${quote}`)).toEqual([]);
  expect(countFindings(findings).warning).toBeLessThanOrEqual(characters / 5_000);
});

test('[PF2] of the mistakes planted in each draft more than three quarters are found', () => {
  for (const draft of drafts()) {
    const { found, missed } = met(draft);
    expect(draft.planted.length, draft.name).toBeGreaterThan(17);
    expect(found.length / draft.planted.length, `${draft.name}: missed ${missed.map(({ wrong }) => wrong).join('、')}`).toBeGreaterThan(
      0.75,
    );
  }
});

test('[PF2] an answer key names words that stand in their line', () => {
  for (const { name, text, planted } of drafts()) {
    const lines = text.split('\n');
    for (const { line, wrong } of planted) expect(lines[line - 1], `${name}:${line}`).toContain(wrong);
  }
});
