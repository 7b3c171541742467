import { ListFilter, Play, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ReportMember } from '../../../shared/api.ts';
import type { MemberId, NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { textNodes } from '../outline/index.ts';
import { askRevision } from '../revisions/index.ts';
import { Filters } from './Filters.tsx';
import { groupOf } from './kinds.ts';
import { compareLink, contributionsLink, replayLink } from './links.ts';
import { usePeople } from './people.ts';
import { usePlaceNames } from './place-names.ts';
import { withTick } from './sittings.ts';
import { Timeline } from './Timeline.tsx';
import { useTimeline, type Wanted } from './use-timeline.ts';

export interface HistoryPanelProps {
  readonly report: ReportId;
  /** The report's last entry: what came since is shown on top. */
  readonly head: Seq;
  readonly outline: Outline;
  readonly members: readonly ReportMember[];
  readonly revisions: readonly Revision[];
  /** May this reader give names to points? The server asks again. */
  readonly mayName: boolean;
  readonly faces: ReadonlyMap<MemberId, Face>;
  /** Chapter in which one is: replayed first. */
  readonly current: NodeId | null;
  /** Points chosen from outside: the two that are being compared. */
  readonly points?: readonly Seq[];
  /** Two points were chosen where two are shown already. */
  readonly onPoints?: (older: Seq, newer: Seq) => void;
}

/** 历史: what was changed, newest first, and the way to compare any two points. */
export function HistoryPanel(props: HistoryPanelProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { report, head, outline, onPoints } = props;
  const people = usePeople(props.faces);
  const names = usePlaceNames([outline]);
  const [wanted, setWanted] = useState<Wanted>({});
  const [filtering, setFiltering] = useState(false);
  const [ticked, setTicked] = useState<readonly Seq[]>(props.points ?? []);
  const timeline = useTimeline(report, wanted, head);
  const order = textNodes(outline).map((node) => node.id);
  const gone = outline.removed.filter((node) => node.kind !== 'part').map((node) => node.id);
  const first = props.current ?? order[0];
  const filtered = Object.keys(wanted).length > 0;

  function tick(seq: Seq): void {
    const now = withTick(ticked, seq);
    setTicked(now);
    if (now.length === 2 && onPoints !== undefined) onPoints(Math.min(...now), Math.max(...now));
  }

  const [older = 0, newer = head] = ticked.toSorted((one, other) => one - other);
  return (
    <section className="history" aria-labelledby="history-heading">
      <header className="history-head">
        <h2 id="history-heading" className="grow">
          {t('history.heading')}
        </h2>
        <Button look="quiet" size="sm" aria-expanded={filtering} aria-pressed={filtered} onClick={() => setFiltering(!filtering)}>
          <ListFilter aria-hidden="true" />
          {t('history.filter')}
        </Button>
        {first === undefined ? null : (
          <Link className="btn quiet sm" href={replayLink(report, first)}>
            <Play aria-hidden="true" />
            {t('history.replay')}
          </Link>
        )}
        <Link className="btn quiet sm" href={contributionsLink(report)}>
          <UsersRound aria-hidden="true" />
          {t('history.contributions')}
        </Link>
      </header>
      {filtering ? (
        <Filters
          wanted={wanted}
          onChange={setWanted}
          members={props.members.map(({ id }) => id)}
          chapters={order}
          gone={gone}
          held={timeline.pages?.kinds ?? null}
          people={people}
          names={names}
        />
      ) : null}
      {filtered && timeline.pages !== null ? (
        <p className="tl-found" role="status">
          <span className="grow">{t('timeline.found', { count: timeline.pages.total })}</span>
          {filtering ? null : (
            <Button look="quiet" size="sm" onClick={() => setWanted({})}>
              {t('history.clearFilter')}
            </Button>
          )}
        </p>
      ) : null}
      <div className="history-list">
        <Timeline
          report={report}
          head={head}
          revisions={props.revisions}
          mayName={props.mayName}
          timeline={timeline}
          people={people}
          names={names}
          order={order}
          ticked={ticked}
          onTick={tick}
          filtered={filtered}
          group={groupOf(wanted.kinds)}
          onClearFilter={() => setWanted({})}
        />
      </div>
      <footer className="history-foot" aria-live="polite">
        {ticked.length === 0 ? (
          <>
            <p className="cap grow">{t('history.tickHint')}</p>
            {props.mayName ? (
              <Button size="sm" hint={t('revisions.nameNowHint')} onClick={() => askRevision({ what: 'name', upTo: null })}>
                {t('revisions.nameNow')}
              </Button>
            ) : null}
          </>
        ) : (
          <>
            {ticked.length === 2 && onPoints !== undefined ? null : (
              <Button size="sm" onClick={() => go(compareLink(report, { from: older, to: newer, chapter: null }))}>
                {t(ticked.length === 1 ? 'history.compareNow' : 'history.compareTwo')}
              </Button>
            )}
            {ticked.length === 1 && props.mayName ? (
              <Button size="sm" onClick={() => askRevision({ what: 'name', upTo: older })}>
                {t('revisions.nameThis')}
              </Button>
            ) : null}
            <Button look="quiet" size="sm" onClick={() => setTicked([])}>
              {t('history.untick')}
            </Button>
          </>
        )}
      </footer>
    </section>
  );
}
