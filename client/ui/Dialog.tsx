import { X } from 'lucide-react';
import { Dialog as Kit } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** A dialog with focus kept inside and given back afterwards; Esc closes it. */
export function Dialog({ open, onOpenChange, title, children, footer }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Kit.Root open={open} onOpenChange={onOpenChange}>
      <Kit.Portal>
        <Kit.Overlay className="veil" />
        <Kit.Content className="dialog" aria-describedby={undefined}>
          <header>
            <Kit.Title className="dialog-title">{title}</Kit.Title>
            <Kit.Close asChild>
              <Button look="quiet" icon aria-label={t('common.close')}>
                <X aria-hidden="true" />
              </Button>
            </Kit.Close>
          </header>
          <div className="inside">{children}</div>
          {footer === undefined ? null : <footer>{footer}</footer>}
        </Kit.Content>
      </Kit.Portal>
    </Kit.Root>
  );
}
