import type { Editor } from '@tiptap/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { useStore } from 'zustand';
import { can } from '../../../shared/access/can.ts';
import type { Me, ReportState } from '../../../shared/api.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { partsOf } from '../../../shared/stages/stages.ts';
import type { ReportConnection, ReportView } from '../../connection/report-connection.ts';
import type { SaveView } from '../../connection/save-state.ts';
import { leaveSelectAll } from '../../editor/keys.ts';
import { focusAt } from '../../editor/walk.ts';
import { useCalmStore } from '../../ui/calm.ts';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { AuthorSwitch } from '../author-colours/index.ts';
import { createCaret } from '../authorship/index.ts';
import { BlanksPanel, FillCard } from '../blanks/index.ts';
import { CountBar } from '../counts/index.ts';
import { ExportDialog } from '../export/index.ts';
import { FindBar, useFindKeys } from '../find/index.ts';
import { compareLink, HistoryPanel } from '../history/index.ts';
import { facesOf, MembersDialog } from '../members/index.ts';
import { OutlinePane, rowsOf, textNodes, totalsOf, usePlaceName } from '../outline/index.ts';
import { ReportActs, Toolbar, Walk } from '../paper/index.ts';
import { ParticularsDialog } from '../particulars/index.ts';
import { facesByChapter, presentPeople } from '../presence/index.ts';
import { FindingCard, ProofPanel } from '../proofreading/index.ts';
import { RestoreDialog } from '../restore/index.ts';
import { RevisionDialog } from '../revisions/index.ts';
import { TroubleBars } from '../saving/index.ts';
import { useArrival } from '../search/index.ts';
import { StoryButton, StoryDialog } from '../story/index.ts';
import { CommentButton, SelectionBubble, ThreadsPanel } from '../threads/index.ts';
import { UnreadBar, useReading, useUnread, useUnreadKeys } from '../unread/index.ts';
import { reportCopy, useReportKeys, useWhole, WholeBar } from '../whole/index.ts';
import { Desk } from './Desk.tsx';
import { SidePanel } from './SidePanel.tsx';
import { scrollToNode } from './scroll-to-node.ts';
import { TopBar } from './TopBar.tsx';
import { TrashNote } from './TrashNote.tsx';
import { useBlankWork } from './use-blank-work.ts';
import { useOutlineCommands } from './use-commands.ts';
import { useReadNode } from './use-current-node.ts';
import { useLingering } from './use-lingering.ts';
import { useProofWork } from './use-proof-work.ts';
import { useRefused } from './use-refused.ts';
import { useSaveKey } from './use-save-key.ts';
import { useSteps } from './use-steps.ts';
import { useThreadWork } from './use-thread-work.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';
import { useVisit } from './use-visit.ts';
import { useWalkUnread } from './use-walk-unread.ts';

interface WorkspaceProps {
  readonly connection: ReportConnection;
  readonly view: ReportView;
  /** The view's. */
  readonly report: ReportState;
  readonly me: Me;
}

/** Under this width a jump does not put the caret into the text: a screen keyboard would cover what one jumped to. */
const SMALL = '(max-width: 720px)';

/** Outline, paper and panel of one report. */
export function Workspace({ connection, view, report, me }: WorkspaceProps) {
  const { t } = useTranslation();
  const saving = useCalmStore(connection.saving, isUrgentSave);
  const rescues = useStore(connection.rescues.list);
  const placeNameOf = usePlaceName();
  const commands = useOutlineCommands(report.id);
  const refused = useRefused(rescues);
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<NodeId | null>(null);
  const [wanted, setWanted] = useState<NodeId | null>(null);
  const [added, setAdded] = useState<NodeId | null>(null);
  const [caret] = useState(createCaret);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [finding, setFinding] = useState<'none' | 'find' | 'replace'>('none');
  const startTab = /[?&]?panel=(history|blanks|threads|proofreading)/.exec(useSearch())?.[1] ?? 'here';
  // Who comes to fill in blanks has them before their eyes, also where the panel is a drawer.
  const [side, setSide] = useState<'none' | 'outline' | 'panel'>(/blanks|threads|proofreading/.test(startTab) ? 'panel' : 'none');
  const [tab, setTab] = useState(startTab);
  const [membersOpen, setMembersOpen] = useState(false);
  const [particularsOpen, setParticularsOpen] = useState(false);
  const arriving = useArrival(scroll, (node) => scrollToNode(scroll.current, node));
  const [walk] = useState(() => new Walk(focusAt, setWanted));
  const [acts] = useState(() => new ReportActs());
  const steps = useStore(acts.state);
  const step = useSteps(acts, walk, scroll);

  const [showAuthors, setShowAuthors] = useState(false);

  const { outline, members, role, stage } = report;
  const rows = useMemo(() => rowsOf(outline, report.figures), [outline, report.figures]);
  const { rows: sheetRows, lingering } = useLingering(outline, rows, focused, me.id);
  const faces = useMemo(() => facesOf(members), [members]);
  const order = useMemo(() => textNodes(outline).map((node) => node.id), [outline]);
  walk.setOrder(order);
  const people = presentPeople(view.places, view.carets, faces, members, order, me.id);
  const facesIn = facesByChapter(people);
  const forgetEditor = useCallback((gone: Editor) => setEditor((now) => (now === gone ? null : now)), []);
  const read = useReadNode(scroll, rows);
  const current = focused !== null && order.includes(focused) ? focused : read;
  const actor = { member: me.id, role, parts: partsOf(report.stages, me.id) };
  const frozen = report.damage !== null || view.outdated || view.refusal !== null;
  const mayChange = !frozen && can(actor, 'changeOutline', null, stage);
  const mayReadPast = can(actor, 'readHistory', null, stage);
  const colours = useMemo(
    () => (showAuthors && mayReadPast ? { report: report.id, faces } : null),
    [showAuthors, mayReadPast, report.id, faces],
  );
  const editorOf = useCallback((chapter: NodeId) => walk.editor(chapter), [walk]);
  const blankWork = useBlankWork({
    report,
    me: me.id,
    stage,
    frozen,
    blankSeq: view.blankSeq,
    faces,
    scroll,
    order,
    focused,
    editorOf,
    onFar: setWanted,
  });
  const placeName = (node: NodeId): string => {
    const row = rows.find((other) => other.node.id === node);
    return row === undefined ? '' : placeNameOf(row);
  };
  const proof = useProofWork({
    report,
    me: me.id,
    stage,
    frozen,
    proofSeq: view.proofSeq,
    faces,
    scroll,
    order,
    focused,
    current,
    editorOf,
    onFar: setWanted,
    commands,
    placeName,
  });
  const showThreads = useCallback(() => {
    setTab('threads');
    setSide('panel');
  }, []);
  const threadWork = useThreadWork({
    report,
    me: me.id,
    stage,
    frozen,
    heardThreads: view.heardThreads,
    faces,
    scroll,
    order,
    editorOf,
    onFar: setWanted,
    onShow: showThreads,
  });
  const unread = useUnread(report.id, mayReadPast, report.seq, view.looked);
  useReading(scroll, unread.blocks, (chapter) => walk.editor(chapter), unread.read);
  const walkUnread = useWalkUnread({ unread, scroll, order, walk, focused, onFar: setWanted });
  useUnreadKeys(walkUnread.step);
  const unsaved = 'count' in saving.state ? saving.state.count : 0;

  usePageTitle(t('report.pageTitle', { title: outline.title === '' ? t('home.untitled') : outline.title }));
  useUnsavedGuard(connection);
  useSaveKey();
  const openFind = useCallback((withReplacement: boolean) => setFinding(withReplacement ? 'replace' : 'find'), []);
  useFindKeys(openFind);
  const totals = useMemo(() => totalsOf(outline.title, rows), [outline.title, rows]);
  const whole = useWhole({
    pane: scroll,
    missing: () => order.filter((chapter) => walk.editor(chapter) === null || !connection.isCurrent(chapter)).length,
    copied: () => reportCopy(outline, (chapter) => walk.editor(chapter)?.state.doc ?? null, document),
    back: () => editor !== null && leaveSelectAll(editor.view),
  });
  useReportKeys({ selectAll: whole.enter, step });
  const visitPerson = useVisit(scroll, setWanted);

  function go(node: NodeId): void {
    setSide('none');
    if (!scrollToNode(scroll.current, node)) return;
    if (order.includes(node) && !matchMedia(SMALL).matches) walk.into(node, 'start');
  }

  function visit(person: Parameters<typeof visitPerson>[0]): void {
    setSide('none');
    visitPerson(person);
  }

  /** From the title or a heading down into the text that follows it. */
  function down(from: NodeId | null): void {
    const start = from === null ? 0 : outline.nodes.findIndex((node) => node.id === from);
    const next = outline.nodes.slice(start).find((node) => node.kind !== 'part');
    if (next !== undefined) walk.into(next.id, 'start');
  }

  async function add(command: Parameters<typeof commands.add>[0]): Promise<void> {
    setSide('none');
    setAdded(await commands.add(command));
  }

  // a new node is named where it stands as soon as its entry has come back
  useEffect(() => {
    if (added === null || !outline.nodes.some((node) => node.id === added)) return;
    setAdded(null);
    scrollToNode(scroll.current, added);
    const field = scroll.current?.querySelector<HTMLElement>(`[data-node="${added}"] .oneline`);
    if (field == null) return walk.into(added, 'start');
    field.focus();
    getSelection()?.selectAllChildren(field);
  }, [added, outline, walk]);

  return (
    <div className="workspace">
      <a className="skip" href="#paper">
        {t('common.skipToText')}
      </a>
      <TopBar
        me={me}
        myFace={faces.get(me.id)}
        role={role}
        title={outline.title}
        mayEdit={mayChange}
        sendTitle={commands.sendTitle}
        saving={connection.saving}
        unsaved={unsaved}
        people={people}
        memberCount={members.filter((member) => !member.left).length}
        placeName={placeName}
        onVisit={visit}
        onMembers={() => setMembersOpen(true)}
        onParticulars={() => setParticularsOpen(true)}
        onDrawer={() => setSide(side === 'outline' ? 'none' : 'outline')}
        onPanel={() => setSide(side === 'panel' ? 'none' : 'panel')}
      />
      <TroubleBars
        troubles={{
          offline: saving.state.kind === 'offline' ? { unsaved: saving.state.count } : null,
          merged: saving.merged,
          refused: refused.newest,
          damage: report.damage,
          outdated: view.outdated || view.refusal === 'outdated',
          signedOut: view.refusal === 'signed-out',
          gone: view.refusal === 'forbidden',
          forgetful: !saving.durable,
        }}
        nameOf={(member) => faces.get(member)?.name ?? t('panel.unknownMember')}
        onRetry={() => connection.reconnect()}
        onMergedSeen={() => connection.dismissMerged()}
        onRefusedSeen={refused.seen}
        onShowKept={() => {
          setSide('panel');
          refused.seen();
          requestAnimationFrame(() => document.getElementById('kept')?.focus());
        }}
      />
      <div className="ws">
        <OutlinePane
          outline={outline}
          figures={report.figures}
          current={current}
          mayChange={mayChange}
          facesIn={facesIn}
          members={members}
          faces={faces}
          propose={commands.propose}
          unreadIn={unread.chapters}
          blanks={blankWork.progress}
          blanksIn={blankWork.progressIn}
          open={side === 'outline'}
          onGo={go}
          onVisit={(member) => {
            const person = people.find(({ face }) => face.id === member);
            if (person !== undefined) visit(person);
          }}
          send={commands.send}
          sendHeading={commands.sendHeading}
          add={(command) => void add(command)}
          remove={(node, place) => void commands.remove(node, place)}
        />
        <main className="desk">
          <Toolbar editor={editor} steps={{ ...steps, step }}>
            {threadWork.people.mayComment ? <CommentButton onComment={threadWork.comment} /> : null}
            {mayReadPast ? (
              <>
                <span className="grow" />
                <StoryButton editor={editor} chapter={focused} />
                <AuthorSwitch on={showAuthors} onChange={setShowAuthors} />
              </>
            ) : null}
          </Toolbar>
          {finding === 'none' ? null : (
            <FindBar
              report={report.id}
              seq={report.seq}
              order={outline.nodes.map((node) => node.id)}
              pane={scroll}
              withReplacement={finding === 'replace'}
              mayReplace={!frozen && can(actor, 'writeText', null, stage)}
              nameOf={placeName}
              onFar={(node) => {
                setWanted(node);
                scrollToNode(scroll.current, node);
              }}
              onClose={() => {
                setFinding('none');
                editor?.commands.focus();
              }}
            />
          )}
          <WholeBar whole={whole} characters={totals.count.characters} />
          <UnreadBar
            count={unread.blocks.length}
            removed={unread.removed}
            compare={unread.since === null ? null : compareLink(report.id, { from: unread.since, to: report.seq, chapter: null })}
            onNext={() => walkUnread.step(1)}
            onPrevious={() => walkUnread.step(-1)}
            onAll={unread.readAll}
          />
          <Desk
            scroll={scroll}
            title={outline.title}
            rows={sheetRows}
            mayChange={mayChange}
            commands={commands}
            walk={walk}
            held={whole.on ? order : [focused, wanted, arriving, ...steps.chapters]}
            facesIn={facesIn}
            connection={connection}
            colours={colours}
            noteOn={(row) =>
              lingering === null || row.node.id !== lingering.node.id ? null : (
                <TrashNote
                  name={faces.get(lingering.node.removed.by)?.name ?? t('panel.unknownMember')}
                  mayRestore={mayChange}
                  onRestore={() => void commands.send({ op: 'restore', node: lingering.restore })}
                  onLeave={() => setFocused(null)}
                />
              )
            }
            onDown={down}
            onAddFirst={() => void add({ op: 'add', kind: 'chapter', heading: t('outline.newChapter'), parent: null, before: null })}
            onFocus={(chapter, on) => {
              setFocused(chapter);
              setWanted(null);
              setEditor(on);
            }}
            onCaret={caret.move}
            acts={acts}
            onStep={step}
            onSelectAll={whole.enter}
            onEditorGone={forgetEditor}
          />
          <CountBar
            chapter={rows.find((row) => row.node.id === current)?.count ?? null}
            report={totals.count}
            editor={editor}
            whole={whole.on}
          />
        </main>
        <SidePanel
          open={side === 'panel'}
          onClose={() => setSide('none')}
          report={report.id}
          me={faces.get(me.id) ?? { id: me.id, name: me.name, colour: 1, secondRound: false }}
          mine={focused}
          people={people}
          faces={faces}
          placeName={placeName}
          onVisit={visit}
          caret={caret.state}
          seq={report.seq}
          rescues={rescues}
          onDiscard={(id) => void connection.rescues.discard(id)}
          tab={tab}
          onTab={setTab}
          openThreads={threadWork.open}
          threads={
            <ThreadsPanel
              report={report.id}
              me={me.id}
              work={threadWork.work}
              people={threadWork.people}
              chapter={current}
              head={report.seq}
              placeName={placeName}
              meant={threadWork.meant}
              onGo={threadWork.go}
            />
          }
          openBlanks={blankWork.progress === null ? 0 : blankWork.progress.total - blankWork.progress.filled}
          blanks={
            <BlanksPanel
              blanks={blankWork.blanks}
              people={blankWork.people}
              placeName={placeName}
              current={blankWork.steps.at?.id ?? null}
              startWith={startTab === 'blanks' ? 'mine' : 'open'}
              onGo={(blank) => {
                setSide('none');
                blankWork.steps.go(blank);
              }}
            />
          }
          openErrors={proof.openErrors}
          proofreading={
            <ProofPanel
              list={proof.list}
              shown={proof.shown}
              filter={proof.filter}
              onFilter={proof.setFilter}
              here={current}
              desk={proof.desk}
              current={proof.steps.at?.id ?? null}
              marked={proof.marked}
              onMarked={proof.setMarked}
              onGo={(finding) => {
                setSide('none');
                proof.steps.go(finding);
              }}
            />
          }
          history={
            can(actor, 'readHistory', null, stage) ? (
              <HistoryPanel
                report={report.id}
                head={report.seq}
                outline={outline}
                members={members}
                revisions={report.revisions}
                mayName={!frozen && can(actor, 'writeText', null, stage)}
                faces={faces}
                current={focused}
              />
            ) : null
          }
        />
        {side === 'none' ? null : (
          <button
            type="button"
            className={side === 'panel' ? 'drawer-veil for-panel' : 'drawer-veil'}
            aria-label={t('common.close')}
            onClick={() => setSide('none')}
          />
        )}
      </div>
      {threadWork.people.mayComment ? <SelectionBubble onComment={threadWork.comment} /> : null}
      {particularsOpen ? (
        <ParticularsDialog
          report={report.id}
          mayWrite={!frozen && can(actor, 'writeText', null, stage)}
          onClose={() => setParticularsOpen(false)}
        />
      ) : null}
      {blankWork.steps.at === null ? null : (
        <FillCard
          blank={blankWork.steps.at}
          rectOf={blankWork.steps.rectOf}
          blanks={blankWork.blanks}
          people={blankWork.people}
          onStep={blankWork.steps.step}
          onClose={blankWork.steps.close}
        />
      )}
      {proof.steps.at === null ? null : (
        <FindingCard
          finding={proof.steps.at}
          desk={proof.desk}
          rectOf={proof.steps.rectOf}
          onStep={proof.steps.step}
          onClose={proof.steps.close}
        />
      )}
      <ExportDialog report={report.id} head={report.seq} revisions={report.revisions} mayReadPast={mayReadPast} />
      <RestoreDialog report={report.id} faces={faces} placeName={placeName} />
      <RevisionDialog report={report.id} head={report.seq} revisions={report.revisions} />
      <StoryDialog report={report.id} faces={faces} placeName={placeName} mayWrite={!frozen && can(actor, 'writeText', null, stage)} />
      <MembersDialog
        open={membersOpen}
        onOpenChange={setMembersOpen}
        report={report.id}
        members={members}
        me={me.id}
        mayManage={!frozen && can(actor, 'manageMembers', null, stage)}
        mayInvite={me.admin}
        here={new Set(Object.values(view.places).flat())}
      />
    </div>
  );
}

/** Saved and not yet saved take turns with every key; what a bar says does not wait. */
function isUrgentSave(told: SaveView, now: SaveView): boolean {
  const calm = (view: SaveView) => view.state.kind === 'saved' || view.state.kind === 'saving';
  if (told.durable !== now.durable || told.merged !== now.merged) return true;
  return calm(told) && calm(now) ? false : told.state.kind !== now.state.kind;
}
