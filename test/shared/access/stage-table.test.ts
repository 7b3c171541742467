import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Action, type Actor, can, ROLES, type Role, type Stage } from '../../../shared/access/can.ts';
import { PARTS, type Part, STAGE_TABLE, WORK_STAGES } from '../../../shared/access/stage-table.ts';
import type { MemberId } from '../../../shared/ids.ts';

const ME = 'm'.repeat(20) as MemberId;
const CHAPTER = { chapter: 'a'.repeat(20) };
const AMENDED = { ...CHAPTER, amended: true };
const CHANGES_WORDS: readonly Action[] = ['writeText', 'changeOutline', 'fillBlank', 'acceptSuggestion'];

const as = (role: Role | null, ...parts: Part[]): Actor => ({ member: ME, role, parts });
const actors = fc.record({
  member: fc.constant(ME),
  role: fc.constantFrom(...ROLES),
  parts: fc.uniqueArray(fc.constantFrom(...PARTS)),
});
const actions = fc.constantFrom(...(Object.keys(STAGE_TABLE) as Action[]));
const stages = fc.constantFrom<Stage>(...WORK_STAGES, 'sealed', 'archived');

describe('the stage table', () => {
  test('[WS1] while opinions are asked for nobody changes the text directly, the drafter included; everybody may propose', () => {
    for (const action of CHANGES_WORDS) expect(can(as('owner', ...PARTS), action, AMENDED, 'consulting')).toBe(false);
    expect(ROLES.filter((role) => can(as(role), 'suggest', CHAPTER, 'consulting'))).toEqual(['owner', 'editor', 'commenter']);
  });

  test('[WS1] while it is checked only the checker writes', () => {
    expect(can(as('editor', 'checker'), 'writeText', CHAPTER, 'checking')).toBe(true);
    expect(can(as('owner', 'drafter', 'issuer'), 'writeText', CHAPTER, 'checking')).toBe(false);
  });

  test('[WS1] a frozen text is written only in a chapter opened for amendment, by the drafter or the checker', () => {
    for (const stage of ['countersigning', 'issuing'] as const) {
      for (const part of PARTS) {
        const wanted = part === 'drafter' || part === 'checker';
        expect([part, can(as('editor', part), 'writeText', AMENDED, stage)]).toEqual([part, wanted]);
        expect([part, can(as('editor', part), 'amend', CHAPTER, stage)]).toEqual([part, wanted]);
        expect(can(as('owner', part), 'writeText', CHAPTER, stage)).toBe(false);
      }
      expect(can(as('commenter', 'drafter'), 'writeText', AMENDED, stage)).toBe(false);
    }
  });

  test('[WS1] signing is a part’s, whatever the role; the issuer alone seals', () => {
    expect(can(as('reader', 'countersigner'), 'sign', null, 'countersigning')).toBe(true);
    expect(can(as('owner', 'drafter'), 'sign', null, 'countersigning')).toBe(false);
    expect(PARTS.filter((part) => can(as('owner', part), 'seal', null, 'issuing'))).toEqual(['issuer']);
    expect(can(as(null, 'issuer'), 'seal', null, 'issuing')).toBe(false);
  });

  test('[WS2] once sealed or put away nothing that the table names is anybody’s, and reading goes on', () => {
    fc.assert(
      fc.property(actors, actions, fc.constantFrom<Stage>('sealed', 'archived'), (actor, action, stage) => {
        expect(can(actor, action, AMENDED, stage)).toBe(false);
        expect(can(actor, 'read', null, stage)).toBe(true);
      }),
    );
  });

  test('[WS3] a part never gives what the table does not name, and never takes anything away', () => {
    fc.assert(
      fc.property(actors, actions, stages, fc.constantFrom(...PARTS), (actor, action, stage, part) => {
        const without = can(actor, action, AMENDED, stage);
        const withPart = can({ ...actor, parts: [...actor.parts, part] }, action, AMENDED, stage);
        if (without) expect(withPart).toBe(true);
        const rule = STAGE_TABLE[action]?.[stage as 'drafting'];
        if (!without && withPart) expect(rule !== undefined && 'parts' in rule && rule.parts.includes(part)).toBe(true);
      }),
    );
  });
});
