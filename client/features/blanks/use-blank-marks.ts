import type { Editor } from '@tiptap/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { type KnownBlank, showKnownBlanks } from '../../editor/known-blanks.ts';
import { sayMoment } from '../../i18n/moments.ts';
import type { BlankPeople } from './people.ts';
import { sayDue } from './say-due.ts';

/** Editors open and close as chapters come near: they are told again this often, ms; told the same they do nothing. */
const TELL_MS = 300;
const NONE: readonly KnownBlank[] = [];

/** Tells the open editors what is known of their blanks: who is asked, who filled them in, which are none. */
export function useBlankMarks(
  list: readonly BlankView[] | null,
  current: string | null,
  people: BlankPeople,
  order: readonly NodeId[],
  editorOf: (chapter: NodeId) => Editor | null,
): void {
  const { t } = useTranslation();
  const marks = useMemo(() => {
    function noteOf({ assigned, filled }: BlankView): string {
      if (filled !== null) {
        const note =
          filled.by === null ? t('blanks.fromText') : t('blanks.noteFilled', { name: people.name(filled.by), when: sayMoment(filled.at) });
        return filled.source === '' ? note : t('blanks.noteSource', { note, source: filled.source });
      }
      if (assigned === null) return t('blanks.noteOpen');
      const name = people.name(assigned.to);
      return assigned.due === null ? t('blanks.noteAssigned', { name }) : t('blanks.noteAssignedDue', { name, day: sayDue(assigned.due) });
    }

    const byChapter = new Map<NodeId, KnownBlank[]>();
    for (const blank of list ?? []) {
      const { id, at, chapter, state, filled } = blank;
      if (chapter === null || at.length === 0 || state === 'hint') continue;
      const rivals = (filled?.rivals.length ?? 0) > 0;
      const look = state === 'filled' ? (rivals ? 'rivals' : 'filled') : state === 'dismissed' ? 'dismissed' : 'open';
      const known = { id, at, look, note: rivals ? t('blanks.noteRivals') : noteOf(blank), current: id === current } as const;
      const own = byChapter.get(chapter);
      if (own === undefined) byChapter.set(chapter, [known]);
      else own.push(known);
    }
    return byChapter;
  }, [list, current, people, t]);

  useEffect(() => {
    const tell = (): void => {
      for (const chapter of order) {
        const editor = editorOf(chapter);
        if (editor !== null) showKnownBlanks(editor.view, marks.get(chapter) ?? NONE);
      }
    };
    tell();
    const timer = setInterval(tell, TELL_MS);
    return () => clearInterval(timer);
  }, [marks, order, editorOf]);
}
