import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textBlocks } from '../../../shared/proofreading/blocks.ts';
import type { Finding, ProofBlock } from '../../../shared/proofreading/finding.ts';
import { proofread } from '../../../shared/proofreading/proofread.ts';
import { repository } from '../../support/repository.ts';

const folder = join(repository, 'test/fixtures/proofreading');

export interface Fixture {
  readonly name: string;
  readonly text: string;
}

/** Texts without a mistake, as an office would send them out. */
export function cleanTexts(): Fixture[] {
  const own = readdirSync(join(folder, 'clean')).map((name) => ({ name, text: readFileSync(join(folder, 'clean', name), 'utf8') }));
  // Recordings for the importer, clean in their words: those that are written as a whole in full width.
  const imported = ['01-annual-report', '06-speech', '12-no-headings', '14-continued-numbers', '15-numbered-paragraphs'].map((name) => ({
    name,
    text: readFileSync(join(repository, 'test/fixtures/import', `${name}.txt`), 'utf8'),
  }));
  return [...own, ...imported];
}

export interface Planted {
  /** From 1. */
  readonly line: number;
  readonly wrong: string;
  readonly why: string;
}

export interface Draft extends Fixture {
  readonly planted: readonly Planted[];
}

/** Drafts with their answer keys: line, words, why; the words stand once in their line. */
export function drafts(): Draft[] {
  return readdirSync(join(folder, 'drafts'))
    .filter((name) => !name.endsWith('.key.txt'))
    .map((name) => {
      const key = readFileSync(join(folder, 'drafts', name.replace('.txt', '.key.txt')), 'utf8');
      const planted = key
        .trim()
        .split('\n')
        .map((row) => row.split('\t'))
        .map(([line, wrong, why]) => ({ line: Number(line), wrong: wrong ?? '', why: why ?? '' }));
      return { name, text: readFileSync(join(folder, 'drafts', name), 'utf8'), planted };
    });
}

/** Which planted mistakes are met by a finding that overlaps them. */
export function met({ text, planted }: Draft): { readonly found: readonly Planted[]; readonly missed: readonly Planted[] } {
  const findings = proofread(textBlocks(text));
  const lines = text.split('\n');
  const isMet = ({ line, wrong }: Planted) => {
    const at = lines[line - 1]!.indexOf(wrong);
    return findings.some(({ place, from, to }) => place.line === line - 1 && from < at + wrong.length && to > at);
  };
  return { found: planted.filter(isMet), missed: planted.filter((one) => !isMet(one)) };
}

/** One paragraph by itself. */
export function paragraph(text: string): ProofBlock {
  return { place: { node: null, part: 'text', line: 0 }, kind: 'paragraph', level: 0, number: '', text };
}

/** What is said of a text of these lines: `message「quote」`. */
export function said(...lines: readonly string[]): string[] {
  return proofread(lines.map(paragraph)).map(({ message, quote }) => `${message}「${quote}」`);
}

/** The text of a block after a finding's fix. */
export function fixed(text: string, { fix }: Finding): string {
  return fix === undefined ? text : text.slice(0, fix.from) + fix.text + text.slice(fix.to);
}
