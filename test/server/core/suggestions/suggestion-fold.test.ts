import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeNews } from '../../../../server/core/entry-news.ts';
import { newNodeId } from '../../../../server/core/new-report.ts';
import type { Report } from '../../../../server/core/report.ts';
import { EMPTY_REPORT, type ReportFold, reduceReport } from '../../../../server/core/report-fold.ts';
import { Reports } from '../../../../server/core/reports.ts';
import { systemIds } from '../../../../server/system.ts';
import { InProcessTextEngine } from '../../../../server/text-engine/engine.ts';
import type { ChapterId, MemberId, ReportId } from '../../../../shared/ids.ts';
import type { DecodedEntry } from '../../../../shared/log/entry.ts';
import { encodeSuggestionPayload } from '../../../../shared/log/suggestion-events.ts';
import type { ChapterSuggestions } from '../../../../shared/suggestions/chapter-suggestions.ts';
import { type IdRanges, idRanges, NO_IDS, NOTHING } from '../../../../shared/suggestions/id-ranges.ts';
import type { LaneWrite, SuggestionEvent } from '../../../../shared/suggestions/suggestion.ts';
import { ROOT_NAME } from '../../../../shared/text/render.ts';
import { encodeGongbi } from '../../../../shared/wire/protocol.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { createMemoryStorage, type MemoryStorage } from '../../../support/memory-storage.ts';

const OWNER = 'o'.repeat(20) as MemberId;
const ANNA = 'a'.repeat(20) as MemberId;
const BEN = 'b'.repeat(20) as MemberId;

/** What a lane writes that puts `words` where nothing stands yet, from its clock 0 on. */
function itemsOf(lane: number, words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = lane;
  doc.getText(ROOT_NAME).insert(0, words);
  return Y.encodeStateAsUpdate(doc);
}

function write(lane: number, number: number, update: Uint8Array, strike: IdRanges = NO_IDS): SuggestionEvent & LaneWrite {
  return { op: 'write', lane, kind: 'text', number, merge: [], update, strike, unstrike: NO_IDS };
}

/** Everything that a fold of suggestions says. */
function told(all: ReportFold['suggestions']): unknown {
  return [...all].map(([chapter, suggestions]) => [chapter, [...suggestions.suggestions()], [...suggestions.lanes()]]);
}

const [FIRST, SECOND] = ['first000000000000000', 'second00000000000000'] as [ChapterId, ChapterId];
const lane = fc.constantFrom(70_001, 70_002, 70_003);
const ids = fc
  .array(fc.tuple(fc.constantFrom(2, 70_001, 70_002), fc.nat(6), fc.integer({ min: 1, max: 4 })), { maxLength: 3 })
  .map(idRanges);
const seq = fc.integer({ min: 1, max: 30 });
const anyEvent: fc.Arbitrary<SuggestionEvent> = fc.oneof(
  fc
    .record({
      op: fc.constant('write' as const),
      lane,
      kind: fc.constantFrom('text' as const, 'look' as const),
      number: fc.integer({ min: 1, max: 5 }),
      merge: fc.array(lane, { maxLength: 2 }),
      words: fc.constantFrom('', '甲', '甲乙丙'),
      strike: ids,
      unstrike: ids,
      garbage: fc.option(fc.uint8Array({ minLength: 1, maxLength: 12 }), { nil: null, freq: 3 }),
    })
    .map(({ words, garbage, ...rest }) => ({ ...rest, update: garbage ?? (words === '' ? NOTHING : itemsOf(rest.lane, words)) })),
  fc.record({
    op: fc.constant('decide' as const),
    suggestion: seq,
    verdict: fc.constantFrom('accepted', 'declined', 'withdrawn', 'superseded', 'overtaken'),
    reason: fc.constant(''),
    cuts: fc.array(fc.record({ lane, to: fc.nat(9), strikes: ids }), { maxLength: 3 }),
    shown: fc.constant({ quote: '', replacement: '' }),
    by: fc.option(seq, { nil: null }),
  }),
  fc.record({ op: fc.constant('explain' as const), suggestion: seq, reason: fc.constant('理由'), thread: fc.option(seq, { nil: null }) }),
);
const anyLog = fc.array(fc.tuple(fc.constantFrom(FIRST, SECOND), fc.constantFrom(ANNA, BEN), anyEvent), { minLength: 12, maxLength: 30 });

function folded(log: readonly (readonly [ChapterId, MemberId, SuggestionEvent])[]): ReportFold {
  return log.reduce<ReportFold>((fold, [subject, author, event], index) => {
    const entry: DecodedEntry = { seq: index + 1, at: index, author, kind: 'suggestion', subject, event };
    return reduceReport(fold, entry);
  }, EMPTY_REPORT);
}

describe('suggestions of a report', () => {
  it('[SU11] follow from any log, each chapter by itself', () => {
    let begun = 0;
    void fc.assert(
      fc.property(anyLog, (log) => {
        const { seq, suggestions } = folded(log);
        expect(seq).toBe(log.length);
        expect(told(folded(log).suggestions)).toEqual(told(suggestions));
        for (const [chapter, one] of suggestions) {
          for (const suggestion of one.suggestions()) {
            begun += 1;
            expect(suggestion.chapter).toBe(chapter);
            for (const id of suggestion.lanes) expect(one.lane(id)?.proposer).toBe(suggestion.proposer);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(begun).toBeGreaterThan(50);
    expect(EMPTY_REPORT.suggestions.size).toBe(0);
  });

  it('[SU11] are told as a bare number', () => {
    const entry: DecodedEntry = { seq: 3, at: 9, author: ANNA, kind: 'suggestion', subject: FIRST, event: write(70_001, 1, NOTHING) };
    expect(encodeNews(3, entry, null)).toEqual(encodeGongbi({ kind: 'entry', seq: 3, entry: null }));
  });
});

describe('a restart', () => {
  let storage: MemoryStorage;
  let reports: Reports;
  let id: ReportId;
  let chapter: ChapterId;

  function started(): Reports {
    const clock = new FakeClock();
    const trouble = (what: string) => expect.fail(what);
    return new Reports({ storage, engine: new InProcessTextEngine(), clock, scheduler: clock, ids: systemIds, trouble });
  }

  beforeEach(async () => {
    storage = createMemoryStorage();
    reports = started();
    chapter = newNodeId(systemIds);
    const node = { id: chapter, kind: 'chapter', heading: '章', form: 'own-line', parent: null } as const;
    const content = { title: '题', nodes: [node], texts: new Map([[chapter, []]]) };
    id = await reports.create({ beginning: 'empty', content, members: [{ id: OWNER, name: '主', role: 'owner' }] });
  });
  afterEach(() => reports.stop(() => undefined));

  async function opened(): Promise<Report> {
    const report = await reports.open(id);
    if (report === null) throw new Error('The report is not there');
    return report;
  }

  async function say(author: MemberId, event: SuggestionEvent): Promise<number> {
    const draft = { author, kind: 'suggestion', subject: chapter, payload: encodeSuggestionPayload(event) } as const;
    const [entry] = await (await opened()).appendAndWait([draft]);
    return entry!.seq;
  }

  it('[SU11] gives the same suggestions, open and decided, with their reasons', async () => {
    const first = await say(ANNA, write(70_001, 1, itemsOf(70_001, '商议')));
    const other = await say(BEN, write(70_002, 1, NOTHING, [[2, 0, 1]]));
    await say(ANNA, { op: 'explain', suggestion: first, reason: '更准确', thread: null });
    const cuts = [{ lane: 70_002, to: 0, strikes: [[2, 0, 1]] as IdRanges }];
    const shown = { quote: '讨论', replacement: '' };
    await say(OWNER, { op: 'decide', suggestion: other, verdict: 'declined', reason: '保留原文', cuts, shown, by: null });
    const before = (await opened()).fold;
    await reports.stop(() => undefined);
    reports = started();
    const after = (await opened()).fold;
    expect(after.suggestions).not.toBe(before.suggestions);
    expect(told(after.suggestions)).toEqual(told(before.suggestions));
    const read = after.suggestions.get(chapter) as ChapterSuggestions;
    expect(read.open().map(({ id, proposer, reason }) => [id, proposer, reason])).toEqual([[first, ANNA, '更准确']]);
    expect(read.suggestion(other)).toMatchObject({ status: 'declined', decision: { by: OWNER, reason: '保留原文', shown } });
    expect((await opened()).damage).toBeNull();
  });
});
