import { List } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ReportDiff } from '../../../shared/api/history.ts';
import { parseNodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import { textNodes } from '../outline/index.ts';
import { type UnreadBlock, type UnreadView, useSeen } from '../unread/index.ts';
import { ChangeList } from './ChangeList.tsx';
import { ComparePaper } from './ComparePaper.tsx';
import { CompareTools, type Look } from './CompareTools.tsx';
import { type Change, changesIn, compare, neighbour } from './changes.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { compareLink, type Points } from './links.ts';
import { outlineOrder } from './outline-order.ts';
import type { OpenPast } from './PastFrame.tsx';
import { usePeople } from './people.ts';
import { usePlaceNames } from './place-names.ts';
import { RestoreActs } from './RestoreActs.tsx';

interface ComparisonProps {
  readonly past: OpenPast;
  readonly points: Points;
  readonly diff: ReportDiff;
  readonly before: Outline;
  readonly after: Outline;
  /** What the reader has not seen; null where the later point is not now. */
  readonly unread: UnreadView | null;
  /** The outline was changed from here. */
  readonly onOutline: () => void;
}

const NO_BLOCKS: readonly UnreadBlock[] = [];
const LOOKS: Readonly<Record<string, Look>> = { '1': 'all', '2': 'simple', '3': 'clean' };

/** The paper with its marks, the bar over it, and the list of changes beside it; one change at a time is the current one. */
export function Comparison({ past, points, diff, before, after, unread, onOutline }: ComparisonProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const people = usePeople(past.faces);
  const names = usePlaceNames([after, before]);
  const order = useMemo(() => outlineOrder(before, after), [before, after]);
  const comparison = useMemo(() => compare(diff, order), [diff, order]);
  const { changes } = comparison;
  const [current, setCurrent] = useState<string | null>(null);
  const [look, setLook] = useState<Look>('all');
  const [help, setHelp] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const paper = useRef<HTMLElement>(null);

  const show = useCallback((change: Change | null) => {
    if (change === null) return;
    setCurrent(change.id);
    // where deletions are not shown there is nothing to stand at: the paragraph is the nearest place
    const at = paper.current?.querySelector<HTMLElement>(`[data-anchor="${change.id}"]`);
    const near = at ?? paper.current?.querySelector<HTMLElement>(`[data-changes~="${change.id}"]`);
    near?.scrollIntoView({ block: 'center' });
    at?.focus({ preventScroll: true });
  }, []);
  const walk = useCallback((step: 1 | -1) => show(neighbour(changes, current, step)), [changes, current, show]);
  // a wording that came after what is shown here is not read here
  const unreadBlocks = useMemo(() => (unread?.blocks ?? NO_BLOCKS).filter(({ seq }) => seq <= points.to), [unread?.blocks, points.to]);
  const isUnread = useMemo(() => changesIn(comparison, unreadBlocks), [comparison, unreadBlocks]);
  const walkUnread = useCallback(
    (step: 1 | -1) => show(neighbour(changes, current, step, (change) => isUnread.has(change.id))),
    [changes, current, isUnread, show],
  );
  // what stands on this paper before one's eyes has been read, as on the other
  const elementOf = useCallback(
    ({ chapter, key }: UnreadBlock) =>
      paper.current?.querySelector<HTMLElement>(`[data-node="${chapter}"] [data-block="${CSS.escape(key)}"]`) ?? null,
    [],
  );
  useSeen(paper, unreadBlocks, elementOf, (seen) => unread?.read(seen));

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || isComposing(event) || isTyping(event.target)) return;
      const look = LOOKS[event.key];
      if (event.key === '?') setHelp(true);
      else if (document.querySelector('[role="dialog"]') !== null) return;
      else if (event.key === 'n' || event.key === 'j') walk(1);
      else if (event.key === 'p' || event.key === 'k') walk(-1);
      else if (event.code === 'BracketRight') walkUnread(1);
      else if (event.code === 'BracketLeft') walkUnread(-1);
      else if (look !== undefined) setLook(look);
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [walk, walkUnread]);

  return (
    <>
      <main className="desk cool" id="past" aria-label={t('history.compareView')}>
        <CompareTools
          changes={changes}
          current={current}
          onWalk={walk}
          unread={unread === null ? null : isUnread.size}
          onWalkUnread={walkUnread}
          look={look}
          onLook={setLook}
          onHelp={() => setHelp(true)}
          chapter={points.chapter}
          chapters={textNodes(after).map((node) => node.id)}
          names={names}
          onChapter={(told) => go(compareLink(past.report.id, { ...points, chapter: parseNodeId(told) }))}
        >
          <Button size="sm" className="changes-button" aria-expanded={listOpen} onClick={() => setListOpen(!listOpen)}>
            <List aria-hidden="true" />
            {t('history.changeList')}
          </Button>
        </CompareTools>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="scroll" ref={paper} tabIndex={0} aria-label={t('history.paper')}>
          <ComparePaper
            past={past}
            points={points}
            diff={diff}
            before={before}
            after={after}
            order={order}
            comparison={comparison}
            people={people}
            names={names}
            look={look}
            current={current}
            onCurrent={setCurrent}
          />
        </section>
      </main>
      <ChangeList
        open={listOpen}
        changes={changes}
        diff={diff}
        people={people}
        names={names}
        current={current}
        acts={
          <RestoreActs
            past={past}
            points={points}
            fromAt={diff.fromAt}
            change={changes.find(({ id }) => id === current) ?? null}
            names={names}
            onOutline={onOutline}
          />
        }
        onPick={(change) => {
          setListOpen(false);
          show(change);
        }}
      />
      <KeysDialog open={help} onOpenChange={setHelp} />
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}
