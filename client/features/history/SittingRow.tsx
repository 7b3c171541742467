import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OutlineNews, Sitting } from '../../../shared/api/history.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { Avatar, Faces } from '../../ui/Avatar.tsx';
import { compareLink } from './links.ts';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { saySpan } from './say-day.ts';
import { fewChapters } from './sittings.ts';
import { Tick } from './Tick.tsx';
import type { PointMark } from './Timeline.tsx';

interface SittingRowProps {
  readonly report: ReportId;
  readonly sitting: Sitting;
  readonly people: People;
  readonly names: PlaceNames;
  readonly order: readonly NodeId[];
  readonly mark: PointMark;
  readonly onTick: (seq: Seq) => void;
}

const FACES = 5;
const NEWS = 2;

/** One sitting: everybody at work in it, when, where, how much, and what it was about. The row opens what was changed in it. */
export function SittingRow({ report, sitting, people, names, order, mark, onTick }: SittingRowProps) {
  const { t } = useTranslation();
  const { fromSeq, toSeq, from, to, members, added, removed, gist, outline } = sitting;
  const span = saySpan(from, to);
  const chapters = fewChapters(
    sitting.chapters.filter((chapter) => chapter.added + chapter.removed + chapter.moved > 0).map(({ id }) => id),
    order,
  );
  const who = members.map(({ id }) => people.name(id)).join(t('common.join'));
  return (
    <li className={mark === 'none' ? 'sit' : 'sit sel'} data-sitting={sitting.id}>
      <Tick mark={mark} label={t('history.tickSitting', { span, seq: toSeq })} onTick={() => onTick(toSeq)} />
      <Link className="sit-go" href={compareLink(report, { from: fromSeq - 1, to: toSeq, chapter: null })} title={t('history.openSitting')}>
        <span className="sit-top">
          <Faces more={members.length - FACES} moreLabel={who}>
            {members.slice(0, FACES).map(({ id }) => (
              <Avatar key={id} face={people.face(id)} size="sm" />
            ))}
          </Faces>
          <span className="grow">{span}</span>
          <span className="cap">{fromSeq === toSeq ? toSeq : t('history.range', { from: fromSeq, to: toSeq })}</span>
        </span>
        {gist === null ? null : (
          <span className="sit-gist cut" lang="zh-CN">
            {gist.op === 'ins' ? gist.text : t(gist.op === 'del' ? 'history.gistDel' : 'history.gistMoved', { text: gist.text })}
          </span>
        )}
        {outline.slice(0, gist === null ? NEWS : 1).map((news) => (
          <span key={news.seq} className="sit-gist cut">
            <OutlineWords news={news} />
          </span>
        ))}
        {gist === null && outline.length === 0 ? <span className="sit-gist cut">{t(`history.only.${onlyKind(sitting)}`)}</span> : null}
        <span className="sit-figures">
          <span className="grow cut">
            {chapters.shown.map((id) => names.short(id)).join(t('history.chapterJoin'))}
            {chapters.more > 0 ? t('history.moreChapters', { count: chapters.more }) : ''}
          </span>
          {added > 0 ? <span className="plus">{t('history.plus', { count: added })}</span> : null}
          {removed > 0 ? <span className="minus">{t('history.minus', { count: removed })}</span> : null}
        </span>
      </Link>
    </li>
  );
}

/** What a sitting was about that left no text and no outline different. */
function onlyKind({ kinds }: Sitting): 'text' | 'members' | 'revision' | 'other' {
  if (kinds.includes('text')) return 'text';
  if (kinds.includes('revision')) return 'revision';
  return kinds.includes('members') ? 'members' : 'other';
}

function OutlineWords({ news }: { readonly news: OutlineNews }) {
  const { t } = useTranslation();
  const { event, heading } = news;
  switch (event.op) {
    case 'create':
      return t(`history.created.${event.beginning}`);
    case 'title':
      return t('history.outline.title', { heading: event.title });
    case 'heading':
      return t('history.outline.heading', { heading: event.heading });
    case 'add':
      return t('history.outline.add', { heading: event.node.heading === '' ? t('history.passage') : event.node.heading });
    default:
      return t(`history.outline.${event.op}`, { heading: heading === '' ? t('history.passage') : heading });
  }
}
