import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countCharacters } from '../../../shared/counting/count.ts';
import type { Rescue } from '../../connection/rescue.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copy.ts';

interface RescueListProps {
  readonly rescues: readonly Rescue[];
  readonly onDiscard: (id: string) => void;
}

/** Text that the report did not take, kept in this browser until the person copies or discards it. */
export function RescueList({ rescues, onDiscard }: RescueListProps) {
  const { t } = useTranslation();
  if (rescues.length === 0) return null;
  return (
    <section className="panel-part" id="kept" aria-labelledby="kept-heading" tabIndex={-1}>
      <h2 id="kept-heading">
        {t('rescue.heading')} <span className="count">{rescues.length}</span>
      </h2>
      <p className="cap">{t('rescue.hint')}</p>
      <ul className="rescues">
        {rescues.map((rescue) => (
          <RescueCard key={rescue.id} rescue={rescue} onDiscard={() => onDiscard(rescue.id)} />
        ))}
      </ul>
    </section>
  );
}

function RescueCard({ rescue, onDiscard }: { readonly rescue: Rescue; readonly onDiscard: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<boolean | null>(null);
  const [sure, setSure] = useState(false);
  return (
    <li className="card rescue">
      <div className="row">
        <b className="grow cut" lang="zh-CN" title={rescue.heading}>
          {rescue.heading === '' ? t('outline.passage') : rescue.heading}
        </b>
        <span className="cap nowrap">{t('rescue.count', { count: countCharacters(rescue.text) })}</span>
      </div>
      <div className="cap">{t('rescue.of', { why: t(`refusals.${rescue.reason}`), when: sayMoment(rescue.at) })}</div>
      <blockquote className="quote" lang="zh-CN">
        {rescue.text}
      </blockquote>
      {copied === false ? <p className="complaint">{t('common.copyFailed')}</p> : null}
      <div className="row">
        <Button size="sm" onClick={() => void copyText(rescue.text).then(setCopied)}>
          {copied === true ? t('common.copied') : t('rescue.copy')}
        </Button>
        {sure ? (
          <>
            <Button size="sm" onClick={onDiscard}>
              {t('rescue.discardSure')}
            </Button>
            <Button size="sm" look="quiet" onClick={() => setSure(false)}>
              {t('common.cancel')}
            </Button>
          </>
        ) : (
          <Button size="sm" look="quiet" onClick={() => (copied === true ? onDiscard() : setSure(true))}>
            {t('rescue.discard')}
          </Button>
        )}
      </div>
    </li>
  );
}
