import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLIENT_LIMITS, OWN_LIMITS, parseUpdate } from '../../../../server/core/admission/parse-update.ts';
import { CONTENT, HAS, ParsedUpdate } from '../../../../server/core/admission/parsed-update.ts';
import { paragraphsUpdate } from '../../../../shared/text/seed.ts';
import { Writer } from './writers.ts';

const into = new ParsedUpdate();

describe('parseUpdate', () => {
  it('[AD1] tells of each item what it is, where it stands, and how long it is in UTF-16 units', () => {
    const writer = new Writer(100_001);
    writer.doc.transact(() => {
      writer.text.insert(0, '字😀');
      writer.text.insertEmbed(3, new Y.Map([['kind', 'heading']]));
    });
    expect(parseUpdate(writer.outbox[0]!, into)).toBeNull();
    expect([...into.content.slice(0, into.structs)]).toEqual([CONTENT.string, CONTENT.type, CONTENT.any]);
    expect([...into.length.slice(0, into.structs)]).toEqual([3, 1, 1]);
    expect([...into.clock.slice(0, into.structs)]).toEqual([0, 3, 4]);
    expect(into.has[0]).toBe(HAS.rightOrigin);
    expect([into.rightClient[0], into.rightClock[0]]).toEqual([1, 0]);
    expect(into.has[2]).toBe(HAS.parentId | HAS.key);
    expect([into.parentClient[2], into.parentClock[2], into.key[2]]).toEqual([100_001, 3, 'kind']);
    expect(new TextDecoder().decode(into.bytes.slice(into.from[0], into.to[0]))).toBe('字😀');
  });

  it('[AD1] is used again: a short update after a long one shows nothing of the long one', () => {
    const blocks = Array.from({ length: 500 }, (_, index) => ({ kind: 'paragraph' as const, text: `第${index}段` }));
    expect(parseUpdate(paragraphsUpdate(blocks, 2), into)).toBeNull();
    expect(into.structs).toBeGreaterThan(900);
    const writer = new Writer(100_001);
    writer.write(() => writer.text.insert(0, 'a'));
    expect(parseUpdate(writer.outbox[0]!, into)).toBeNull();
    expect([into.sections, into.structs, into.deletes]).toEqual([1, 1, 0]);
    expect(into.structAt(100_001, 0)).toBe(0);
    expect(into.structAt(100_001, 1)).toBe(-1);
    expect(into.sectionOf(2)).toBe(-1);
  });

  it('[AD1] lets the server’s own import be larger than what a client may send', () => {
    const blocks = Array.from({ length: 26_000 }, (_, index) => ({ kind: 'paragraph' as const, text: `${index}` }));
    const update = paragraphsUpdate(blocks, 2);
    expect(parseUpdate(update, into, CLIENT_LIMITS)).toBe('too-big');
    expect(parseUpdate(update, into, OWN_LIMITS)).toBeNull();
    expect(into.structs).toBe(Y.decodeUpdate(update).structs.length);
  });
});
