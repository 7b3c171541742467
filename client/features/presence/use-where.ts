import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';

/** Where somebody is, in words: in a chapter, around it, or in none. */
export function useWhere(placeName: (node: NodeId) => string): (place: NodeId | null, exact: boolean) => string {
  const { t } = useTranslation();
  return (place, exact) => {
    if (place === null) return t('panel.whereNone');
    return t(exact ? 'panel.whereIn' : 'panel.whereNear', { place: placeName(place) });
  };
}
