import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReportSummary } from '../../../shared/api.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Avatar, Faces } from '../../ui/Avatar.tsx';
import { facesOf } from '../members/index.ts';

const SHOWN_FACES = 5;

/** One report of the list: the whole row leads to it, the title is the link. */
export function ReportRow({ report }: { readonly report: ReportSummary }) {
  const { t } = useTranslation();
  const faces = facesOf(report.members);
  const present = report.members.filter((member) => !member.left);
  const more = present.length - SHOWN_FACES;
  return (
    <li className="rep">
      <h2 className="rep-title">
        <Link href={`/r/${report.id}`} className="cut2" lang="zh-CN">
          {report.title === '' ? t('home.untitled') : report.title}
        </Link>
      </h2>
      <span className="small rep-role">{t(`roles.${report.role}`)}</span>
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
      <span className="cap rep-last">
        {sayMoment(report.changedAt)}
        <br />
        <span className="muted">{t('home.entry', { seq: report.seq })}</span>
      </span>
    </li>
  );
}
