import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { RemovedNode } from '../../../shared/outline/outline.ts';
import { Button } from '../../ui/Button.tsx';

interface RemovedListProps {
  readonly removed: readonly RemovedNode[];
  readonly mayChange: boolean;
  readonly onRestore: (node: NodeId) => void;
}

/** Without the children that a part took along: they come back with it. */
export function standsAlone(removed: readonly RemovedNode[]): readonly RemovedNode[] {
  return removed.filter((node, index) => !removed.slice(0, index).some((earlier) => earlier.id === node.parent));
}

/** What was taken out, newest first; its text is in the record and can be put back. */
export function RemovedList({ removed, mayChange, onRestore }: RemovedListProps) {
  const { t } = useTranslation();
  const shown = standsAlone(removed).toReversed();
  if (shown.length === 0) return null;
  return (
    <details className="removed">
      <summary>{t('outline.removedHeading', { count: shown.length })}</summary>
      <ul>
        {shown.map((node) => (
          <li key={node.id} className="row">
            <span className="grow cut2" lang="zh-CN" title={node.heading}>
              {node.kind === 'passage' ? t('outline.passage') : node.heading}
            </span>
            <Button size="sm" look="quiet" reason={mayChange ? null : t('outline.readOnly')} onClick={() => onRestore(node.id)}>
              {t('outline.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
