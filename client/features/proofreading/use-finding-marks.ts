import type { Editor } from '@tiptap/core';
import { useEffect, useMemo } from 'react';
import type { NodeId } from '../../../shared/ids.ts';
import { type KnownFinding, showFindings } from '../../editor/findings.ts';
import type { ListedFinding } from './model.ts';
import { useSayFinding } from './say-finding.ts';

/** Editors open and close as chapters come near: they are told again this often, ms; told the same they do nothing. */
const TELL_MS = 300;
const NONE: readonly KnownFinding[] = [];

/** Tells the open editors what proofreading says of their chapters. @param shown whether it is marked in the text */
export function useFindingMarks(
  list: readonly ListedFinding[],
  current: string | null,
  shown: boolean,
  order: readonly NodeId[],
  editorOf: (chapter: NodeId) => Editor | null,
): void {
  const say = useSayFinding();
  const marks = useMemo(() => {
    const byChapter = new Map<NodeId, KnownFinding[]>();
    for (const finding of list) {
      const { id, place, from, to, quote, severity, ignored } = finding;
      if (place.part !== 'text' || place.node === null) continue;
      // Hints are for whoever goes through the list: in the text they would only be noise.
      const marked = shown && ignored === null && severity !== 'hint';
      const known = { id, severity, line: place.line, from, to, quote, note: say(finding), current: id === current, marked };
      const own = byChapter.get(place.node);
      if (own === undefined) byChapter.set(place.node, [known]);
      else own.push(known);
    }
    return byChapter;
  }, [list, current, shown, say]);

  useEffect(() => {
    const tell = (): void => {
      for (const chapter of order) {
        const editor = editorOf(chapter);
        if (editor !== null) showFindings(editor.view, marks.get(chapter) ?? NONE);
      }
    };
    tell();
    const timer = setInterval(tell, TELL_MS);
    return () => clearInterval(timer);
  }, [marks, order, editorOf]);
}
