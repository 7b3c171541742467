import { describe, expect, test } from 'vitest';
import type { WorkStage } from '../../../shared/access/stage-table.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { decodeEntry, encodeEvent } from '../../../shared/log/codec.ts';
import { decideStages, type StageCommand, type StageFacts } from '../../../shared/stages/decide.ts';
import { gateRows } from '../../../shared/stages/gate.ts';
import { FIRST_STAGES, PATH_PRESETS, reduceStages, type StageEvent, type Stages } from '../../../shared/stages/stages.ts';

const [DRAFTER, CHECKER, ISSUER, STRANGER] = ['d', 'c', 'i', 's'].map((letter) => letter.repeat(20) as MemberId) as [
  MemberId,
  MemberId,
  MemberId,
  MemberId,
];
const CHAPTER = 'a'.repeat(20) as NodeId;
const NOBODY_MISSING: Stages = {
  ...FIRST_STAGES,
  parts: [
    { member: DRAFTER, parts: ['drafter'] },
    { member: CHECKER, parts: ['checker', 'countersigner'] },
    { member: ISSUER, parts: ['issuer'] },
  ],
};
const at = (stage: WorkStage, more: Partial<Stages> = {}): Stages => ({ ...NOBODY_MISSING, stage, ...more });
const decide = (stages: Stages, command: StageCommand, gate: StageFacts['gate'] = []) =>
  decideStages({ stages, gate, belongs: (member) => member !== STRANGER, hasText: (chapter) => chapter === CHAPTER }, command);
const move = (from: WorkStage, to: WorkStage, more: Partial<Extract<StageCommand, { op: 'move' }>> = {}): StageCommand => ({
  op: 'move',
  from,
  to,
  ...more,
});
const place = { node: CHAPTER, label: '学习**次', link: 'blanks' };

describe('moving a report on its path', () => {
  test('[WS4] goes one step on, or any step back with a reason', () => {
    expect(decide(at('drafting'), move('drafting', 'consulting'))).toMatchObject({ ok: true, value: { to: 'consulting' } });
    expect(decide(at('drafting'), move('drafting', 'revising'))).toEqual({ ok: false, error: 'stage-unreachable' });
    expect(decide(at('checking'), move('checking', 'drafting'))).toEqual({ ok: false, error: 'reason-missing' });
    expect(decide(at('checking'), move('checking', 'drafting', { reason: '数字须再核' }))).toMatchObject({
      ok: true,
      value: { reason: '数字须再核' },
    });
  });

  test('[WS4] follows a shorter path where that was chosen', () => {
    const short = at('drafting', { path: PATH_PRESETS.short });
    expect(decide(short, move('drafting', 'countersigning'))).toMatchObject({ ok: true });
    expect(decide(short, move('drafting', 'consulting'))).toEqual({ ok: false, error: 'stage-unreachable' });
  });

  test('[WS4] happens once when two ask at once', () => {
    const first = decide(at('drafting'), move('drafting', 'consulting'));
    if (!first.ok || first.value === null) throw new Error('refused');
    const after = reduceStages(at('drafting'), first.value, { author: DRAFTER, at: 1, seq: 2 });
    expect(decide(after, move('drafting', 'consulting'))).toEqual({ ok: false, error: 'stage-moved' });
  });

  test('[WS4] needs somebody in the part whose turn comes', () => {
    expect(decide(at('revising', { parts: [] }), move('revising', 'checking'))).toEqual({ ok: false, error: 'signers-missing' });
    expect(decide(at('checking', { parts: [] }), move('checking', 'countersigning'))).toEqual({ ok: false, error: 'signers-missing' });
  });

  test('[GA1] stops at open hard items, whatever reason is given', () => {
    const gate = gateRows({ blanks: [place], unassigned: [] });
    const answered = move('checking', 'countersigning', { overrides: [{ item: 'blanks', reason: '来不及' }] });
    expect(decide(at('checking'), answered, gate)).toEqual({ ok: false, error: 'gate-closed' });
  });

  test('[GA2] passes soft items with a reason for each, which goes on record with their number', () => {
    const gate = gateRows({ blanks: [], unassigned: [place, place] });
    expect(decide(at('checking'), move('checking', 'countersigning'), gate)).toEqual({ ok: false, error: 'gate-unanswered' });
    const reason = '全文由办公室统一负责';
    expect(decide(at('checking'), move('checking', 'countersigning', { overrides: [{ item: 'unassigned', reason }] }), gate)).toMatchObject(
      {
        ok: true,
        value: { overrides: [{ item: 'unassigned', count: 2, reason }] },
      },
    );
  });
});

describe('parts', () => {
  test('[WS5] the drafter cannot be the one who issues; several other parts go together', () => {
    expect(decide(FIRST_STAGES, { op: 'parts', member: DRAFTER, parts: ['drafter', 'issuer'] })).toEqual({
      ok: false,
      error: 'drafter-issues',
    });
    expect(decide(FIRST_STAGES, { op: 'parts', member: CHECKER, parts: ['checker', 'countersigner'] })).toMatchObject({ ok: true });
    expect(decide(FIRST_STAGES, { op: 'parts', member: STRANGER, parts: ['checker'] })).toEqual({ ok: false, error: 'not-a-member' });
  });

  test('[WS5] given twice they are given once', () => {
    expect(decide(NOBODY_MISSING, { op: 'parts', member: CHECKER, parts: ['countersigner', 'checker'] })).toEqual({
      ok: true,
      value: null,
    });
  });
});

describe('the path', () => {
  test.each([
    [['consulting', 'issuing']],
    [['drafting', 'countersigning']],
    [['drafting', 'checking', 'revising', 'issuing']],
    [['drafting', 'drafting', 'issuing']],
  ] as const)('[WS6] %j is none', (path) => {
    expect(decide(FIRST_STAGES, { op: 'path', path })).toEqual({ ok: false, error: 'path-invalid' });
  });

  test('[WS6] holds the stage the report stands in, and stands from 会签 on', () => {
    expect(decide(at('checking'), { op: 'path', path: PATH_PRESETS.short })).toEqual({ ok: false, error: 'path-invalid' });
    expect(decide(at('countersigning'), { op: 'path', path: PATH_PRESETS.short })).toEqual({ ok: false, error: 'path-fixed' });
    expect(decide(at('drafting'), { op: 'path', path: PATH_PRESETS.short })).toMatchObject({ ok: true });
  });
});

describe('amending a frozen text', () => {
  test('[WS7] opens one chapter with a reason and closes it; the report moves on only when all are closed', () => {
    expect(decide(at('checking'), { op: 'amend', chapter: CHAPTER, reason: '改日期' })).toEqual({ ok: false, error: 'not-frozen' });
    expect(decide(at('countersigning'), { op: 'amend', chapter: CHAPTER, reason: ' ' })).toEqual({ ok: false, error: 'reason-missing' });
    const opened = decide(at('countersigning'), { op: 'amend', chapter: CHAPTER, reason: '改日期' });
    if (!opened.ok || opened.value === null) throw new Error('refused');
    const open = reduceStages(at('countersigning'), opened.value, { author: DRAFTER, at: 7, seq: 9 });
    expect(open.amendments).toEqual([{ chapter: CHAPTER, reason: '改日期', by: DRAFTER, at: 7, seq: 9 }]);
    expect(decide(open, move('countersigning', 'issuing'))).toEqual({ ok: false, error: 'amending' });
    const closed = reduceStages(open, { op: 'close', chapter: CHAPTER }, { author: DRAFTER, at: 8, seq: 10 });
    expect(closed.amendments).toEqual([]);
  });

  test('[WS7] sending the report back opens everything: nothing is open for amendment then', () => {
    const open = at('countersigning', { amendments: [{ chapter: CHAPTER, reason: '改日期', by: DRAFTER, at: 7, seq: 9 }] });
    const back = decide(open, move('countersigning', 'revising', { reason: '重写第二章' }));
    if (!back.ok || back.value === null) throw new Error('refused');
    expect(reduceStages(open, back.value, { author: DRAFTER, at: 8, seq: 10 })).toMatchObject({ stage: 'revising', amendments: [] });
  });
});

test('[WS8] an event of every kind is read back as it was written', () => {
  const events: readonly StageEvent[] = [
    { op: 'path', path: PATH_PRESETS.short },
    { op: 'parts', member: CHECKER, parts: ['checker'], reason: '' },
    { op: 'deadline', stage: 'countersigning', due: '2026-11-30' },
    { op: 'deadline', stage: 'countersigning', due: null },
    { op: 'move', from: 'drafting', to: 'consulting', reason: '', overrides: [{ item: 'unassigned', count: 2, reason: '统一负责' }] },
    { op: 'amend', chapter: CHAPTER, reason: '改日期' },
    { op: 'close', chapter: CHAPTER },
    { op: 'editorial', keeps: true },
  ];
  for (const event of events) {
    const entry = { seq: 1, at: 1, author: DRAFTER, kind: 'stage', subject: '', payload: encodeEvent(event) } as const;
    expect(decodeEntry(entry)).toMatchObject({ event });
    const broken = { ...event, op: 'unheard-of' } as unknown as StageEvent;
    expect(() => decodeEntry({ ...entry, payload: encodeEvent(broken) })).toThrow('not known here');
  }
});
