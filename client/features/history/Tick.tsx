import { useTranslation } from 'react-i18next';
import type { PointMark } from './Timeline.tsx';

/** Chooses a point to compare; what it is called is told by the row it stands in. */
export function Tick({ mark, label, onTick }: { readonly mark: PointMark; readonly label: string; readonly onTick: () => void }) {
  const { t } = useTranslation();
  const on = mark !== 'none';
  return (
    // biome-ignore lint/a11y/useSemanticElements: shows 甲 or 乙 when it is on, which a checkbox cannot
    <button type="button" role="checkbox" aria-checked={on} aria-label={label} className={on ? 'tick-box on' : 'tick-box'} onClick={onTick}>
      {on ? t(mark === 'older' ? 'history.pointA' : 'history.pointB') : ''}
    </button>
  );
}
