import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { MenuItem } from '../../ui/Menu.tsx';
import { askRevision } from '../revisions/index.ts';
import { compareLink } from './links.ts';
import type { People } from './people.ts';
import { RowMenu } from './RowMenu.tsx';
import { Tick } from './Tick.tsx';
import type { PointMark } from './Timeline.tsx';

interface MilestoneProps {
  readonly report: ReportId;
  readonly head: Seq;
  readonly revision: Revision;
  readonly people: People;
  readonly mayName: boolean;
  readonly mark: PointMark;
  readonly onTick: (seq: Seq) => void;
}

/** A named revision at its point in the timeline: a landmark to find one's way by. Pressing it shows what was changed since. */
export function Milestone({ report, head, revision, people, mayName, mark, onTick }: MilestoneProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { upTo, name, note, by, at } = revision;
  const sinceThen = compareLink(report, { from: upTo, to: head, chapter: null });
  return (
    <li className={mark === 'none' ? 'mile' : 'mile sel'} data-row="" data-revision={revision.id}>
      <Tick mark={mark} label={t('history.tickRevision', { name, seq: upTo })} onTick={() => onTick(upTo)} />
      <Link className="mile-go" href={sinceThen} title={t('timeline.openRevision', { name })}>
        <span className="mile-top">
          <span className="chip line cut" lang="zh-CN">
            {name}
          </span>
          <span className="cap nowrap">{t('history.seq', { seq: upTo })}</span>
        </span>
        {note === '' ? null : (
          <span className="mile-note" lang="zh-CN">
            {note}
          </span>
        )}
        <span className="unseen">{t('revisions.by', { name: people.name(by), when: sayMoment(at) })}</span>
      </Link>
      <RowMenu label={t('revisions.acts', { name })}>
        <p className="menu-note">{t('revisions.by', { name: people.name(by), when: sayMoment(at) })}</p>
        <MenuItem onPick={() => go(sinceThen)}>{t('history.compareNow')}</MenuItem>
        {mayName ? (
          <>
            <MenuItem onPick={() => askRevision({ what: 'rename', revision })}>{t('revisions.rename')}</MenuItem>
            <MenuItem onPick={() => askRevision({ what: 'withdraw', revision })}>{t('revisions.withdrawAsk')}</MenuItem>
          </>
        ) : null}
      </RowMenu>
    </li>
  );
}
