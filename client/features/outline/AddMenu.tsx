import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../shared/ids.ts';
import type { NodeKind } from '../../../shared/outline/outline.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu, MenuHead, MenuItem } from '../../ui/Menu.tsx';
import type { OutlineRow } from './model.ts';
import { usePlaceName } from './place-name.ts';

interface AddMenuProps {
  readonly rows: readonly OutlineRow[];
  readonly after: NodeId | null;
  readonly mayChange: boolean;
  readonly onAdd: (kind: NodeKind) => void;
}

export function AddMenu({ rows, after, mayChange, onAdd }: AddMenuProps) {
  const { t } = useTranslation();
  const placeName = usePlaceName();
  const row = rows.find((other) => other.node.id === after);
  const button = (
    <Button look="quiet" size="sm" icon aria-label={t('outline.add')} reason={mayChange ? null : t('outline.readOnly')}>
      <Plus aria-hidden="true" />
    </Button>
  );
  if (!mayChange) return button;
  return (
    // the new heading takes the focus: giving it back to the button would steal it
    <Menu align="end" trigger={button} onCloseAutoFocus={(event) => event.preventDefault()}>
      {row === undefined ? null : <MenuHead>{t('outline.addUnder', { place: placeName(row) })}</MenuHead>}
      <MenuItem onPick={() => onAdd('chapter')}>{t('outline.addChapter')}</MenuItem>
      <MenuItem onPick={() => onAdd('passage')}>{t('outline.addPassage')}</MenuItem>
      <MenuItem onPick={() => onAdd('part')}>{t('outline.addPart')}</MenuItem>
    </Menu>
  );
}
