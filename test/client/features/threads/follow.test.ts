import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeardThreads, heardEntry, NOTHING_HEARD } from '../../../../client/connection/heard-threads.ts';
import { type Followed, placesDelay, withHeard, withList, withPlaces } from '../../../../client/features/threads/follow.ts';
import type { MemberId, NodeId, Seq } from '../../../../shared/ids.ts';
import { reduceThreads } from '../../../../shared/threads/fold.ts';
import { NO_THREADS, type ThreadEvent, type Threads } from '../../../../shared/threads/thread.ts';
import type { EntryMessage } from '../../../../shared/wire/protocol.ts';

const HE = 'member10000000000' as MemberId;
const NODE = 'node100000000000' as NodeId;
const anchor = { on: 'text' as const, node: NODE, ids: [], quote: '用时', before: '', after: '' };
const start: ThreadEvent = { op: 'start', anchor, body: { text: '请补', mentions: [] }, to: null, due: null };

function told(seq: Seq, event: ThreadEvent | null): EntryMessage {
  if (event === null) return { kind: 'entry', seq, entry: { at: seq, author: HE, kind: 'text', subject: NODE } };
  return { kind: 'entry', seq, entry: { at: seq, author: HE, kind: 'thread', subject: NODE, event } };
}

/** What the socket told, in order. */
function hear(messages: readonly EntryMessage[]): HeardThreads {
  let heard = NOTHING_HEARD;
  let last = 0;
  for (const message of messages) {
    heard = heardEntry(heard, last, message);
    last = Math.max(last, message.seq);
  }
  return heard;
}

/** The server's fold after some of the entries. */
function foldOf(messages: readonly EntryMessage[]): Threads {
  let threads = NO_THREADS;
  for (const { seq, entry } of messages) {
    if (entry?.kind !== 'thread') continue;
    const header = { seq, at: entry.at, author: entry.author, kind: 'thread' as const, subject: NODE };
    threads = reduceThreads(threads, entry.event as ThreadEvent, header);
  }
  return threads;
}
const known = (threads: Threads, seq: Seq): Followed => ({ threads, seq, places: [], placesSeq: seq });

describe('[TH11] comments are followed by what the socket tells', () => {
  it('whenever the list was asked for, and whatever was missed on the way, what is shown is the server’s or is asked for again', () => {
    const event = fc.oneof(
      fc.constant(null),
      fc.constant(start),
      fc.nat(30).map((thread): ThreadEvent => ({ op: 'reply', thread, body: { text: '已补', mentions: [] } })),
      fc.nat(30).map((thread): ThreadEvent => ({ op: 'close', thread, disposition: 'adopted', reason: '' })),
      fc.nat(30).map((thread): ThreadEvent => ({ op: 'delete', thread, comment: thread })),
    );
    let followed = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 30 }), fc.nat(30), fc.option(fc.nat(28)), (events, listed, lost) => {
        const all = events.map((one, index) => told(index + 1, one));
        const at = Math.min(listed, all.length);
        const heard = hear(all.filter((_, index) => index !== lost));
        const shown = withHeard(known(foldOf(all.slice(0, at)), at), heard);
        const gap = lost !== null && lost < all.length - 1 ? lost + 1 : 0;
        expect(shown === null).toBe(at < gap);
        if (shown === null || lost === all.length - 1) return;
        expect(shown.threads).toEqual(foldOf(all));
        followed += 1;
      }),
    );
    expect(followed).toBeGreaterThan(10);
  });

  it('a message that comes twice counts once, text leaves everything as it is, and of very many the oldest are asked for again', () => {
    const heard = hear([told(1, start), told(1, start)]);
    expect(heard.entries).toHaveLength(1);
    expect(heardEntry(heard, 1, told(2, null))).toBe(heard);
    const before = known(foldOf([told(1, start)]), 1);
    expect(withHeard(before, heard)).toBe(before);
    const many = hear(Array.from({ length: 250 }, (_, index) => told(index + 1, start)));
    expect(withHeard(known(NO_THREADS, 0), many)).toBeNull();
    expect(withHeard(known(foldOf([]), 50), many)?.threads).toHaveLength(200);
  });

  it('an older answer never takes the place of a newer one', () => {
    const newer = known(foldOf([told(1, start)]), 5);
    expect(withList(newer, { seq: 4, threads: [], places: [] })).toBe(newer);
    expect(withPlaces(newer, { seq: 4, places: [] })).toBe(newer);
    expect(withList(newer, { seq: 6, threads: [], places: [] })).toMatchObject({ seq: 6, threads: [], placesSeq: 6 });
  });

  it('places are asked for at once after what was said, once a second at most, and while somebody types without end every few seconds', () => {
    expect(placesDelay(10_000, { said: true, asked: 0, since: 10_000 })).toBe(0);
    expect(placesDelay(10_000, { said: true, asked: 9_700, since: 10_000 })).toBe(700);
    expect(placesDelay(10_000, { said: false, asked: 0, since: 10_000 })).toBe(900);
    expect(placesDelay(14_900, { said: false, asked: 0, since: 10_000 })).toBe(100);
    expect(placesDelay(16_000, { said: false, asked: 15_500, since: 10_000 })).toBe(500);
  });
});
