import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Group } from './kinds.ts';
import { Milestone } from './Milestone.tsx';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { SittingRow } from './SittingRow.tsx';
import { daysAgo, sayDay } from './say-day.ts';
import { byDay, landmarksIn } from './sittings.ts';
import { onRowKey } from './use-row-keys.ts';
import type { Timeline as Pages } from './use-timeline.ts';

export interface TimelineProps {
  readonly report: ReportId;
  readonly head: Seq;
  readonly revisions: readonly Revision[];
  readonly mayName: boolean;
  readonly timeline: Pages;
  readonly people: People;
  readonly names: PlaceNames;
  readonly order: readonly NodeId[];
  readonly ticked: readonly Seq[];
  readonly onTick: (seq: Seq) => void;
  readonly filtered: boolean;
  /** What is looked for; null = every kind. */
  readonly group: Group | null;
  readonly onClearFilter: () => void;
}

/** The report's life, newest first, by day and by sitting. */
export function Timeline(props: TimelineProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { pages, failure, asking, more, again } = props.timeline;
  if (pages === null) {
    if (failure === null) return <Skeleton lines={8} />;
    return (
      <div role="alert">
        <Nothing headline={t('history.failed')} acts={<Button onClick={again}>{t('common.retry')}</Button>}>
          {failureWords(failure)}
        </Nothing>
      </div>
    );
  }
  if (pages.sittings.length === 0) {
    return props.filtered ? (
      <Nothing headline={t('history.noneFound')} acts={<Button onClick={props.onClearFilter}>{t('history.clearFilter')}</Button>} />
    ) : (
      <Nothing headline={t('history.none')}>{t('history.noneHint')}</Nothing>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the links inside
    <div className="tl" onKeyDown={onRowKey}>
      {byDay(pages.sittings).map((day) => (
        <DaySection key={day.start} start={day.start} entries={day.entries}>
          {day.sittings.flatMap((sitting) => [
            ...landmarksIn(props.revisions, sitting).map((revision) => (
              <Milestone key={`name ${revision.id}`} revision={revision} mark={markOf(props.ticked, revision.upTo)} {...props} />
            )),
            <SittingRow key={sitting.id} sitting={sitting} mark={markOf(props.ticked, sitting.toSeq)} {...props} />,
          ])}
        </DaySection>
      ))}
      {failure === null ? null : (
        <p className="complaint tl-more" role="alert">
          {failureWords(failure)}
        </p>
      )}
      {pages.next === null ? <p className="cap tl-more">{t('history.beginning')}</p> : <More asking={asking} onMore={more} />}
    </div>
  );
}

/** 甲 for the older of two points, 乙 for the newer; a single one is 甲, because now is the other. */
export type PointMark = 'none' | 'older' | 'newer';

function markOf(ticked: readonly Seq[], seq: Seq): PointMark {
  if (!ticked.includes(seq)) return 'none';
  return ticked.length === 2 && seq === Math.max(...ticked) ? 'newer' : 'older';
}

function DaySection({
  start,
  entries,
  children,
}: {
  readonly start: number;
  readonly entries: number;
  readonly children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const ago = daysAgo(start);
  const day = sayDay(start);
  return (
    <section aria-labelledby={id}>
      <h3 className="tl-day" id={id}>
        <span>{ago === 0 ? t('history.today', { day }) : ago === 1 ? t('history.yesterday', { day }) : day}</span>
        <span className="tl-day-count">{t('history.entries', { count: entries })}</span>
      </h3>
      <ol>{children}</ol>
    </section>
  );
}

/** Older sittings come when one scrolls near; the button is for those who do not scroll. */
function More({ asking, onMore }: { readonly asking: boolean; readonly onMore: () => void }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = place.current;
    if (node === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && onMore(), { rootMargin: '400px' });
    observer.observe(node);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div ref={place} className="tl-more">
      <Button size="sm" busy={asking} onClick={onMore}>
        {asking ? t('common.loading') : t('history.older')}
      </Button>
    </div>
  );
}
