import { Clock, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import type { ReportDiff } from '../../../shared/api/history.ts';
import type { Me } from '../../../shared/api.ts';
import { parseNodeId, type Seq } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { historyApi } from '../requests/index.ts';
import { useUnread } from '../unread/index.ts';
import { Comparison } from './Comparison.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { compareLink, type Points, parseSeq } from './links.ts';
import { mayWrite, type OpenPast, PastFrame, PastPage, type PastPageProps } from './PastFrame.tsx';
import { PointChooser, PointsDialog } from './PointChooser.tsx';
import { useAsked } from './use-asked.ts';
import { useNews } from './use-news.ts';

/** Two points of a report side by side in one text; read only. */
export function ComparePage(props: PastPageProps) {
  return <PastPage {...props}>{(past) => <Compared past={past} me={props.me} />}</PastPage>;
}

interface Answers {
  readonly diff: ReportDiff;
  readonly before: Outline;
  readonly after: Outline;
}

async function askDifference(past: OpenPast, { from, to, chapter }: Points): Promise<Answers> {
  const { id } = past.report;
  const [diff, before, after] = await Promise.all([
    historyApi.diff(id, { from, to, chapter: chapter ?? undefined }),
    historyApi.outlineAt(id, from),
    historyApi.outlineAt(id, to),
  ]);
  return { diff, before: before.outline, after: after.outline };
}

function Compared({ past, me }: { readonly past: OpenPast; readonly me: Me }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const failureWords = useFailureWords();
  const [query] = useSearchParams();
  const { report, faces } = past;
  const to = parseSeq(query.get('to')) ?? report.seq;
  const points: Points = { from: parseSeq(query.get('from')) ?? Math.max(0, to - 1), to, chapter: parseNodeId(query.get('chapter')) };
  const [choosing, setChoosing] = useState(false);
  const unread = useUnread(report.id, true, report.seq, 0);
  // the point from which one came stays one while what is read here takes it further
  const [since, setSince] = useState<Seq | null>(null);
  if (since === null && unread.since !== null) setSince(unread.since);
  const news = useNews(report.id, report.seq);
  const atNow = to === report.seq;

  /** What came since is taken in; a comparison with now is one with the new now. */
  async function refresh(): Promise<void> {
    const seq = await past.refresh();
    if (seq !== null && atNow && seq !== to) go(compareLink(report.id, { ...points, to: seq }), { replace: true });
  }
  const choose = (from: Seq, until: Seq) => go(compareLink(report.id, { ...points, from, to: until }));
  const chooser = { report, from: points.from, to, since, onPoints: choose };
  const [asked, again] = useAsked(`${points.from} ${to} ${points.chapter ?? ''}`, () => askDifference(past, points));
  usePageTitle(t('history.comparePageTitle', { title: report.outline.title }));

  const times = asked.state === 'here' ? { from: asked.value.diff.fromAt, to: asked.value.diff.toAt } : { from: null, to: null };
  return (
    <PastFrame
      past={past}
      me={me}
      icon={<Clock className="ico" aria-hidden="true" />}
      note={t('history.lookOnly')}
      held={choosing}
      onRestored={() => void refresh()}
      acts={
        <>
          {news > 0 && atNow ? (
            <Button size="sm" onClick={() => void refresh()}>
              <RefreshCw aria-hidden="true" />
              {t('history.news', { count: news })}
            </Button>
          ) : null}
          <Button size="sm" className="points-button" onClick={() => setChoosing(true)}>
            {t('history.otherPoints')}
          </Button>
        </>
      }
      banner={
        <>
          {t('history.comparing')}
          <b>
            <PointName letter={t('history.pointA')} seq={points.from} at={times.from} past={past} since={since} />
          </b>
          <span className="past-arrow" role="img" aria-label={t('history.and')}>
            →
          </span>
          <b>
            <PointName letter={t('history.pointB')} seq={points.to} at={times.to} past={past} since={null} />
          </b>
        </>
      }
    >
      <div className="past-columns">
        <aside className="past-timeline" aria-label={t('history.heading')}>
          <PointChooser {...chooser} />
          <HistoryPanel
            key={`${points.from} ${points.to}`}
            report={report.id}
            head={report.seq}
            outline={report.outline}
            members={report.members}
            revisions={report.revisions}
            mayName={mayWrite(past)}
            faces={faces}
            current={points.chapter}
            points={points.from === 0 ? [points.to] : [points.from, points.to]}
            onPoints={(older, newer) => go(compareLink(report.id, { ...points, from: older, to: newer }))}
          />
        </aside>
        {asked.state === 'here' ? (
          <Comparison past={past} points={points} unread={atNow ? unread : null} onOutline={() => void refresh()} {...asked.value} />
        ) : (
          <main className="desk cool" id="past">
            <div className="past-wait">
              {asked.state === 'asking' ? (
                <Skeleton lines={10} />
              ) : (
                <div role="alert">
                  <Nothing headline={t('history.compareFailed')} acts={<Button onClick={again}>{t('common.retry')}</Button>}>
                    {failureWords(asked.failure)}
                  </Nothing>
                </div>
              )}
            </div>
          </main>
        )}
      </div>
      <PointsDialog open={choosing} onOpenChange={setChoosing} {...chooser} />
    </PastFrame>
  );
}

/** 甲 征求意见稿（第 287 笔，1月3日 16:12）: its name when it has one, its number, and when it was written. */
function PointName({
  letter,
  seq,
  at,
  past,
  since,
}: {
  readonly letter: string;
  readonly seq: Seq;
  readonly at: number | null;
  readonly past: OpenPast;
  readonly since: Seq | null;
}) {
  const { t } = useTranslation();
  const { report } = past;
  const revision = report.revisions.find((other) => other.upTo === seq)?.name;
  const name = revision ?? (seq === report.seq ? t('history.now') : seq === since ? t('history.lookedThen') : null);
  if (seq === 0) return t('history.pointStart', { letter });
  const when = at === null ? '' : sayMoment(at);
  if (name !== null) return t('history.pointNamed', { letter, name, seq, when });
  return t('history.point', { letter, seq, when });
}
