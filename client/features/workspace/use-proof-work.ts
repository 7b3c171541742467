import type { Editor } from '@tiptap/core';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can, type Stage } from '../../../shared/access/can.ts';
import type { ReportState } from '../../../shared/api.ts';
import type { MemberId, NodeId, Seq } from '../../../shared/ids.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { notify } from '../../ui/notices.ts';
import {
  alike,
  type Filter,
  type FindingDesk,
  type ListedFinding,
  listedFindings,
  passes,
  useFindingKeys,
  useFindingMarks,
  useFindingSteps,
  useLiveFindings,
  useProofreader,
  useProofreading,
} from '../proofreading/index.ts';
import type { OutlineCommands } from './use-commands.ts';

interface Parts {
  readonly report: ReportState;
  readonly me: MemberId;
  readonly stage: Stage;
  readonly frozen: boolean;
  readonly proofSeq: Seq;
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly scroll: RefObject<HTMLElement | null>;
  readonly order: readonly NodeId[];
  readonly focused: NodeId | null;
  readonly current: NodeId | null;
  readonly editorOf: (chapter: NodeId) => Editor | null;
  readonly onFar: (chapter: NodeId) => void;
  readonly commands: OutlineCommands;
  readonly placeName: (node: NodeId) => string;
}

const MARKED = 'gongbi.proof-marks';
const NOTHING: readonly ListedFinding[] = [];

/** Everything about proofreading that paper and panel share. */
export function useProofWork(parts: Parts) {
  const { report, me, stage, frozen, faces, scroll, order, focused, current, editorOf, onFar, commands, placeName } = parts;
  const { t } = useTranslation();
  const { outline } = report;
  const [filter, setFilter] = useState<Filter>('open');
  const [marked, setMarked] = useState(() => localStorage.getItem(MARKED) !== 'off');
  const actor = { member: me, role: report.role };
  const mayWrite = !frozen && can(actor, 'writeText', null, stage);
  const proofreading = useProofreading({ report: report.id, seq: report.seq, proofSeq: parts.proofSeq });
  const { told } = proofreading;
  const rules = useProofreader(proofreading.terms);
  const live = useLiveFindings(rules, outline, editorOf);
  const nodes = useMemo(() => outline.nodes.map(({ id }) => id), [outline]);
  const list = useMemo(
    () => (told === null ? null : listedFindings(told, live, nodes, (finding) => rules?.isOfChapter(finding) ?? false)),
    [told, live, nodes, rules],
  );
  const shown = useMemo(() => (list ?? NOTHING).filter((finding) => passes(finding, filter, current)), [list, filter, current]);
  const steps = useFindingSteps({ list: list ?? NOTHING, shown, scroll, order, editorOf, focused, onFar });
  useFindingMarks(list ?? NOTHING, steps.at?.id ?? null, marked && mayWrite, order, editorOf);
  useFindingKeys(steps.step);

  /** In the text as the person's own typing; a title or heading like any change of the outline. */
  function fix(finding: ListedFinding): void {
    const { place, fix: right, quote, from } = finding;
    if (right === undefined) return;
    if (place.part !== 'text') return void fixLine(finding);
    steps.go(finding, () => {
      const found = steps.placeOf(finding);
      const start = found === null ? 0 : found.from + right.from - from;
      const end = start + right.to - right.from;
      const was = quote.slice(right.from - from, right.to - from);
      if (found === null || !found.editor.isEditable || found.editor.state.doc.textBetween(start, end, '\n', '\v') !== was) {
        notify(t('proof.moved'));
        return;
      }
      found.editor.chain().focus(undefined, { scrollIntoView: false }).run();
      const { state, view } = found.editor;
      view.dispatch(right.text === '' ? state.tr.delete(start, end) : state.tr.insertText(right.text, start, end));
      steps.close(false);
    });
  }

  async function fixLine({ place, fix: right }: ListedFinding): Promise<void> {
    const node = outline.nodes.find(({ id }) => id === place.node);
    const was = place.part === 'title' ? outline.title : (node?.heading ?? null);
    if (was === null || right === undefined) return;
    const is = was.slice(0, right.from) + right.text + was.slice(right.to);
    const done = node === undefined ? await commands.sendTitle(was, is) : await commands.sendHeading(node.id)(was, is);
    if (done.kind !== 'done') notify(done.kind === 'failed' ? done.words : t('proof.moved'));
  }

  const desk: FindingDesk = {
    mayIgnore: !frozen && can(actor, 'ignoreFinding', null, stage),
    whyNotFix: mayWrite ? null : t('proof.mayNotWrite'),
    name: (member) => faces.get(member)?.name ?? t('panel.unknownMember'),
    placeName: (node) => (node === null ? t('proof.whole') : placeName(node)),
    alike: (finding) => alike(list ?? NOTHING, finding),
    fix,
    ignore: (findings, reason) => proofreading.decide({ op: 'ignore', keys: [...new Set(findings.map(({ key }) => key))], reason }),
    recall: ({ key }) => proofreading.decide({ op: 'recall', keys: [key] }),
  };

  return {
    list,
    shown,
    steps,
    desk,
    filter,
    setFilter,
    marked,
    setMarked(on: boolean) {
      setMarked(on);
      localStorage.setItem(MARKED, on ? 'on' : 'off');
    },
    openErrors: (list ?? NOTHING).filter(({ ignored, severity }) => ignored === null && severity === 'error').length,
  };
}
