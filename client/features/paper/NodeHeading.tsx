import { useTranslation } from 'react-i18next';
import type { OutlineNode } from '../../../shared/outline/outline.ts';
import { LineEditor, LineTroubleCard, type SendLine, useLine } from '../single-line/index.ts';

interface NodeHeadingProps {
  readonly node: OutlineNode;
  readonly number: string;
  readonly mayEdit: boolean;
  readonly send: SendLine;
  /** On to the text under it. */
  readonly onDown: () => void;
}

/** A part's or chapter's heading on the paper: its number follows from the place, the words are edited where they stand. */
export function NodeHeading({ node, number, mayEdit, send, onDown }: NodeHeadingProps) {
  const { t } = useTranslation();
  const line = useLine(node.heading, send);
  const Level = node.kind === 'part' || node.parent === null ? 'h2' : 'h3';
  return (
    <>
      <Level className={node.kind === 'part' ? 'sheet-part' : 'sheet-heading'}>
        {number}
        <LineEditor
          line={line}
          value={node.heading}
          label={t(node.kind === 'part' ? 'heading.fieldPart' : 'heading.field', { number })}
          placeholder={t('heading.placeholder')}
          mayEdit={mayEdit}
          onLeaveDown={onDown}
        />
      </Level>
      <LineTroubleCard line={line} />
    </>
  );
}
