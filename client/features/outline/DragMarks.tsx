import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { OutlineRow } from './model.ts';
import { usePlaceName } from './place-name.ts';
import type { Drag } from './use-drag.ts';

interface DragMarksProps {
  readonly drag: Drag;
  readonly rows: readonly OutlineRow[];
  /** The number it would have and the level it would stand on. */
  readonly target: string;
}

/** What is seen of a drag: what is under way, beside the pointer, and the line where it would come to stand. Screen readers hear the outcome. */
export function DragMarks({ drag, rows, target }: DragMarksProps) {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const row = rows.find((other) => other.node.id === drag.node);
  if (row === undefined) return null;
  const inside = rows.filter((other) => other.node.parent === drag.node).length;
  const { place } = drag;
  return (
    <>
      <div
        className={place.move === null ? 'drop-line same' : 'drop-line'}
        data-depth={place.depth}
        style={{ top: drag.top }}
        aria-hidden="true"
      >
        <span className="drop-target">{target}</span>
      </div>
      {createPortal(
        <div className="drag-card" style={{ left: drag.x, top: drag.y }} aria-hidden="true" lang="zh-CN">
          <span className="cut">{placeName(row)}</span>
          {inside === 0 ? null : <span className="cap">{t('outline.withInside', { count: inside })}</span>}
        </div>,
        document.body,
      )}
    </>
  );
}
