import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { notify } from '../../ui/notices.ts';
import { IgnoreForm } from './IgnoreForm.tsx';
import type { ListedFinding } from './model.ts';
import type { FindingDesk } from './people.ts';
import { useSayFinding } from './say-finding.ts';

interface FindingBodyProps {
  readonly finding: ListedFinding;
  readonly desk: FindingDesk;
  /** After it was put right or ignored. */
  readonly onDone: () => void;
}

/** Why a place was found, by which source, and what one can do about it; the same in the list and at the place. */
export function FindingBody({ finding, desk, onDone }: FindingBodyProps) {
  const { t } = useTranslation();
  const say = useSayFinding();
  const [ignoring, setIgnoring] = useState(false);
  const { source, reason, cites, ignored, fix, quote, from } = finding;
  const same = desk.alike(finding);
  const named = (act: string) => `${act} ${quote}`;

  return (
    <>
      <p className="finding-why">{say(finding)}</p>
      {reason === undefined || reason === '' ? null : (
        <p className="finding-reason cap" lang="zh-CN">
          {reason}
        </p>
      )}
      <p className="finding-source cap">
        {t('proof.sourceIs', { source: t(`proof.sources.${source}`) })}
        {cites === undefined ? null : <span lang="zh-CN"> {cites}</span>}
      </p>
      {ignored === null ? null : (
        <p className="finding-ignored cap">
          {t('proof.ignoredBy', { name: desk.name(ignored.by), when: sayMoment(ignored.at), seq: ignored.seq, reason: ignored.reason })}
        </p>
      )}
      {ignoring ? (
        <IgnoreForm
          others={same.length}
          onCancel={() => setIgnoring(false)}
          onIgnore={(why, all) => {
            const which = all ? [finding, ...same] : [finding];
            void desk.ignore(which, why).then((done) => {
              if (!done) return;
              setIgnoring(false);
              notify(t('proof.ignoredDone', { count: which.length }));
              onDone();
            });
          }}
        />
      ) : (
        <div className="finding-acts">
          {ignored !== null || fix === undefined ? null : (
            <Button
              size="sm"
              reason={desk.whyNotFix}
              onClick={() => {
                desk.fix(finding);
                onDone();
              }}
            >
              {fixWords()}
            </Button>
          )}
          {!desk.mayIgnore ? null : ignored === null ? (
            <Button size="sm" look="quiet" aria-label={named(t('proof.ignore'))} onClick={() => setIgnoring(true)}>
              {t('proof.ignore')}
            </Button>
          ) : (
            <Button
              size="sm"
              aria-label={named(t('proof.recall'))}
              onClick={() => void desk.recall(finding).then((done) => (done ? notify(t('proof.recalled')) : undefined))}
            >
              {t('proof.recall')}
            </Button>
          )}
        </div>
      )}
    </>
  );

  function fixWords(): string {
    if (fix === undefined) return '';
    if (fix.text === '') return t('proof.fixDelete', { wrong: quote.slice(fix.from - from, fix.to - from) });
    return fix.from === fix.to ? t('proof.fixInsert', { right: fix.text }) : t('proof.fix', { right: fix.text });
  }
}
