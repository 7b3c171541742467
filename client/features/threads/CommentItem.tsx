import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment, Thread } from '../../../shared/threads/thread.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Composer } from './Composer.tsx';
import type { Drafts } from './drafts.ts';
import type { ThreadPeople } from './people.ts';
import type { ThreadWork } from './use-threads.ts';
import { Words } from './Words.tsx';

interface CommentItemProps {
  readonly thread: Thread;
  readonly comment: Comment;
  readonly work: ThreadWork;
  readonly people: ThreadPeople;
  readonly drafts: Drafts;
  /** The card is the one that is read: what one may do is offered. */
  readonly current: boolean;
}

/** One person's words in a thread. */
export function CommentItem({ thread, comment, work, people, drafts, current }: CommentItemProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const face = people.face(comment.by);
  const mine = comment.by === people.me && people.mayComment && comment.deleted === null;
  return (
    <div className="comment">
      <div className="comment-head">
        {face === undefined ? null : <Avatar face={face} size="sm" />}
        <strong className="cut">{people.name(comment.by)}</strong>
        <span className="cap">{sayMoment(comment.at)}</span>
        {comment.edited === null || comment.deleted !== null ? null : <span className="cap">{t('threads.edited')}</span>}
      </div>
      {comment.deleted !== null ? (
        <p className="cap">{t('threads.tombstone')}</p>
      ) : editing ? (
        <Composer
          autoFocus
          label={t('threads.editLabel')}
          sendLabel={t('threads.save')}
          people={people.members}
          drafts={drafts}
          place={`edit.${comment.seq}`}
          start={comment.body.text}
          onCancel={() => {
            drafts.write(`edit.${comment.seq}`, '');
            setEditing(false);
          }}
          onSend={async (body) => {
            const done = (await work.change({ op: 'edit', thread: thread.id, comment: comment.seq, body })) !== null;
            if (done) setEditing(false);
            return done;
          }}
        />
      ) : (
        <Words body={comment.body} />
      )}
      {mine && current && !editing ? (
        <div className="thread-acts">
          <Button size="sm" look="quiet" onClick={() => setEditing(true)}>
            {t('threads.edit')}
          </Button>
          <Button size="sm" look="quiet" onClick={() => void work.change({ op: 'delete', thread: thread.id, comment: comment.seq })}>
            {t('threads.delete')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
