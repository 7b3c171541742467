import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { can, ROLES, type Stage } from '../../../shared/access/can.ts';
import type { MemberId, NodeId } from '../../../shared/ids.ts';
import { BEGINNING_OUTLINES, beginningContent, headingsOf } from '../../../shared/lifecycle/beginnings.ts';
import {
  decideLifecycle,
  FRESH_LIFE,
  LIFECYCLE_OPS,
  type Lifecycle,
  reduceLifecycle,
  standingOf,
} from '../../../shared/lifecycle/lifecycle.ts';
import { parseLifecycleEvent } from '../../../shared/log/events.ts';

const by = 'm'.repeat(16) as MemberId;
const acted = (life: Lifecycle, op: (typeof LIFECYCLE_OPS)[number], seq = 1): Lifecycle =>
  reduceLifecycle(life, { op }, { author: by, at: 5, seq });

describe('a report’s life', () => {
  test('[LI1] a report taken out of the trash is archived or not as it was before', () => {
    const archived = acted(FRESH_LIFE, 'archive');
    expect(standingOf(archived)).toBe('archived');
    const trashed = acted(archived, 'trash');
    expect(standingOf(trashed)).toBe('trashed');
    expect(standingOf(acted(trashed, 'restore'))).toBe('archived');
    expect(standingOf(acted(acted(FRESH_LIFE, 'trash'), 'restore'))).toBe('active');
  });

  test('[LI1] after any sequence of acts the last word about archive and trash stands, with who said it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LIFECYCLE_OPS), { minLength: 1 }), (ops) => {
        const life = ops.reduce((now, op, index) => acted(now, op, index + 1), FRESH_LIFE);
        const last = (one: string, other: string): boolean => ops.findLast((op) => op === one || op === other) === one;
        expect(life).toEqual({
          archived: last('archive', 'unarchive'),
          trashed: last('trash', 'restore'),
          set: { by, at: 5, seq: ops.length },
        });
      }),
    );
  });

  test('what stands already makes no entry', () => {
    expect(decideLifecycle(FRESH_LIFE, 'unarchive')).toBeNull();
    expect(decideLifecycle(FRESH_LIFE, 'restore')).toBeNull();
    expect(decideLifecycle(FRESH_LIFE, 'trash')).toEqual({ op: 'trash' });
    expect(decideLifecycle(acted(FRESH_LIFE, 'archive'), 'archive')).toBeNull();
  });

  test('an event of another shape is named as such', () => {
    expect(() => parseLifecycleEvent({ op: 'shred' })).toThrow('"op" is "shred"');
    expect(() => parseLifecycleEvent(null)).toThrow('not an object');
    expect(parseLifecycleEvent({ op: 'trash', more: 1 })).toEqual({ op: 'trash' });
  });

  test('[LI2] what is archived nobody changes; what is in the trash only its owners open', () => {
    const may = (role: (typeof ROLES)[number], action: Parameters<typeof can>[1], stage: Stage) =>
      can({ member: by, role }, action, null, stage);
    for (const role of ROLES) {
      expect(may(role, 'read', 'archived')).toBe(true);
      expect(may(role, 'writeText', 'archived')).toBe(false);
      expect(may(role, 'changeOutline', 'archived')).toBe(false);
      expect(may(role, 'changeLifecycle', 'archived')).toBe(role === 'owner');
      expect(may(role, 'read', 'trashed')).toBe(role === 'owner');
      expect(may(role, 'writeText', 'trashed')).toBe(false);
      expect(may(role, 'manageMembers', 'trashed')).toBe(false);
      expect(may(role, 'changeLifecycle', 'trashed')).toBe(role === 'owner');
    }
  });
});

describe('an outline to begin with', () => {
  test.each(BEGINNING_OUTLINES)('%s is a sound tree in which every chapter and passage has a text', (outline) => {
    const ids = Array.from({ length: 20 }, (_, index) => `n${String(index).padStart(19, '0')}` as NodeId);
    const content = beginningContent('题', outline, () => ids.shift()!);
    const seen = new Set<string>();
    for (const node of content.nodes) {
      if (node.parent !== null) expect(seen.has(node.parent)).toBe(true);
      expect(node.heading === '').toBe(node.kind === 'passage');
      expect(content.texts.has(node.id)).toBe(node.kind !== 'part');
      seen.add(node.id);
    }
    expect(content.nodes.map(({ heading }) => heading)).toEqual(headingsOf(outline).map(({ heading }) => heading));
  });
});
