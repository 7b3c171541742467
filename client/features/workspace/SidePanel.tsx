import { X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberId, NodeId, ReportId, Seq } from '../../../shared/ids.ts';
import type { Rescue } from '../../connection/rescue.ts';
import { figure } from '../../i18n/start.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { AuthorPanel, type Caret } from '../authorship/index.ts';
import { PresencePanel, type PresentPerson } from '../presence/index.ts';
import { RescueList } from '../rescue/index.ts';

interface SidePanelProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly report: ReportId;
  readonly me: Face;
  readonly mine: NodeId | null;
  readonly people: readonly PresentPerson[];
  readonly faces: ReadonlyMap<MemberId, Face>;
  readonly placeName: (node: NodeId) => string;
  readonly onVisit: (person: PresentPerson) => void;
  readonly caret: Caret['state'];
  readonly seq: Seq;
  readonly rescues: readonly Rescue[];
  readonly onDiscard: (id: string) => void;
  /** What was changed; null for those who may not read the past. */
  readonly history: ReactNode;
  /** 待填项, and how many of them wait. */
  readonly blanks: ReactNode;
  readonly openBlanks: number;
  /** 校对, and how many mistakes nobody has put right or ignored. */
  readonly proofreading: ReactNode;
  readonly openErrors: number;
  /** 批注, and how many of them are open. */
  readonly threads: ReactNode;
  readonly openThreads: number;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
}

/** The right column: kept text when there is any, the author at the caret, who is here. */
export function SidePanel(props: SidePanelProps) {
  const { t } = useTranslation();
  const tab = props.tab === 'history' && props.history === null ? 'here' : props.tab;
  const here = (
    <>
      <PresencePanel me={props.me} mine={props.mine} people={props.people} placeName={props.placeName} onVisit={props.onVisit} />
      <AuthorPanel report={props.report} caret={props.caret} seq={props.seq} faces={props.faces} />
    </>
  );
  return (
    <aside
      className={props.open ? 'panel open' : 'panel'}
      aria-label={t('report.panel')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose();
      }}
    >
      <Button look="quiet" size="sm" icon className="panel-close" hint={t('panel.close')} onClick={props.onClose}>
        <X aria-hidden="true" />
      </Button>
      <RescueList rescues={props.rescues} onDiscard={props.onDiscard} />
      <Tabs.Root className="panel-tabs" value={tab} onValueChange={props.onTab}>
        <Tabs.List className="tabs" aria-label={t('history.tabs')}>
          <Tabs.Trigger value="here">{t('history.tabPresent')}</Tabs.Trigger>
          <Tabs.Trigger value="threads">
            {t('threads.tab')}
            {props.openThreads === 0 ? null : <span className="count">{figure(props.openThreads)}</span>}
          </Tabs.Trigger>
          <Tabs.Trigger value="blanks">
            {t('blanks.tab')}
            {props.openBlanks === 0 ? null : <span className="count">{figure(props.openBlanks)}</span>}
          </Tabs.Trigger>
          <Tabs.Trigger value="proofreading">
            {t('proof.tab')}
            {props.openErrors === 0 ? null : <span className="count">{figure(props.openErrors)}</span>}
          </Tabs.Trigger>
          {props.history === null ? null : <Tabs.Trigger value="history">{t('history.tab')}</Tabs.Trigger>}
        </Tabs.List>
        <Tabs.Content value="here" tabIndex={-1}>
          {here}
        </Tabs.Content>
        <Tabs.Content value="threads" className="panel-threads" tabIndex={-1}>
          {props.threads}
        </Tabs.Content>
        <Tabs.Content value="blanks" className="panel-blanks" tabIndex={-1}>
          {props.blanks}
        </Tabs.Content>
        <Tabs.Content value="proofreading" className="panel-proof" tabIndex={-1}>
          {props.proofreading}
        </Tabs.Content>
        {props.history === null ? null : (
          <Tabs.Content value="history" className="panel-history" tabIndex={-1}>
            {props.history}
          </Tabs.Content>
        )}
      </Tabs.Root>
    </aside>
  );
}
