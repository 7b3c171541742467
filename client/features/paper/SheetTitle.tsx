import { useTranslation } from 'react-i18next';
import { LineEditor, LineTroubleCard, type SendLine, useLine } from '../single-line/index.ts';

interface SheetTitleProps {
  readonly title: string;
  readonly mayEdit: boolean;
  readonly send: SendLine;
  readonly onDown: () => void;
}

/** The report's title at the head of the paper. */
export function SheetTitle({ title, mayEdit, send, onDown }: SheetTitleProps) {
  const { t } = useTranslation();
  const line = useLine(title, send);
  return (
    <>
      <h1 className="sheet-title">
        <LineEditor
          line={line}
          value={title}
          label={t('report.title')}
          placeholder={t('heading.titlePlaceholder')}
          mayEdit={mayEdit}
          onLeaveDown={onDown}
        />
      </h1>
      <LineTroubleCard line={line} />
    </>
  );
}
