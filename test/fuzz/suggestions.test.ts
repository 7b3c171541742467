import { describe, expect, it } from 'vitest';
import { writeFigures } from '../support/figures.ts';
import { type SuggestionFigures, SuggestionRun } from '../support/suggestion-random.ts';

const proof = process.env['GONGBI_PROOF'] === '1';
const RUNS = Number(process.env['GONGBI_RUNS'] ?? (proof ? 4_000 : 400));
const STEPS = 120;
/** Another start makes other runs; a failure names its seed. */
const FIRST_SEED = Number(process.env['GONGBI_SEED'] ?? 1);

const figures: Partial<Record<keyof SuggestionFigures | 'runs', number>> = {};

function failureOf(seed: number): string | null {
  const run = new SuggestionRun(seed);
  try {
    run.run(STEPS);
    figures.runs = (figures.runs ?? 0) + 1;
    for (const [name, count] of Object.entries(run.figures) as [keyof SuggestionFigures, number][])
      figures[name] = (figures[name] ?? 0) + count;
    return null;
  } catch (error) {
    return `seed ${seed}: ${error instanceof Error ? (process.env['GONGBI_STACK'] ? error.stack : error.message) : String(error)}`;
  }
}

describe('editors change a chapter while others propose changes and somebody decides', () => {
  it('[SU1] accepted words stand once and under their proposer, declined ones nowhere, and every fork is what its entries make of it', {
    timeout: 1_200_000,
  }, () => {
    const failures = Array.from({ length: RUNS }, (_, index) => failureOf(FIRST_SEED + index)).filter((failure) => failure !== null);
    writeFigures('suggestions', { firstSeed: FIRST_SEED, failed: failures.length, ...figures });
    expect(failures.slice(0, 5)).toEqual([]);
    // The runs must have met what they are about.
    const { accepted = 0, declined = 0, superseded = 0, overtaken = 0, stale = 0, takenBack = 0 } = figures;
    expect(Math.min(accepted, declined)).toBeGreaterThan(RUNS);
    expect(Math.min(superseded, overtaken, stale, takenBack)).toBeGreaterThan(RUNS / 50);
  });
});
