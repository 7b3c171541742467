import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { InvitationOffer } from '../../../shared/api/accounts.ts';
import type { ReportId } from '../../../shared/ids.ts';
import type { FailureLike } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { askIdentity, identity } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';
import { AcceptInvitation } from './AcceptInvitation.tsx';
import { LinkTrouble } from './LinkTrouble.tsx';
import { NewcomerInvitation } from './NewcomerInvitation.tsx';
import { PlainPage } from './PlainPage.tsx';

/** An invitation opened: what it grants, by whom, and how to take it, with the account one has or a new one. */
export function InvitePage({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const who = useStore(identity);
  const [offer, setOffer] = useState<InvitationOffer | null>(null);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [round, setRound] = useState(0);
  const me = who.state === 'in' ? who.me : null;
  usePageTitle(t('invitation.pageTitle'));

  useEffect(() => {
    if (identity.getState().state === 'asking') void askIdentity();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for somebody else, and on request
  useEffect(() => {
    let mounted = true;
    void ask(accounts.offer(secret)).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setOffer(answer.value);
      setFailure(answer.ok ? null : answer.error);
    });
    return () => {
      mounted = false;
    };
  }, [secret, me?.id, round]);

  if (failure !== null) {
    return (
      <PlainPage>
        <LinkTrouble failure={failure} onAgain={() => setRound(round + 1)} />
      </PlainPage>
    );
  }
  if (offer === null || who.state === 'asking') {
    return (
      <PlainPage>
        <Skeleton lines={4} />
      </PlainPage>
    );
  }
  const enter = (report: ReportId) => go(`/r/${report}`, { replace: true });
  return (
    <PlainPage>
      <h1>{t('invitation.heading', { name: offer.invitedBy })}</h1>
      <dl className="offer">
        <dt>{t('invitation.report')}</dt>
        <dd lang="zh-CN">{offer.title === '' ? t('home.untitled') : offer.title}</dd>
        <dt>{t('invitation.role')}</dt>
        <dd>
          {t(`roles.${offer.role}`)} <span className="muted">{t(`roleHints.${offer.role}`)}</span>
        </dd>
        <dt>{t('invitation.until')}</dt>
        <dd>{sayMoment(offer.expiresAt)}</dd>
      </dl>
      {me === null ? (
        <NewcomerInvitation secret={secret} mayRegister={offer.forNewPeople} onJoined={enter} onFailed={setFailure} />
      ) : (
        <AcceptInvitation secret={secret} me={me} already={offer.already} onJoined={enter} onFailed={setFailure} />
      )}
    </PlainPage>
  );
}
