import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { can } from '../../../shared/access/can.ts';
import type { Me, ReportState } from '../../../shared/api.ts';
import type { MemberId, ReportId, Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import { partsOf } from '../../../shared/stages/stages.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';
import { Nothing } from '../../ui/Nothing.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MeMenu } from '../me/index.ts';
import { facesOf } from '../members/index.ts';
import { api, ask } from '../requests/index.ts';
import { RestoreDialog } from '../restore/index.ts';
import { RevisionDialog, useNamed } from '../revisions/index.ts';
import { deskLink } from './links.ts';
import { usePlaceNames } from './place-names.ts';
import { useAsked } from './use-asked.ts';

export interface PastPageProps {
  readonly report: ReportId;
  readonly me: Me;
}

export interface OpenPast {
  readonly me: Me;
  readonly report: ReportState;
  readonly faces: ReadonlyMap<MemberId, Face>;
  /** Fetches the report anew, for what came since. @returns its last entry; null when it could not be had */
  refresh(): Promise<Seq | null>;
}

/** May the reader of this page bring something back? The server asks again. */
export function mayWrite({ me, report }: OpenPast): boolean {
  return (
    report.damage === null &&
    can({ member: me.id, role: report.role, parts: partsOf(report.stages, me.id) }, 'writeText', null, report.stage)
  );
}

const NO_NAMES: readonly Revision[] = [];

/**
 * A page about a report's past. It asks by HTTP and opens no room: nothing that is done here can write. What it shows is that of the moment
 * when it was opened.
 */
export function PastPage({ report: id, me, children }: PastPageProps & { readonly children: (past: OpenPast) => ReactNode }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [asked, again] = useAsked(`report ${id}`, () => api.report(id));
  const [newer, setNewer] = useState<ReportState | null>(null);
  const known = newer !== null && newer.id === id ? newer : asked.state === 'here' ? asked.value : null;
  const { revisions, done } = useNamed(known?.revisions ?? NO_NAMES, me.id);
  async function refresh(): Promise<Seq | null> {
    const answer = await ask(api.report(id));
    if (answer.ok) setNewer(answer.value);
    else notify(failureWords(answer.error));
    return answer.ok ? answer.value.seq : null;
  }
  if (known !== null) {
    const report = { ...known, revisions };
    return (
      <>
        {children({ me, report, faces: facesOf(report.members), refresh })}
        <RevisionDialog report={id} head={report.seq} revisions={revisions} onDone={done} />
      </>
    );
  }
  return (
    <div className="past-page">
      <header className="top">
        <Brand />
        <span className="grow" />
        <MeMenu me={me} />
      </header>
      <main className="past-wait">
        {asked.state !== 'failed' ? (
          <Skeleton lines={10} />
        ) : (
          <div role="alert">
            <Nothing
              headline={t('report.failedHeading')}
              acts={
                <>
                  <Button onClick={again}>{t('common.retry')}</Button>
                  <Link href="/" className="btn">
                    {t('common.backHome')}
                  </Link>
                </>
              }
            >
              {failureWords(asked.failure)}
            </Nothing>
          </div>
        )}
      </main>
    </div>
  );
}

interface PastFrameProps {
  readonly past: OpenPast;
  readonly me: Me;
  readonly icon: ReactNode;
  /** What is shown, in words: the banner. */
  readonly banner: ReactNode;
  /** What is true here and nowhere else: that one can only look. */
  readonly note?: string;
  /** What can be done about what is shown, beside the way back. */
  readonly acts?: ReactNode;
  /** Esc belongs to something that is open. */
  readonly held?: boolean;
  /** Something was brought back from this page. */
  readonly onRestored?: () => void;
  readonly children: ReactNode;
}

/** Frame of every view of the past: the banner says where one is, and Esc goes back to the present. */
export function PastFrame({ past, me, icon, banner, note, acts, held = false, onRestored, children }: PastFrameProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { report, faces } = past;
  const names = usePlaceNames([report.outline]);
  const back = deskLink(report.id);

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || held || isComposing(event)) return;
      // a menu or a hint that is open closes first
      if (document.querySelector('[role="menu"], [role="dialog"]') !== null) return;
      go(back);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [back, go, held]);

  return (
    <div className="past-page">
      <a className="skip" href="#past">
        {t('common.skipToMain')}
      </a>
      <header className="top">
        <Brand />
        <h1 className="cut" lang="zh-CN" title={report.outline.title}>
          {report.outline.title === '' ? t('home.untitled') : report.outline.title}
        </h1>
        <span className="grow" />
        <MeMenu me={me} face={faces.get(me.id)} />
      </header>
      <div className="past-banner" role="status">
        {icon}
        <span className="grow past-what">{banner}</span>
        {note === undefined ? null : <span className="past-note">{note}</span>}
        {acts}
        <Link className="btn sm" href={back}>
          {t('history.backToNow')}
        </Link>
      </div>
      {children}
      <RestoreDialog
        report={report.id}
        faces={faces}
        placeName={names.long}
        {...(onRestored === undefined ? {} : { onDone: onRestored })}
      />
    </div>
  );
}
