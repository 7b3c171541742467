import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../../ui/Menu.tsx';

/** What can be done with a point of the timeline besides opening it. */
export function RowMenu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="btn quiet sm icon row-menu" aria-label={label}>
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      {children}
    </Menu>
  );
}
