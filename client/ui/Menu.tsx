import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

interface MenuProps {
  /** The button that opens it; it must pass on its ref and props. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  /** Called before the menu takes the focus back to its button; prevent the event to put the focus elsewhere. */
  readonly onCloseAutoFocus?: (event: Event) => void;
}

export function Menu({ trigger, children, align = 'start', onCloseAutoFocus }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          {...(onCloseAutoFocus === undefined ? {} : { onCloseAutoFocus })}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly children: ReactNode;
  readonly onPick: () => void;
  readonly shortcut?: string;
  readonly disabled?: boolean;
}

export function MenuItem({ children, onPick, shortcut, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onPick}>
      {children}
      {shortcut === undefined ? null : <span className="key">{shortcut}</span>}
    </DropdownMenu.Item>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly shortcut?: string }[];
}

/** One of several, the chosen one ticked. */
export function MenuChoice({ value, onChoose, options }: ChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value}>
          <span className="tick">
            <DropdownMenu.ItemIndicator>
              <Check className="ico" aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
          </span>
          {option.label}
          {option.shortcut === undefined ? null : <span className="key">{option.shortcut}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuHead({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="head">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return (
    <DropdownMenu.Separator asChild>
      <hr />
    </DropdownMenu.Separator>
  );
}
