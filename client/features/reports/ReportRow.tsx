import { MoreHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { can } from '../../../shared/access/can.ts';
import type { HomeReport } from '../../../shared/api/home.ts';
import type { Me } from '../../../shared/api.ts';
import type { LifecycleOp } from '../../../shared/lifecycle/lifecycle.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { figure } from '../../i18n/start.ts';
import { Avatar, Faces } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/Menu.tsx';
import { facesOf } from '../members/index.ts';
import { toldKind } from './model.ts';
import { StagePath } from './StagePath.tsx';

const SHOWN_FACES = 4;

interface ReportRowProps {
  readonly report: HomeReport;
  readonly me: Me;
  readonly onLife: (op: LifecycleOp) => void;
  /** @param masked whether figures are to become blanks, to begin with */
  readonly onCopy: (masked: boolean) => void;
  readonly onLeave: () => void;
}

/** One report of the list: the whole row leads to it, the title is the link; the menu holds what else can be done. */
export function ReportRow({ report, me, onLife, onCopy, onLeave }: ReportRowProps) {
  const { t } = useTranslation();
  const title = report.title === '' ? t('home.untitled') : report.title;
  const faces = facesOf(report.members);
  const present = report.members.filter((member) => !member.left);
  const more = present.length - SHOWN_FACES;
  const owners = present.filter((member) => member.role === 'owner').map((member) => member.name);
  const facts = [
    report.type,
    owners.length === 0 ? '' : t('home.owners', { names: owners.join(t('common.join')) }),
    [
      report.parts === 0 ? '' : t('home.partCount', { count: report.parts }),
      report.chapters === 0 ? '' : t('home.chapterCount', { count: report.chapters }),
    ]
      .filter(Boolean)
      .join(' '),
  ].filter(Boolean);
  return (
    <li className="rep" data-report={report.id}>
      <div className="rep-name">
        <h3 className="rep-title">
          <Link href={`/r/${report.id}`} className="cut2" lang="zh-CN" title={title}>
            {title}
          </Link>
        </h3>
        <div className="cap cut">{facts.join(' · ')}</div>
      </div>
      <StagePath report={report} />
      <dl className="tri">
        <div>
          <dt>{t('home.blanks')}</dt>
          <dd className={report.blanks > 0 ? 'waits' : ''}>{figure(report.blanks)}</dd>
        </div>
        <div>
          <dt>{t('home.written')}</dt>
          <dd>{t('home.writtenOf', { written: report.written, chapters: report.chapters })}</dd>
        </div>
        <div>
          <dt>{t('home.characters')}</dt>
          <dd>{figure(report.characters)}</dd>
        </div>
      </dl>
      <span className="rep-faces">
        <Faces more={more} moreLabel={t('home.moreMembers', { count: more })}>
          {present.slice(0, SHOWN_FACES).map((member) => {
            const face = faces.get(member.id);
            return face === undefined ? null : (
              <Avatar key={member.id} face={face} label={`${member.name} · ${t(`roles.${member.role}`)}`} />
            );
          })}
        </Faces>
      </span>
      <Last report={report} />
      <RowMenu report={report} title={title} me={me} onLife={onLife} onCopy={onCopy} onLeave={onLeave} />
    </li>
  );
}

/** Who did what where, when, and the entry's number. */
function Last({ report }: { readonly report: HomeReport }) {
  const { t } = useTranslation();
  const { last } = report;
  const name = report.members.find((member) => member.id === last?.author)?.name ?? t('home.unknownMember');
  const did = last === null ? '' : t(`home.did.${last.brought ? 'brought' : toldKind(last.kind)}`);
  const whole = last === null || last.place === '' ? did : t('home.didIn', { did, place: last.place });
  return (
    <span className="cap rep-last" title={`${name} ${whole}`}>
      <span className="cut rep-did">{t('home.didWhere', { name, did })}</span>
      <span className="rep-when">{sayMoment(report.changedAt)}</span>
      <span className="muted">{t('home.entry', { seq: report.seq })}</span>
    </span>
  );
}

function RowMenu({ report, title, me, onLife, onCopy, onLeave }: ReportRowProps & { readonly title: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { standing } = report;
  const mayChangeLife = can({ member: me.id, role: report.role }, 'changeLifecycle', null, report.stage);
  return (
    <span className="rep-menu">
      <Menu
        align="end"
        trigger={
          <Button look="quiet" icon aria-label={t('home.menu', { title })}>
            <MoreHorizontal aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onPick={() => go(`/r/${report.id}`)}>{t('home.open')}</MenuItem>
        {me.admin && standing !== 'trashed' ? (
          <>
            <MenuItem onPick={() => onCopy(false)}>{t('home.duplicate')}</MenuItem>
            <MenuItem onPick={() => onCopy(true)}>{t('home.fromThis')}</MenuItem>
          </>
        ) : null}
        <MenuLine />
        {mayChangeLife && standing === 'active' ? <MenuItem onPick={() => onLife('archive')}>{t('home.archive')}</MenuItem> : null}
        {mayChangeLife && standing === 'archived' ? <MenuItem onPick={() => onLife('unarchive')}>{t('home.unarchive')}</MenuItem> : null}
        {mayChangeLife && standing !== 'trashed' ? <MenuItem onPick={() => onLife('trash')}>{t('home.trash')}</MenuItem> : null}
        {mayChangeLife && standing === 'trashed' ? <MenuItem onPick={() => onLife('restore')}>{t('home.restore')}</MenuItem> : null}
        {standing === 'trashed' ? null : <MenuItem onPick={onLeave}>{t('home.leave')}</MenuItem>}
      </Menu>
    </span>
  );
}
