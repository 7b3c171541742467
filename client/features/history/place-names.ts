import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { Outline, OutlineNode } from '../../../shared/outline/outline.ts';
import { type OutlineRow, rowsOf, usePlaceName } from '../outline/index.ts';

/** How chapters are called: whole, and short where a line has to hold several. */
export interface PlaceNames {
  long(node: NodeId | null): string;
  /** Its number; its name where it has none. */
  short(node: NodeId): string;
}

/** @param outlines first the one whose numbers count, then those in which a chapter may be found that is gone from it */
export function usePlaceNames(outlines: readonly Outline[]): PlaceNames {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const rows = new Map<NodeId, OutlineRow>();
  const gone = new Map<NodeId, OutlineNode>();
  for (const outline of outlines.toReversed()) {
    for (const node of outline.removed) gone.set(node.id, node);
    for (const row of rowsOf(outline, {})) rows.set(row.node.id, row);
  }
  const long = (node: NodeId | null): string => {
    if (node === null) return t('history.reportTitle');
    const row = rows.get(node);
    if (row !== undefined) return placeName(row);
    const heading = gone.get(node)?.heading ?? '';
    return heading === '' ? t('history.goneChapter') : heading;
  };
  const short = (node: NodeId): string => {
    const number = rows.get(node)?.number ?? '';
    return number === '' ? long(node) : number.replace('、', '');
  };
  return { long, short };
}
