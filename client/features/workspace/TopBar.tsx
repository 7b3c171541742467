import { ListTree, PanelRight, ScrollText, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../shared/access/can.ts';
import type { Me } from '../../../shared/api.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { ReportConnection } from '../../connection/report-connection.ts';
import type { Face } from '../../ui/Avatar.tsx';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { ExportButton } from '../export/index.ts';
import { LanguageSwitch, MeMenu } from '../me/index.ts';
import { PresentFaces, type PresentPerson } from '../presence/index.ts';
import { SaveState } from '../saving/index.ts';
import { LineEditor, LineTroubleCard, type SendLine, useLine } from '../single-line/index.ts';

interface TopBarProps {
  readonly me: Me;
  readonly myFace: Face | undefined;
  readonly role: Role;
  readonly title: string;
  readonly mayEdit: boolean;
  readonly sendTitle: SendLine;
  readonly saving: ReportConnection['saving'];
  readonly unsaved: number;
  readonly people: readonly PresentPerson[];
  readonly memberCount: number;
  readonly placeName: (node: NodeId) => string;
  readonly onVisit: (person: PresentPerson) => void;
  readonly onMembers: () => void;
  readonly onParticulars: () => void;
  readonly onDrawer: () => void;
  readonly onPanel: () => void;
}

export function TopBar(props: TopBarProps) {
  const { t } = useTranslation();
  const line = useLine(props.title, props.sendTitle);
  return (
    <header className="top">
      <Button look="quiet" icon className="drawer-button" hint={t('report.openOutline')} onClick={props.onDrawer}>
        <ListTree aria-hidden="true" />
      </Button>
      <Brand />
      <div className="top-title">
        <span className="top-name" lang="zh-CN" title={props.title}>
          <LineEditor
            line={line}
            value={props.title}
            label={t('report.title')}
            placeholder={t('heading.titlePlaceholder')}
            mayEdit={props.mayEdit}
          />
        </span>
        <SaveState saving={props.saving} role={props.role} />
      </div>
      {line.trouble === null ? null : (
        <div className="top-clash">
          <LineTroubleCard line={line} />
        </div>
      )}
      <span className="grow" />
      <PresentFaces people={props.people} placeName={props.placeName} onVisit={props.onVisit} />
      {props.people.length === 0 ? null : <span className="sep" />}
      <Button onClick={props.onParticulars} className="particulars-button" aria-label={t('particulars.open')}>
        <ScrollText aria-hidden="true" />
        <span className="button-words">{t('particulars.open')}</span>
      </Button>
      <ExportButton />
      <Button onClick={props.onMembers} className="members-button" aria-label={t('report.members', { count: props.memberCount })}>
        <Users aria-hidden="true" />
        <span className="button-words">{t('report.members', { count: props.memberCount })}</span>
      </Button>
      <span className="language-switch">
        <LanguageSwitch />
      </span>
      <Button look="quiet" icon className="panel-button" hint={t('report.openPanel')} onClick={props.onPanel}>
        <PanelRight aria-hidden="true" />
      </Button>
      <MeMenu me={props.me} face={props.myFace} unsaved={props.unsaved} />
    </header>
  );
}
