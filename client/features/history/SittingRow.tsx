import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { OutlineNews, Sitting } from '../../../shared/api/history.ts';
import type { NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import { Avatar, Faces } from '../../ui/Avatar.tsx';
import { MenuItem } from '../../ui/Menu.tsx';
import { askRevision } from '../revisions/index.ts';
import { GROUPS, type Group } from './kinds.ts';
import { compareLink, replayLink } from './links.ts';
import type { People } from './people.ts';
import type { PlaceNames } from './place-names.ts';
import { RowMenu } from './RowMenu.tsx';
import { useSpan } from './say-day.ts';
import { useNewsWords } from './say-news.ts';
import { fewChapters } from './sittings.ts';
import { Tick } from './Tick.tsx';
import type { PointMark } from './Timeline.tsx';

interface SittingRowProps {
  readonly report: ReportId;
  readonly sitting: Sitting;
  readonly people: People;
  readonly names: PlaceNames;
  readonly order: readonly NodeId[];
  /** What is looked for is told first; null = everything. */
  readonly group: Group | null;
  readonly mayName: boolean;
  readonly mark: PointMark;
  readonly onTick: (seq: Seq) => void;
}

const FACES = 5;
/** Lines of news in a row. */
const LINES = 2;
const LINES_LOOKED_FOR = 4;

/** One sitting: everybody at work in it, when, where, how much, and what it was about. The row opens what was changed in it. */
export function SittingRow({ report, sitting, people, names, order, group, mayName, mark, onTick }: SittingRowProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const newsWords = useNewsWords(people);
  const { fromSeq, toSeq, members, added, removed, gist } = sitting;
  const span = useSpan()(sitting.from, sitting.to);
  const touched = sitting.chapters.filter((chapter) => chapter.added + chapter.removed + chapter.moved > 0).map(({ id }) => id);
  const chapters = fewChapters(touched, order);
  const replayed = chapters.shown.find((id) => order.includes(id));
  const who = members.map(({ id }) => people.name(id)).join(t('common.join'));
  const isText = group === null || group === 'text';
  const isOf = (kind: string) => isText || GROUPS[group].some((other) => other === kind);
  const news = [
    ...(isOf('outline') ? sitting.outline : []).map((one) => ({ seq: one.seq, words: <OutlineWords news={one} people={people} /> })),
    ...sitting.others.filter(({ kind }) => isOf(kind)).map((one) => ({ seq: one.seq, words: newsWords(one) })),
  ];
  const told = isText && gist !== null;
  const most = isText ? LINES - (told ? 1 : 0) : LINES_LOOKED_FOR;
  return (
    <li className={mark === 'none' ? 'sit' : 'sit sel'} data-row="" data-sitting={sitting.id}>
      <Tick mark={mark} label={t('history.tickSitting', { span, seq: toSeq })} onTick={() => onTick(toSeq)} />
      <Link className="sit-go" href={compareLink(report, { from: fromSeq - 1, to: toSeq, chapter: null })} title={t('history.openSitting')}>
        <span className="sit-top">
          <Faces more={members.length - FACES} moreLabel={who}>
            {members.slice(0, FACES).map(({ id }) => (
              <Avatar key={id} face={people.face(id)} size="sm" />
            ))}
          </Faces>
          <span className="grow nowrap">{span}</span>
          <span className="cap">{fromSeq === toSeq ? toSeq : t('history.range', { from: fromSeq, to: toSeq })}</span>
        </span>
        {told ? (
          <span className="sit-gist cut" lang="zh-CN">
            {gist.op === 'ins' ? gist.text : t(gist.op === 'del' ? 'history.gistDel' : 'history.gistMoved', { text: gist.text })}
          </span>
        ) : null}
        {news.slice(0, most).map(({ seq, words }) => (
          <span key={seq} className="sit-gist cut">
            {words}
          </span>
        ))}
        {news.length > most && !told ? <span className="sit-gist cap">{t('timeline.moreNews', { count: news.length - most })}</span> : null}
        {!told && news.length === 0 ? <span className="sit-gist cut">{t(`history.only.${onlyKind(sitting)}`)}</span> : null}
        <span className="sit-figures">
          <span className="grow cut">
            {chapters.shown.map((id) => names.short(id)).join(t('history.chapterJoin'))}
            {chapters.more > 0 ? t('history.moreChapters', { count: chapters.more }) : ''}
          </span>
          {added > 0 ? <span className="plus">{t('history.plus', { count: added })}</span> : null}
          {removed > 0 ? <span className="minus">{t('history.minus', { count: removed })}</span> : null}
        </span>
      </Link>
      <RowMenu label={t('timeline.acts', { span })}>
        {mayName ? <MenuItem onPick={() => askRevision({ what: 'name', upTo: toSeq })}>{t('revisions.nameThis')}</MenuItem> : null}
        <MenuItem onPick={() => onTick(toSeq)}>{t(mark === 'none' ? 'timeline.tick' : 'timeline.untick')}</MenuItem>
        {replayed === undefined ? null : (
          <MenuItem onPick={() => go(replayLink(report, replayed, fromSeq))}>
            {t('timeline.replayFrom', { place: names.long(replayed) })}
          </MenuItem>
        )}
      </RowMenu>
    </li>
  );
}

/** What a sitting was about that left no text and no outline different. */
function onlyKind({ kinds }: Sitting): 'text' | 'members' | 'revision' | 'other' {
  if (kinds.includes('text')) return 'text';
  if (kinds.includes('revision')) return 'revision';
  return kinds.includes('members') ? 'members' : 'other';
}

function OutlineWords({ news, people }: { readonly news: OutlineNews; readonly people: People }) {
  const { t } = useTranslation();
  const { event } = news;
  const heading = news.heading === '' ? t('history.passage') : news.heading;
  switch (event.op) {
    case 'create':
      return t(`history.created.${event.beginning}`);
    case 'title':
      return t('history.outline.title', { heading: event.title });
    case 'heading':
      return t('history.outline.heading', { heading: event.heading });
    case 'add':
      return t('history.outline.add', { heading: event.node.heading === '' ? t('history.passage') : event.node.heading });
    case 'owner':
      return event.owner === null
        ? t('history.outline.ownerNone', { heading })
        : t('history.outline.owner', { heading, name: people.name(event.owner) });
    case 'note':
      return event.note === '' ? t('history.outline.noteNone', { heading }) : t('history.outline.note', { heading, note: event.note });
    default:
      return t(`history.outline.${event.op}`, { heading });
  }
}
