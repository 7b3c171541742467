import { useTranslation } from 'react-i18next';
import { FindingBody } from './FindingBody.tsx';
import type { ListedFinding } from './model.ts';
import type { FindingDesk } from './people.ts';

interface FindingRowProps {
  readonly finding: ListedFinding;
  readonly desk: FindingDesk;
  readonly current: boolean;
  readonly onGo: (finding: ListedFinding) => void;
}

/** So much of the sentence is enough to know it by, in characters. */
const BEFORE = 18;
const AFTER = 16;

/** One finding in the list: how sure, the words in their sentence, why, and what one can do. */
export function FindingRow({ finding, desk, current, onGo }: FindingRowProps) {
  const { t } = useTranslation();
  const { severity, before, after, quote, ignored, id, place } = finding;
  const left = [...before];
  const right = [...after];
  const start = left.length > BEFORE ? `…${left.slice(-BEFORE).join('')}` : before;
  const end = right.length > AFTER ? `${right.slice(0, AFTER).join('')}…` : after;
  return (
    <li
      className={['finding-row', `of-${severity}`, current ? 'is-current' : '', ignored === null ? '' : 'is-ignored']
        .filter(Boolean)
        .join(' ')}
      data-finding-row={id}
      data-severity={severity}
    >
      <div className="finding-head">
        <span className={`chip finding-chip of-${severity}`}>{t(`proof.severity.${severity}`)}</span>
        {place.part === 'text' ? null : <span className="cap">{t(`proof.part.${place.part}`)}</span>}
      </div>
      <button
        type="button"
        className="finding-go"
        aria-label={t('proof.go', { sentence: `${start}${quote}${end}` })}
        onClick={() => onGo(finding)}
      >
        <span className="finding-sentence" lang="zh-CN">
          {start}
          <mark className={`finding of-${severity}`}>{quote === '' ? '‸' : quote}</mark>
          {end}
        </span>
      </button>
      <FindingBody finding={finding} desk={desk} onDone={() => undefined} />
    </li>
  );
}
