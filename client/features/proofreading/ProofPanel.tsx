import { useTranslation } from 'react-i18next';
import { MOST_FINDINGS } from '../../../shared/api/proofreading.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { figure } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FindingRow } from './FindingRow.tsx';
import { byNode, FILTERS, type Filter, type ListedFinding, passes } from './model.ts';
import type { FindingDesk } from './people.ts';

interface ProofPanelProps {
  /** null: not yet here. */
  readonly list: readonly ListedFinding[] | null;
  readonly shown: readonly ListedFinding[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  /** The chapter that the person is in. */
  readonly here: NodeId | null;
  readonly desk: FindingDesk;
  readonly current: string | null;
  readonly marked: boolean;
  readonly onMarked: (marked: boolean) => void;
  readonly onGo: (finding: ListedFinding) => void;
}

/** 校对: what the rules say of the report, chapter by chapter; mistakes before what only might be better. */
export function ProofPanel(props: ProofPanelProps) {
  const { t } = useTranslation();
  const { list, shown, filter, here, desk, current } = props;
  if (list === null) {
    return (
      <div className="proof-panel">
        <Skeleton lines={8} />
      </div>
    );
  }
  if (list.length === 0) {
    return (
      <div className="proof-panel">
        <Nothing headline={t('proof.none')}>{t('proof.noneHint')}</Nothing>
      </div>
    );
  }
  const count = (which: Filter) => list.filter((finding) => passes(finding, which, here)).length;
  const of = (severity: ListedFinding['severity']) =>
    list.filter((finding) => finding.ignored === null && finding.severity === severity).length;
  const filters = FILTERS.filter((which) => which === filter || which === 'open' || which === 'error' || count(which) > 0);
  return (
    <div className="proof-panel">
      <div className="proof-head">
        <p className="proof-sum" role="status">
          {t('proof.sum', { errors: of('error'), warnings: of('warning'), hints: of('hint') })}
        </p>
        <fieldset className="proof-filters" aria-label={t('proof.filters')}>
          {filters.map((which) => (
            <Button key={which} size="sm" className="pill" aria-pressed={which === filter} onClick={() => props.onFilter(which)}>
              {t(`proof.show.${which}`)} {figure(count(which))}
            </Button>
          ))}
        </fieldset>
        <label className="proof-marked">
          <input type="checkbox" checked={props.marked} onChange={(event) => props.onMarked(event.target.checked)} />
          {t('proof.marked')}
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list is scrolled by keyboard too */}
      <section className="proof-list" aria-label={t('proof.title')} tabIndex={0}>
        {filter === 'hint' ? <p className="cap">{t('proof.hintNote')}</p> : null}
        {filter === 'ignored' ? <p className="cap">{t('proof.ignoredNote')}</p> : null}
        {shown.length === 0 ? <p className="proof-empty cap">{t(`proof.empty.${filter}`)}</p> : null}
        {byNode(shown).map(({ node, findings }) => {
          const place = desk.placeName(node);
          return (
            <div key={node} className="proof-chapter">
              <h3>
                <span className="grow cut" lang="zh-CN" title={place}>
                  {place}
                </span>
                <span className="cap">{figure(findings.length)}</span>
              </h3>
              <ul>
                {findings.map((finding) => (
                  <FindingRow key={finding.id} finding={finding} desk={desk} current={finding.id === current} onGo={props.onGo} />
                ))}
              </ul>
            </div>
          );
        })}
        {list.length >= MOST_FINDINGS ? <p className="cap">{t('proof.more', { most: MOST_FINDINGS })}</p> : null}
      </section>
      <p className="proof-keys cap">{t('proof.keys')}</p>
    </div>
  );
}
