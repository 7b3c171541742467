import { useTranslation } from 'react-i18next';
import { headingName, type OutlineRow } from './model.ts';

/** How a place is called in a sentence: its number and heading, or what kind of passage it is. */
export function usePlaceName(): (row: OutlineRow) => string {
  const { t } = useTranslation();
  return (row) => (row.passage === null ? `${row.number}${headingName(row.node)}` : t(`outline.${row.passage}`));
}
