import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { parseUpdate } from '../../../../server/core/admission/parse-update.ts';
import { ParsedUpdate } from '../../../../server/core/admission/parsed-update.ts';
import { paragraphsUpdate, seedUpdate } from '../../../../shared/text/seed.ts';

const into = new ParsedUpdate();

describe('parseUpdate', () => {
  it('reads the seed and a first text', () => {
    expect(parseUpdate(seedUpdate(), into)).toBeNull();
    expect(into.structs).toBe(1);
    expect(
      parseUpdate(
        paragraphsUpdate(
          [
            { kind: 'heading', text: '一、背景😀' },
            { kind: 'paragraph', text: 'a' },
          ],
          2,
        ),
        into,
      ),
    ).toBeNull();
    const decoded = Y.decodeUpdate(
      paragraphsUpdate(
        [
          { kind: 'heading', text: '一、背景😀' },
          { kind: 'paragraph', text: 'a' },
        ],
        2,
      ),
    );
    expect(into.structs).toBe(decoded.structs.length);
  });
});
