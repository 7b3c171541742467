import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isOverdue } from '../../../shared/blanks/due.ts';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { AssignForm, sayDue } from '../blanks/index.ts';
import { compareLink } from '../history/index.ts';
import { CloseForm } from './CloseForm.tsx';
import { CommentItem } from './CommentItem.tsx';
import { Composer } from './Composer.tsx';
import type { Drafts } from './drafts.ts';
import type { Card } from './model.ts';
import type { ThreadPeople } from './people.ts';
import type { Beginning, ThreadWork } from './use-threads.ts';

export interface ThreadCardProps {
  readonly card: Card;
  readonly report: ReportId;
  readonly work: ThreadWork;
  readonly people: ThreadPeople;
  readonly drafts: Drafts;
  readonly today: string;
  readonly placeName: string;
  readonly head: Seq;
  /** What the selection or the caret means now, for hanging a thread elsewhere. */
  readonly meant: () => Beginning | null;
  readonly onGo: (card: Card) => void;
  /** Begins a suggestion from this thread; without it that is not offered. */
  readonly onSuggestFrom?: ((card: Card) => void) | undefined;
}

/** A conversation: what it hangs on, who said what, and what became of it. */
export function ThreadCard(props: ThreadCardProps) {
  const { t } = useTranslation();
  const { card, work, people, drafts, today } = props;
  const { thread, place } = card;
  const { id, anchor, comments, assigned, closed } = thread;
  const current = work.current === id;
  const box = useRef<HTMLLIElement>(null);
  const [assigning, setAssigning] = useState(false);
  /** The head when the person began to change the text because of this thread. */
  const [since, setSince] = useState<Seq | null>(null);
  const gone = place.state !== 'there';

  useEffect(() => {
    if (current) box.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function go(): void {
    work.focus(id);
    if (!gone) props.onGo(card);
  }

  function onPress({ target }: MouseEvent): void {
    if (!current && target instanceof Element && target.closest('button, a') === null) go();
  }

  async function link(): Promise<void> {
    if (since === null || (await work.change({ op: 'link', thread: id, after: since })) === null) return;
    setSince(null);
    notify(t('threads.linked'));
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a wider place to press; by keyboard it is the button inside
    <li ref={box} className={current ? 'thread is-current' : 'thread'} data-thread-card={id} onClick={onPress}>
      <button type="button" className="thread-quote" aria-expanded={current} onClick={go}>
        <span className={place.state === 'gone' ? 'quoted gone' : 'quoted'} lang="zh-CN">
          {anchor.quote === '' ? props.placeName : anchor.quote}
        </span>
        <span className="thread-where">
          <span className="cap cut">
            {t(anchor.on === 'text' ? 'threads.inPlace' : `threads.on.${anchor.on}`, { place: props.placeName })}
          </span>
          {gone ? <span className="chip">{t(`threads.${place.state === 'gone' ? 'gone' : 'trashed'}`)}</span> : null}
          {assigned === null || assigned.due === null ? null : (
            <span className={isOverdue(assigned.due, today) && closed === null ? 'blank-due over' : 'blank-due'}>
              {sayDue(assigned.due)}
            </span>
          )}
        </span>
      </button>
      {(current ? comments : comments.slice(0, 1)).map((comment) => (
        <CommentItem key={comment.seq} {...{ thread, comment, work, people, drafts, current }} />
      ))}
      <p className="cap thread-facts">
        {[
          assigned === null ? '' : t('threads.askedOf', { name: people.name(assigned.to) }),
          current || comments.length === 1 ? '' : t('threads.replies', { count: comments.length - 1 }),
          thread.links.length === 0 ? '' : t('threads.linkedCount', { count: thread.links.length }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {closed === null ? null : (
        <p className="thread-closed">
          <span className="chip">{t(`threads.dispositions.${closed.disposition}`)}</span>
          {place.changedSince ? <span className="chip thread-changed">{t('threads.changedSince')}</span> : null}
          <span>{closed.reason}</span>
          <span className="cap">{t('threads.closedBy', { name: people.name(closed.by), when: sayMoment(closed.at) })}</span>
        </p>
      )}
      {current ? <Acts {...props} {...{ assigning, setAssigning, since, setSince, link }} /> : null}
    </li>
  );
}

interface ActsProps extends ThreadCardProps {
  readonly assigning: boolean;
  readonly setAssigning: (on: boolean) => void;
  readonly since: Seq | null;
  readonly setSince: (since: Seq | null) => void;
  readonly link: () => Promise<void>;
}

function Acts(props: ActsProps) {
  const { t } = useTranslation();
  const { card, work, people, drafts, report, head, since, assigning, setAssigning } = props;
  const { thread, place } = card;
  const { id, assigned, closed } = thread;
  const mayHang = people.mayClose || thread.by === people.me;

  function reattach(): void {
    const meant = props.meant();
    if (meant === null) notify(t('threads.selectFirst'));
    else void work.change({ op: 'reattach', thread: id, target: meant.target });
  }

  if (closed !== null) {
    return people.mayClose || (people.mayComment && people.isConcerned(thread)) ? (
      <div className="thread-acts">
        <Button size="sm" onClick={() => void work.change({ op: 'reopen', thread: id })}>
          {t('threads.reopen')}
        </Button>
      </div>
    ) : null;
  }
  return (
    <>
      {place.state === 'there' ? null : (
        <div className="thread-acts">
          {people.mayReadPast && place.goneAt > 0 ? (
            <Link className="btn sm" href={compareLink(report, { from: place.goneAt - 1, to: place.goneAt, chapter: null })}>
              {t('threads.showDeletion', { seq: place.goneAt })}
            </Link>
          ) : null}
          {people.mayComment && mayHang ? (
            <Button size="sm" hint={t('threads.reattachHint')} onMouseDown={(event) => event.preventDefault()} onClick={reattach}>
              {t('threads.reattach')}
            </Button>
          ) : null}
        </div>
      )}
      {people.mayComment ? (
        <Composer
          label={t('threads.reply')}
          sendLabel={t('threads.replyAct')}
          people={people.members}
          drafts={drafts}
          place={`reply.${id}`}
          onSend={async (body) => (await work.change({ op: 'reply', thread: id, body })) !== null}
        />
      ) : null}
      {people.mayComment && assigning ? (
        <AssignForm
          members={people.members}
          to={assigned?.to ?? null}
          due={assigned?.due ?? null}
          onAssign={(to, due) => {
            setAssigning(false);
            void work.change({ op: 'assign', thread: id, to, due });
          }}
          onCancel={() => setAssigning(false)}
        />
      ) : null}
      <div className="thread-acts">
        {people.mayComment && !assigning ? (
          <Button size="sm" look="quiet" onClick={() => setAssigning(true)}>
            {t('threads.assign')}
          </Button>
        ) : null}
        {people.mayWrite && place.state === 'there' && since === null ? (
          <Button
            size="sm"
            look="quiet"
            hint={t('threads.editFromHint')}
            onClick={() => {
              props.setSince(head);
              props.onGo(card);
            }}
          >
            {t('threads.editFrom')}
          </Button>
        ) : null}
        {since === null ? null : (
          <Button size="sm" hint={t('threads.linkHint')} onClick={() => void props.link()}>
            {t('threads.link')}
          </Button>
        )}
        {props.onSuggestFrom === undefined ? null : (
          <Button size="sm" look="quiet" onClick={() => props.onSuggestFrom?.(card)}>
            {t('threads.suggestFrom')}
          </Button>
        )}
      </div>
      {people.mayClose || (people.mayComment && people.isConcerned(thread)) ? (
        <CloseForm
          mayDecide={people.mayClose}
          onClose={(disposition, reason) => void work.change({ op: 'close', thread: id, disposition, reason })}
        />
      ) : null}
    </>
  );
}
