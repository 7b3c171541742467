import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberId, NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { figure } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Composer } from './Composer.tsx';
import { draftsOf } from './drafts.ts';
import { type Card, FILTERS, type Filter, passes, windowOf } from './model.ts';
import type { ThreadPeople } from './people.ts';
import { ThreadCard, type ThreadCardProps } from './ThreadCard.tsx';
import type { Beginning, ThreadWork } from './use-threads.ts';

interface ThreadsPanelProps {
  readonly report: ReportId;
  readonly me: MemberId;
  readonly work: ThreadWork;
  readonly people: ThreadPeople;
  /** The chapter that is read or written. */
  readonly chapter: NodeId | null;
  readonly head: Seq;
  readonly placeName: (node: NodeId) => string;
  readonly meant: () => Beginning | null;
  readonly onGo: (card: Card) => void;
  readonly onSuggestFrom?: ThreadCardProps['onSuggestFrom'];
}

/** Cards drawn at a time: a thousand on one paragraph stay usable. */
const DRAWN = 40;

/** 批注: what is said about the text, in its order. */
export function ThreadsPanel({ report, me, work, people, chapter, head, placeName, meant, onGo, onSuggestFrom }: ThreadsPanelProps) {
  const { t } = useTranslation();
  const drafts = useMemo(() => draftsOf(me, report), [me, report]);
  const [filter, setFilter] = useState<Filter>('open');
  const [most, setMost] = useState(DRAWN);
  const { cards, beginning, current } = work;
  const looker = { me, chapter };
  // Who reads a card goes on seeing it, whatever becomes of it.
  const shown = (cards ?? []).filter((card) => passes(card, filter, looker) || card.thread.id === current);
  const drawn = windowOf(shown, current, most);
  const count = (which: Filter) => (cards ?? []).filter((card) => passes(card, which, looker)).length;
  const filters = FILTERS.filter((which) => which === filter || which === 'open' || which === 'closed' || count(which) > 0);
  const today = new Date().toLocaleDateString('sv');

  function beginOn(node: NodeId): void {
    work.begin({ target: { on: 'node', node }, quote: placeName(node) });
  }

  return (
    <div className="threads-panel">
      <div className="threads-head">
        <fieldset className="threads-filters" aria-label={t('threads.filters')}>
          {filters.map((which) => (
            <Button key={which} size="sm" className="pill" aria-pressed={which === filter} onClick={() => setFilter(which)}>
              {t(`threads.show.${which}`)} {figure(count(which))}
            </Button>
          ))}
        </fieldset>
        {people.mayComment && beginning === null && chapter !== null ? (
          <Button size="sm" look="quiet" onClick={() => beginOn(chapter)}>
            {t('threads.onChapter')}
          </Button>
        ) : null}
      </div>
      {(cards ?? []).length === 0 ? null : (
        <p className="threads-table cap">
          {t('threads.table')}
          <a className="btn sm quiet" href={`/api/reports/${report}/opinions?kind=docx`} download>
            {t('threads.asWord')}
          </a>
          <a className="btn sm quiet" href={`/api/reports/${report}/opinions?kind=xlsx`} download>
            {t('threads.asExcel')}
          </a>
        </p>
      )}
      <div className="threads-list">
        {beginning === null ? null : (
          <section className="thread is-current" aria-label={t('threads.new')}>
            <blockquote className="quoted" lang="zh-CN">
              {beginning.quote}
            </blockquote>
            <Composer
              key={JSON.stringify(beginning.target)}
              autoFocus
              label={t('threads.new')}
              sendLabel={t('threads.send')}
              people={people.members}
              drafts={drafts}
              place={`new.${beginning.target.on === 'node' ? beginning.target.node : beginning.target.chapter}`}
              onCancel={() => work.begin(null)}
              onSend={async (body) => {
                const thread = await work.change({ op: 'start', target: beginning.target, body, to: null, due: null });
                if (thread === null) return false;
                work.begin(null);
                work.focus(thread);
                return true;
              }}
            />
          </section>
        )}
        {cards === null ? <Skeleton lines={8} /> : null}
        {cards !== null && shown.length === 0 && beginning === null ? (
          <Nothing headline={t(`threads.none.${cards.length === 0 ? 'at' : 'here'}`)}>{t('threads.noneHint')}</Nothing>
        ) : null}
        <ul>
          {drawn.map((card) => (
            <ThreadCard
              key={card.thread.id}
              {...{ card, report, work, people, drafts, today, head, meant, onGo, onSuggestFrom }}
              placeName={placeName(card.place.node)}
            />
          ))}
        </ul>
        {drawn.length < shown.length ? (
          <Button size="sm" onClick={() => setMost(most + DRAWN)}>
            {t('threads.more', { count: shown.length - drawn.length })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
