import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Rescue, RescueReason } from '../../connection/rescue.ts';
import type { Merged } from '../../connection/save-state.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copy.ts';
import { TroubleBar } from '../../ui/TroubleBar.tsx';

export interface Troubles {
  /** null: connected. */
  readonly offline: { readonly unsaved: number } | null;
  readonly merged: Merged | null;
  /** The newest refusal that has not been seen yet. */
  readonly refused: Rescue | null;
  readonly damage: string | null;
  readonly outdated: boolean;
  readonly signedOut: boolean;
  readonly gone: boolean;
  /** This browser keeps nothing over a reload. */
  readonly forgetful: boolean;
}

interface TroubleBarsProps {
  readonly troubles: Troubles;
  readonly onRetry: () => void;
  readonly onMergedSeen: () => void;
  readonly onRefusedSeen: () => void;
  readonly onShowKept: () => void;
  readonly nameOf: (member: MemberId) => string;
}

/** Trouble in full-width bars over the desk: what happened with its number, what is safe, what to do. */
export function TroubleBars({ troubles, onRetry, onMergedSeen, onRefusedSeen, onShowKept, nameOf }: TroubleBarsProps) {
  const { t } = useTranslation();
  const { offline, merged, refused, damage } = troubles;
  const close = (onPress: () => void) => (
    <Button size="sm" look="quiet" onClick={onPress}>
      {t('common.close')}
    </Button>
  );
  return (
    <div className="bars">
      {damage === null ? null : (
        <TroubleBar kind="stop" headline={t('bars.damaged')}>
          {t('bars.damagedHint', { why: damage })}
        </TroubleBar>
      )}
      {troubles.gone ? <TroubleBar kind="stop" headline={t('bars.gone')} acts={<HomeLink />} /> : null}
      {troubles.signedOut ? (
        <TroubleBar
          kind="stop"
          headline={t('bars.signedOut')}
          acts={
            // loaded anew at this address: the page to sign in, or, signed in elsewhere meanwhile, the report
            <Button size="sm" onClick={() => location.reload()}>
              {t('signIn.act')}
            </Button>
          }
        >
          {t('bars.signedOutHint')}
        </TroubleBar>
      ) : null}
      {troubles.outdated ? (
        <TroubleBar
          kind="info"
          headline={t('bars.oldSchema')}
          acts={
            <Button size="sm" onClick={() => location.reload()}>
              {t('common.reload')}
            </Button>
          }
        >
          {t('bars.oldSchemaHint')}
        </TroubleBar>
      ) : null}
      {offline === null || troubles.signedOut || troubles.gone ? null : (
        <TroubleBar
          kind="warn"
          headline={offline.unsaved === 0 ? t('bars.offlineNone') : t('bars.offline', { count: offline.unsaved })}
          acts={
            <Button size="sm" onClick={onRetry}>
              {t('bars.retryNow')}
            </Button>
          }
        >
          {troubles.forgetful ? t('bars.localFailedHint') : t('bars.offlineHint')} <BlockedHint />
        </TroubleBar>
      )}
      {troubles.forgetful && offline === null ? (
        <TroubleBar kind="warn" headline={t('bars.localFailed')}>
          {t('bars.localFailedHint')}
        </TroubleBar>
      ) : null}
      {refused === null ? null : <RefusedBar refused={refused} onSeen={onRefusedSeen} onShowKept={onShowKept} />}
      {merged === null ? null : (
        <TroubleBar
          kind="good"
          headline={
            merged.others.length === 0
              ? t('bars.merged', { count: merged.mine, seq: merged.seq })
              : t('bars.mergedBoth', {
                  count: merged.mine,
                  seq: merged.seq,
                  others: merged.others
                    .map(({ member, count }) => t('bars.mergedOf', { name: nameOf(member), count }))
                    .join(t('common.join')),
                })
          }
          acts={close(onMergedSeen)}
        />
      )}
    </div>
  );
}

/** Refusals after which the chapter can be written in again at once. */
const GOES_ON: ReadonlySet<RescueReason> = new Set<RescueReason>([
  'bad-update',
  'too-big',
  'foreign-client',
  'fork',
  'other-epoch',
  'too-many-ids',
]);

function RefusedBar({
  refused,
  onSeen,
  onShowKept,
}: {
  readonly refused: Rescue;
  readonly onSeen: () => void;
  readonly onShowKept: () => void;
}) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <TroubleBar
      kind="stop"
      headline={t('bars.refused', {
        count: countCharacters(refused.text),
        chapter: refused.heading === '' ? t('outline.passage') : refused.heading,
        why: t(`refusals.${refused.reason}`),
      })}
      acts={
        <>
          <Button size="sm" onClick={() => void copyText(refused.text).then(setCopied)}>
            {copied === true ? t('common.copied') : t('bars.copyMine')}
          </Button>
          <Button size="sm" onClick={onShowKept}>
            {t('bars.showKept')}
          </Button>
          <Button size="sm" look="quiet" onClick={onSeen}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {copied === false ? t('common.copyFailed') : t(GOES_ON.has(refused.reason) ? 'bars.refusedHint' : 'bars.refusedHintClosed')}
    </TroubleBar>
  );
}

/** Only when the machine itself believes to be online does a blocked long connection come to mind. */
function BlockedHint() {
  const { t } = useTranslation();
  return navigator.onLine ? <span className="small">{t('bars.blockedHint')}</span> : null;
}

function HomeLink() {
  const { t } = useTranslation();
  return (
    <Link href="/" className="btn sm">
      {t('common.backHome')}
    </Link>
  );
}
