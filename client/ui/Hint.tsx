import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

/** Words shown beside a control on hover and on keyboard focus. The control keeps its own accessible name. */
export function Hint({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" sideOffset={6} collisionPadding={8}>
          {words}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export const HintProvider = Tooltip.Provider;
