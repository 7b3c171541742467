import type { Editor } from '@tiptap/core';
import { type RefObject, useCallback, useMemo } from 'react';
import type { Stage } from '../../../shared/access/can.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { progressByChapter, progressOf, useBlankKeys, useBlankMarks, useBlankPeople, useBlankSteps, useBlanks } from '../blanks/index.ts';

interface Parts {
  readonly report: ReportState;
  readonly me: MemberId;
  readonly stage: Stage;
  readonly frozen: boolean;
  readonly blankSeq: Seq;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly scroll: RefObject<HTMLElement | null>;
  readonly order: readonly NodeId[];
  readonly focused: NodeId | null;
  readonly editorOf: (chapter: NodeId) => Editor | null;
  readonly onFar: (chapter: NodeId) => void;
}

/** Everything about blanks that outline, paper and panel share. */
export function useBlankWork({ report, me, stage, frozen, blankSeq, faces, scroll, order, focused, editorOf, onFar }: Parts) {
  const people = useBlankPeople({ me, role: report.role, stage, frozen, members: report.members, faces });
  const nameOf = useCallback((member: MemberId) => people.name(member), [people]);
  const blanks = useBlanks({ report: report.id, seq: report.seq, blankSeq, me, nameOf });
  const steps = useBlankSteps({ list: blanks.list, scroll, order, editorOf, focused, onFar });
  useBlankMarks(blanks.list, steps.at?.id ?? null, people, order, editorOf);
  useBlankKeys(steps.step);
  const progress = useMemo(() => (blanks.list === null ? null : progressOf(blanks.list)), [blanks.list]);
  const progressIn = useMemo(() => {
    const chapters = [...progressByChapter(blanks.list ?? [])].flatMap(([chapter, own]) =>
      chapter === null ? [] : [[chapter, own] as const],
    );
    return new Map(chapters);
  }, [blanks.list]);
  return { blanks, people, steps, progress, progressIn };
}
