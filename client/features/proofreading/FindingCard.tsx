import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { FindingBody } from './FindingBody.tsx';
import type { ListedFinding } from './model.ts';
import type { FindingDesk } from './people.ts';

interface FindingCardProps {
  readonly finding: ListedFinding;
  readonly desk: FindingDesk;
  /** Where it is on the page now; null while it cannot be told. */
  readonly rectOf: () => DOMRect | null;
  readonly onStep: (direction: 1 | -1) => void;
  /** @param toText the caret goes to the place */
  readonly onClose: (toText: boolean) => void;
}

/** At the place itself: what is wrong, why, and what to do. Esc goes back to the text. */
export function FindingCard({ finding, desk, rectOf, onStep, onClose }: FindingCardProps) {
  const { t } = useTranslation();
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => rectOf() ?? new DOMRect(innerWidth / 2, 120, 0, 0) } }),
    [rectOf],
  );
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose(false))}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="finding-card"
          aria-label={t('proof.card')}
          side="bottom"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          updatePositionStrategy="always"
          onOpenAutoFocus={(event) => {
            // The card itself: on a button its hint would open and take the first Esc for itself.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true });
          }}
          onEscapeKeyDown={(event) => {
            event.preventDefault();
            onClose(true);
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <header>
            <span className={`chip finding-chip of-${finding.severity}`}>{t(`proof.severity.${finding.severity}`)}</span>
            <span className="grow" />
            <Button look="quiet" size="sm" icon hint={t('proof.previous')} onClick={() => onStep(-1)}>
              <ChevronUp aria-hidden="true" />
            </Button>
            <Button look="quiet" size="sm" icon hint={t('proof.next')} onClick={() => onStep(1)}>
              <ChevronDown aria-hidden="true" />
            </Button>
            <Button look="quiet" size="sm" icon hint={t('common.close')} onClick={() => onClose(true)}>
              <X aria-hidden="true" />
            </Button>
          </header>
          <FindingBody key={finding.id} finding={finding} desk={desk} onDone={() => onClose(true)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
