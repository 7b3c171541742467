import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MySession } from '../../../shared/api/accounts.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { signedOutNow } from '../me/index.ts';
import { accounts, ask } from '../requests/index.ts';

/** Where one is signed in, and the tokens of one's scripts; each can be ended, and all others at once. */
export function DevicesCard() {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [sessions, setSessions] = useState<readonly MySession[] | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    void ask(accounts.sessions()).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setSessions(answer.value);
      else if (answer.error.code === 'signed-out') signedOutNow();
      else setComplaint(failureWords(answer.error));
    });
    return () => {
      mounted = false;
    };
  }, [round]);

  async function end(request: Promise<void>): Promise<void> {
    setBusy(true);
    const answer = await ask(request);
    setBusy(false);
    // one that has ended meanwhile is what was wanted
    setComplaint(answer.ok || answer.error.code === 'not-found' ? null : failureWords(answer.error));
    setRound((now) => now + 1);
  }

  const others = sessions?.filter((session) => !session.mine).length ?? 0;
  return (
    <section className="card account-card" aria-labelledby="account-devices" aria-busy={sessions === null}>
      <h2 id="account-devices">{t('account.devices')}</h2>
      {sessions === null && complaint === null ? <Skeleton lines={2} /> : null}
      <ul className="devices">
        {sessions?.map((session) => (
          <li key={session.id} className="device">
            <div className="grow">
              <b>{session.kind === 'token' ? t('account.token', { label: session.label }) : session.label || t('account.unknownDevice')}</b>
              {session.mine ? <span className="chip info">{t('account.thisDevice')}</span> : null}
              <p className="cap">{t('account.seen', { since: sayMoment(session.since), seen: sayMoment(session.seenAt) })}</p>
            </div>
            {session.mine ? null : (
              <Button size="sm" disabled={busy} onClick={() => void end(accounts.endSession(session.id))}>
                {t('account.endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="complaint" role="alert">
        {complaint}
      </p>
      {sessions === null && complaint !== null ? <Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button> : null}
      {others > 1 ? (
        <Button disabled={busy} onClick={() => void end(accounts.endOtherSessions())}>
          {t('account.endOthers', { count: others })}
        </Button>
      ) : null}
    </section>
  );
}
