import type { Editor } from '@tiptap/core';
import { type ReactNode, type RefObject, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChapterId, NodeId } from '../../../shared/ids.ts';
import type { ReportConnection } from '../../connection/report-connection.ts';
import { type OwnActs, ownActsOf } from '../../editor/binding/binding.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import type { AuthorColours } from '../author-colours/index.ts';
import type { CaretPlace } from '../authorship/index.ts';
import type { OutlineRow } from '../outline/index.ts';
import { ChapterPlace, type ReportActs, Sheet, type Walk } from '../paper/index.ts';
import type { OutlineCommands } from './use-commands.ts';

interface DeskProps {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly title: string;
  readonly rows: readonly OutlineRow[];
  readonly mayChange: boolean;
  readonly commands: OutlineCommands;
  readonly walk: Walk;
  /** Chapters that stay open whatever is scrolled: with the caret, or where it is wanted. */
  readonly held: readonly (NodeId | null)[];
  readonly facesIn: ReadonlyMap<NodeId, readonly Face[]>;
  readonly connection: ReportConnection;
  readonly colours: AuthorColours | null;
  readonly onDown: (from: NodeId | null) => void;
  readonly onAddFirst: () => void;
  readonly noteOn: (row: OutlineRow) => ReactNode;
  readonly onFocus: (chapter: ChapterId, editor: Editor) => void;
  readonly onCaret: (place: CaretPlace | null) => void;
  readonly acts: ReportActs;
  readonly onStep: (direction: 'undo' | 'redo') => void;
  readonly onSelectAll: () => void;
  readonly onEditorGone: (editor: Editor) => void;
}

/** The paper on its desk, each chapter with its own editor. */
export function Desk(props: DeskProps) {
  const { t } = useTranslation();
  const { connection, walk, acts, onEditorGone } = props;
  const act = useCallback((chapter: ChapterId) => acts.acted(chapter), [acts]);
  const ownActs = useRef(new WeakMap<Editor, OwnActs>());
  const open = useCallback((chapter: ChapterId) => connection.openChapter(chapter), [connection]);
  const onEditor = useCallback(
    (chapter: ChapterId, editor: Editor | null, before: Editor | null) => {
      if (before !== null && before !== editor) {
        walk.gone(chapter, before);
        const gone = ownActs.current.get(before);
        if (gone !== undefined) acts.gone(chapter, gone);
        onEditorGone(before);
      }
      if (editor === null) return;
      const own = ownActsOf(editor.view);
      if (own !== null) {
        ownActs.current.set(editor, own);
        acts.ready(chapter, own);
      }
      walk.ready(chapter, editor);
    },
    [walk, acts, onEditorGone],
  );

  return (
    <div ref={props.scroll} className="scroll" data-scroll="">
      <Sheet
        title={props.title}
        rows={props.rows}
        mayEdit={props.mayChange}
        sendTitle={props.commands.sendTitle}
        sendHeading={props.commands.sendHeading}
        onDown={props.onDown}
        noteOn={props.noteOn}
        renderText={(row, place) => (
          <ChapterPlace
            chapter={row.node.id}
            place={place}
            characters={row.count?.characters ?? 0}
            othersHere={(props.facesIn.get(row.node.id) ?? []).map((face) => face.name)}
            open={open}
            colours={props.colours}
            hold={props.held.includes(row.node.id)}
            onEditor={onEditor}
            onFocus={(editor) => props.onFocus(row.node.id, editor)}
            onLeave={(side, x) => walk.leave(row.node.id, side, x)}
            onCaret={props.onCaret}
            onAct={act}
            onStep={props.onStep}
            onSelectAll={props.onSelectAll}
          />
        )}
        empty={
          <Nothing
            headline={t(props.mayChange ? 'report.noText' : 'report.noTextReader')}
            acts={props.mayChange ? <Button onClick={props.onAddFirst}>{t('report.addFirst')}</Button> : undefined}
          />
        }
      />
    </div>
  );
}
