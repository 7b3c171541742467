import { expect, test } from 'vitest';
import { toldKind } from '../../../client/features/reports/model.ts';

test('[TH10] the first screen says that somebody commented, and of kinds without words that something changed', () => {
  expect(toldKind('thread')).toBe('thread');
  expect(toldKind('seal')).toBe('other');
});
