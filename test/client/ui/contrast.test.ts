import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const CSS = readFileSync(join(import.meta.dirname, '../../../client/styles/tokens.css'), 'utf8');

type Rgb = readonly [number, number, number];

/** Colour tokens of one theme; the dark one takes over what it does not name. */
function tokens(theme: 'light' | 'dark'): ReadonlyMap<string, Rgb> {
  const [light = '', dark = ''] = CSS.split(':root[data-theme="dark"]');
  const read = (text: string): [string, Rgb][] =>
    [...text.matchAll(/--([\w-]+):\s*#([0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
      name,
      [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb,
    ]);
  return new Map(theme === 'light' ? read(light) : [...read(light), ...read(dark)]);
}

/** WCAG 2.2 relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['canvas', 'surface', 'paper', 'raised', 'hover', 'sunken'];
const AUTHORS = [1, 2, 3, 4, 5, 6].map((number) => `author-${number}`);
/** Words: [ink, ground]. */
const WORDS: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((ink) => SURFACES.map((ground) => [ink, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['accent-ink', 'accent-soft'],
  ['accent-ink', 'raised'],
  ['on-info', 'info'],
  ['info', 'info-soft'],
  ['info', 'surface'],
  ['ok', 'ok-soft'],
  ['ok', 'surface'],
  ['warn', 'warn-soft'],
  ['warn', 'surface'],
  ['warn', 'info-soft'],
  ['ink', 'info-soft'],
  ['ink-3', 'info-soft'],
  ['paper', 'ink'],
  ...AUTHORS.map((author) => [author, 'paper'] as const),
  ...AUTHORS.map((author) => ['on-author', author] as const),
];
/** Edges of what can be operated, and the focus ring. */
const EDGES = ['canvas', 'surface', 'paper', 'raised'].flatMap((ground) => [['control', ground] as const, ['focus', ground] as const]);

describe.each(['light', 'dark'] as const)('%s colours', (theme) => {
  const named = tokens(theme);
  const of = (name: string): Rgb => {
    const colour = named.get(name);
    if (colour === undefined) throw new Error(`tokens.css has no --${name}.`);
    return colour;
  };
  const below = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([ink, ground]) => ({ pair: `${ink} on ${ground}`, ratio: contrast(of(ink), of(ground)) }))
      .filter(({ ratio }) => ratio < least);

  test('[UI5] every word reaches 4.5 to 1 on the ground it stands on', () => {
    expect(below(WORDS, 4.5)).toEqual([]);
  });

  test('[UI5] the edge of whatever can be operated, and the focus ring, reach 3 to 1', () => {
    expect(below(EDGES, 3)).toEqual([]);
  });
});

test('the measure knows black from white', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast([255, 255, 255], [255, 255, 255])).toBe(1);
});
