import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import { decodeEntry, encodeEvent } from '../../../shared/log/codec.ts';
import type { EntryHeader } from '../../../shared/log/entry.ts';
import { asText, decideThread, isText, type ThreadCommand } from '../../../shared/threads/decide.ts';
import { reduceThreads } from '../../../shared/threads/fold.ts';
import {
  type Anchor,
  type CommentBody,
  DISPOSITIONS,
  MAX_BODY,
  NO_THREADS,
  type ThreadEvent,
  type Threads,
  threadOf,
} from '../../../shared/threads/thread.ts';

const NODE = 'chapter000000001' as NodeId;
const [ZHOU, GU, LU, STRANGER] = ['zhou000000000000', 'gu00000000000000', 'lu00000000000000', 'stranger00000000'] as MemberId[];
const ANCHOR: Anchor = {
  on: 'text',
  node: NODE,
  ids: [{ chapter: NODE, client: 7, clock: 3, length: 4 }],
  quote: '平均用时',
  before: '审批',
  after: '由46个',
};
const said = (text: string, mentions: CommentBody['mentions'] = []): CommentBody => ({ text, mentions });

/** A report's threads and who speaks next. */
class Talk {
  threads: Threads = NO_THREADS;
  seq: Seq = 0;

  ask(by: MemberId, command: ThreadCommand, mayClose = by === ZHOU, mayComment = true): string {
    const asker = { member: by, mayComment, mayClose, belongs: (member: MemberId) => member !== STRANGER };
    const decided = decideThread(this.threads, command, asker);
    if (!decided.ok) return decided.error;
    if (decided.value === null) return 'stands';
    this.add(by, decided.value);
    return 'done';
  }

  add(author: MemberId, event: ThreadEvent): void {
    this.seq += 1;
    const header: EntryHeader = { seq: this.seq, at: this.seq * 1_000, author, kind: 'thread', subject: NODE };
    this.threads = reduceThreads(this.threads, event, header);
  }

  start(by: MemberId = GU!, text = '起算点请写明', mentions: CommentBody['mentions'] = []): Seq {
    expect(this.ask(by, { op: 'start', anchor: ANCHOR, body: said(text, mentions), to: null, due: null })).toBe('done');
    return this.seq;
  }

  get last() {
    return this.threads.at(-1)!;
  }
}

describe('[TH1] what may be said, and by whom', () => {
  it('a thread begins, is answered, changed by its writer only, and counts its words', () => {
    const talk = new Talk();
    const thread = talk.start();
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('已核对') })).toBe('done');
    const reply = talk.seq;
    expect(talk.ask(GU!, { op: 'edit', thread, comment: reply, body: said('改别人的') })).toBe('comment-not-yours');
    expect(talk.ask(GU!, { op: 'delete', thread, comment: reply })).toBe('comment-not-yours');
    expect(talk.ask(LU!, { op: 'edit', thread, comment: reply, body: said('已与中心核对') })).toBe('done');
    expect(talk.last.comments[1]).toMatchObject({ by: LU, body: { text: '已与中心核对' }, edited: { seq: talk.seq } });
    expect(talk.ask(LU!, { op: 'edit', thread, comment: reply, body: said('已与中心核对') })).toBe('stands');
  });

  it('words are plain, not empty and not without end; a reader says nothing', () => {
    const talk = new Talk();
    const thread = talk.start();
    for (const text of ['', ' \n ', 'a\u0000b', 'x'.repeat(MAX_BODY + 1), '\ud800', 'a\u2028b'])
      expect(talk.ask(GU!, { op: 'reply', thread, body: said(text) })).toBe('comment-bad-text');
    expect(talk.ask(GU!, { op: 'reply', thread, body: said('<img src=x onerror=alert(1)>\n**粗**') })).toBe('done');
    expect(talk.ask(GU!, { op: 'reply', thread, body: said('我也说') }, false, false)).toBe('forbidden');
    expect(talk.ask(GU!, { op: 'reply', thread: 99, body: said('有吗') })).toBe('no-such-thread');
  });

  it('a mention stands at an @ or ＠ and names a member', () => {
    const talk = new Talk();
    const thread = talk.start();
    const mention = (text: string, at: number, length: number, member = ZHOU!) =>
      talk.ask(GU!, { op: 'reply', thread, body: said(text, [{ member, at, length }]) });
    expect(mention('请 @周砚秋 补', 2, 4)).toBe('done');
    expect(mention('请 ＠周砚秋 看', 2, 4)).toBe('done');
    expect(mention('请 周砚秋 看', 2, 3)).toBe('comment-bad-mention');
    expect(mention('请 @周', 2, 9)).toBe('comment-bad-mention');
    expect(mention('请 @外人 看', 2, 3, STRANGER!)).toBe('comment-bad-mention');
  });

  it('a message that comes twice says nothing twice', () => {
    const talk = new Talk();
    const thread = talk.start();
    expect(talk.ask(GU!, { op: 'start', anchor: ANCHOR, body: said('起算点请写明'), to: null, due: null })).toBe('stands');
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('好') })).toBe('done');
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('好') })).toBe('stands');
    expect(talk.threads.length).toBe(1);
  });

  it('what was taken back leaves a mark while others answered it, and nothing when nobody did', () => {
    const talk = new Talk();
    const thread = talk.start();
    talk.ask(LU!, { op: 'reply', thread, body: said('已核对') });
    const reply = talk.seq;
    talk.ask(GU!, { op: 'delete', thread, comment: thread });
    expect(talk.last).toMatchObject({ withdrawn: false, comments: [{ body: { text: '' }, deleted: { seq: talk.seq } }, {}] });
    talk.ask(LU!, { op: 'delete', thread, comment: reply });
    expect(talk.last).toMatchObject({ withdrawn: true });
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('还在吗') })).toBe('no-such-thread');
  });

  it('who is named by a later change is named then; who was named before stays so', () => {
    const talk = new Talk();
    const thread = talk.start(GU!, '@周砚秋 看', [{ member: ZHOU!, at: 0, length: 4 }]);
    const both = said('@周砚秋 @陆明远 看', [
      { member: ZHOU!, at: 0, length: 4 },
      { member: LU!, at: 5, length: 4 },
    ]);
    talk.ask(GU!, { op: 'edit', thread, comment: thread, body: both });
    expect(talk.last.comments[0]!.named).toEqual([
      { member: ZHOU, at: 1_000, seq: 1 },
      { member: LU, at: 2_000, seq: 2 },
    ]);
  });
});

describe('[TH5] a thread is closed with a disposition', () => {
  it('部分采纳 and 未采纳 ask for a reason; what is closed takes no reply until it is opened again', () => {
    const talk = new Talk();
    const thread = talk.start();
    for (const disposition of ['partly', 'declined'] as const)
      expect(talk.ask(ZHOU!, { op: 'close', thread, disposition, reason: ' ' })).toBe('thread-reason');
    expect(talk.ask(ZHOU!, { op: 'close', thread, disposition: 'declined', reason: '口径由上级统一' })).toBe('done');
    expect(talk.last.closed).toMatchObject({ by: ZHOU, disposition: 'declined', reason: '口径由上级统一' });
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('再议') })).toBe('thread-closed');
    expect(talk.ask(ZHOU!, { op: 'close', thread, disposition: 'adopted', reason: '' })).toBe('thread-closed');
    expect(talk.ask(LU!, { op: 'reopen', thread })).toBe('forbidden');
    expect(talk.ask(GU!, { op: 'reopen', thread })).toBe('done');
    expect(talk.ask(LU!, { op: 'reply', thread, body: said('再议') })).toBe('done');
  });

  it('who began it or was asked may say that it is answered, and nothing more', () => {
    const talk = new Talk();
    const thread = talk.start();
    expect(talk.ask(GU!, { op: 'close', thread, disposition: 'adopted', reason: '' })).toBe('forbidden');
    expect(talk.ask(LU!, { op: 'close', thread, disposition: 'answered', reason: '' })).toBe('forbidden');
    expect(talk.ask(GU!, { op: 'assign', thread, to: STRANGER!, due: null })).toBe('no-such-member');
    expect(talk.ask(GU!, { op: 'assign', thread, to: LU!, due: '2026-01-08' })).toBe('done');
    expect(talk.ask(GU!, { op: 'assign', thread, to: LU!, due: '2026-01-08' })).toBe('stands');
    expect(talk.ask(LU!, { op: 'close', thread, disposition: 'answered', reason: '' })).toBe('done');
  });
});

describe('[TH1] threads as entries', () => {
  const member = fc.constantFrom(ZHOU!, GU!, LU!);
  const body = fc.record({ text: fc.string({ maxLength: 20 }), mentions: fc.constant([]) });
  const id = fc.integer({ min: 1, max: 30 });
  const due = fc.constantFrom(null, '2026-01-08');
  const event: fc.Arbitrary<ThreadEvent> = fc.oneof(
    fc.record({ op: fc.constant('start' as const), anchor: fc.constant(ANCHOR), body, to: fc.option(member), due }),
    fc.record({ op: fc.constant('reply' as const), thread: id, body }),
    fc.record({ op: fc.constant('edit' as const), thread: id, comment: id, body }),
    fc.record({ op: fc.constant('delete' as const), thread: id, comment: id }),
    fc.record({ op: fc.constant('assign' as const), thread: id, to: fc.option(member), due }),
    fc.record({ op: fc.constant('close' as const), thread: id, disposition: fc.constantFrom(...DISPOSITIONS), reason: fc.string() }),
    fc.record({ op: fc.constant('reopen' as const), thread: id }),
    fc.record({ op: fc.constant('reattach' as const), thread: id, anchor: fc.constant({ ...ANCHOR, quote: '别处' }) }),
    fc.record({
      op: fc.constant('link' as const),
      thread: id,
      answer: fc.constantFrom({ by: 'edit' as const, chapter: NODE, from: 3, to: 5 }, { by: 'suggestion' as const, suggestion: 's1' }),
    }),
  );

  it('any events in any order leave threads in order, each with its first comment, and come back from bytes as they went', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(member, event), { maxLength: 40 }), (events) => {
        const talk = new Talk();
        for (const [by, one] of events) {
          const payload = encodeEvent(one);
          const decoded = decodeEntry({ seq: talk.seq + 1, at: 1, author: by, kind: 'thread', subject: NODE, payload });
          expect(decoded).toMatchObject({ event: one });
          talk.add(by, one);
        }
        const ids = talk.threads.map((thread) => thread.id);
        expect(ids).toEqual([...ids].sort((one, other) => one - other));
        for (const thread of talk.threads) {
          expect(thread.comments[0]?.seq).toBe(thread.id);
          expect(threadOf(talk.threads, thread.id)).toBe(thread);
          expect(thread.withdrawn).toBe(thread.comments.every(({ deleted }) => deleted !== null));
        }
      }),
    );
  });

  it('what is typed or pasted is made fit to be said', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => isText(asText(typed))));
    expect(asText('一\r\n二\t三\u0000')).toBe('一\n二 三');
  });
});
