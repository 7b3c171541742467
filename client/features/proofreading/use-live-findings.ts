import type { Editor } from '@tiptap/core';
import { useEffect, useState } from 'react';
import type { TermTableView } from '../../../shared/api/proofreading.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { linesOfEditor } from '../../editor/findings.ts';
import type { Proofreader } from './live.ts';
import type { LiveFindings } from './model.ts';

/** Open editors are looked at so often, ms; a text is read once it has rested for as long. */
const LOOK_MS = 350;
/** So much of a moment's work goes into reading, ms: whoever types goes first. */
const SLICE_MS = 6;

/** The rules with the office's table, in the browser; null until they have come. */
export function useProofreader(terms: TermTableView | null): Rules | null {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    if (terms === null) return;
    let mounted = true;
    void import('./live.ts').then(({ Proofreader, isOfChapter }) => {
      if (mounted) setRules({ proofreader: new Proofreader(terms), isOfChapter });
    });
    return () => {
      mounted = false;
    };
  }, [terms]);
  return rules;
}

export interface Rules {
  readonly proofreader: Proofreader;
  readonly isOfChapter: typeof import('./live.ts').isOfChapter;
}

/** What the rules say of the open chapters, kept up with what is typed in them. */
export function useLiveFindings(rules: Rules | null, outline: Outline, editorOf: (chapter: NodeId) => Editor | null): LiveFindings {
  const [live, setLive] = useState<LiveFindings>(new Map());
  useEffect(() => {
    if (rules === null) return;
    /** By node: the document that was read, and the one that was seen a moment ago. */
    const read = new Map<NodeId, { readonly doc: unknown; readonly heading: string }>();
    const seen = new Map<NodeId, unknown>();
    let frame: ReturnType<typeof setTimeout> | undefined;
    // A passage has no heading of its own to begin its rows of items anew: it is left to the server.
    const nodes = outline.nodes.filter(({ kind }) => kind === 'chapter');
    const look = (): void => {
      const gone = [...read.keys()].filter((id) => editorOf(id) === null);
      for (const id of gone) read.delete(id);
      if (gone.length > 0) setLive((now) => new Map([...now].filter(([id]) => !gone.includes(id))));
      for (const node of nodes) {
        const editor = editorOf(node.id);
        if (editor === null || editor.view.composing) continue;
        const { doc } = editor.state;
        const rests = seen.get(node.id) === doc;
        seen.set(node.id, doc);
        const before = read.get(node.id);
        if (!rests || (before?.doc === doc && before.heading === node.heading)) continue;
        const steps = rules.proofreader.read(node, linesOfEditor(doc));
        const go = (): void => {
          const until = performance.now() + SLICE_MS;
          for (;;) {
            const step = steps.next();
            if (step.done === true) {
              read.set(node.id, { doc, heading: node.heading });
              if (editor.isDestroyed || editor.state.doc !== doc) return;
              setLive((now) => new Map([...now, [node.id, step.value]]));
              return;
            }
            if (performance.now() > until) break;
          }
          frame = setTimeout(go, 0);
        };
        go();
        // One chapter at a time: the next when this one is done.
        return;
      }
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(frame);
    };
  }, [rules, outline, editorOf]);
  return live;
}
