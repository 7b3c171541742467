import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AuthorAt } from '../../../shared/api.ts';
import type { MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar, type Face } from '../../ui/Avatar.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Caret } from './caret.ts';
import { useAuthor } from './use-author.ts';

interface AuthorPanelProps {
  readonly report: ReportId;
  readonly caret: Caret['state'];
  /** The report's newest entry: what could not be told before may be told now. */
  readonly seq: Seq;
  readonly faces: ReadonlyMap<MemberId, Face>;
}

/** Right panel: who wrote the character before the caret, when, and how it came here. */
export function AuthorPanel({ report, caret, seq, faces }: AuthorPanelProps) {
  const { t } = useTranslation();
  const place = useStore(caret, (now) => now.place);
  const author = useAuthor(report, place, seq);
  return (
    <section className="panel-part" aria-labelledby="author-heading">
      <h2 id="author-heading">{t('panel.author')}</h2>
      <div aria-live="polite">
        {author.state === 'none' ? <p className="cap">{t('panel.authorHint')}</p> : null}
        {author.state === 'asking' ? <Skeleton lines={2} /> : null}
        {author.state === 'pending' ? <p className="cap">{t('panel.authorPending')}</p> : null}
        {author.state === 'failed' ? <p className="cap">{t('panel.authorFailed')}</p> : null}
        {author.state === 'known' ? <AuthorCard at={author.at} faces={faces} /> : null}
      </div>
    </section>
  );
}

function AuthorCard({ at, faces }: { readonly at: AuthorAt; readonly faces: ReadonlyMap<MemberId, Face> }) {
  const { t } = useTranslation();
  const writer = at.author === null ? undefined : faces.get(at.author);
  const nameOf = (member: MemberId) => faces.get(member)?.name ?? t('panel.unknownMember');
  const when = (moment: { readonly at: number; readonly seq: number }) => ({ when: sayMoment(moment.at), seq: moment.seq });
  return (
    <div className="card author">
      <div className="row">
        {writer === undefined ? null : <Avatar face={writer} />}
        <b className="grow cut">{at.author === null ? t(at.via === 'sample' ? 'panel.sample' : 'panel.imported') : nameOf(at.author)}</b>
        <span className="chip">{t(`panel.via.${at.via}`)}</span>
      </div>
      <p className="cap">{t('panel.when', when(at))}</p>
      {at.author === null && at.via === 'import' ? <p className="cap">{t('panel.importedBy', { name: nameOf(at.actor) })}</p> : null}
      {at.offlineSince > 0 ? <p className="cap">{t('panel.offline')}</p> : null}
      {at.movedBy === null ? null : (
        <p className="cap author-moved">
          {t(at.movedBy.via === 'restore' ? 'panel.restoredBy' : 'panel.movedBy', { name: nameOf(at.movedBy.member), ...when(at.movedBy) })}
        </p>
      )}
    </div>
  );
}
