import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { Outline } from '../../../shared/outline/outline.ts';
import { childrenOf, findNode } from '../../../shared/outline/tree.ts';
import { afterMove } from './drop.ts';
import { headingName, type Move, type OutlineRow, rowsOf } from './model.ts';
import { usePlaceName } from './place-name.ts';

export interface MoveWords {
  /** What was moved where, for who cannot see it: “深化改革”已移到“（一）规范监管”后面，现为（二）. */
  moved(outline: Outline, move: Move): string;
  /** The number it would have and the level it would stand on: （二） “一、主要工作”里. */
  target(outline: Outline, node: NodeId, move: Move | null): string;
}

/** A move in words. Outlines are those before it. */
export function useMoveWords(): MoveWords {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const rowOf = (outline: Outline, node: NodeId): OutlineRow | undefined => rowsOf(outline, {}).find((row) => row.node.id === node);
  const nameOf = (outline: Outline, node: NodeId): string => {
    const row = rowOf(outline, node);
    return row === undefined ? '' : placeName(row);
  };

  return {
    moved(outline, move) {
      const after = afterMove(outline, move);
      const node = findNode(after, move.node);
      const row = rowOf(after, move.node);
      if (node === null || row === undefined) return '';
      const siblings = childrenOf(after, node.parent);
      const behind = siblings[siblings.indexOf(node) - 1];
      const where =
        behind !== undefined
          ? t('outline.behind', { place: nameOf(after, behind.id) })
          : node.parent === null
            ? t('outline.firstAtTop')
            : t('outline.firstIn', { part: nameOf(after, node.parent) });
      if (row.passage !== null) return t('outline.movedPassage', { place: placeName(row), where });
      return t('outline.moved', { place: headingName(node), where, number: row.number.replace('、', '') });
    },
    target(outline, node, move) {
      const after = move === null ? outline : afterMove(outline, move);
      const row = rowOf(after, node);
      if (row === undefined) return '';
      const { parent } = row.node;
      const level = parent === null ? t('outline.top') : t('outline.inPart', { part: nameOf(after, parent) });
      return `${row.passage === null ? row.number.replace('、', '') : placeName(row)} · ${level}`;
    },
  };
}
