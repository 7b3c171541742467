import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Hint } from './Hint.tsx';

type Look = 'plain' | 'primary' | 'quiet';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'title'> {
  /** `primary` is the one red act of a screen. */
  readonly look?: Look;
  readonly size?: 'sm' | 'md' | 'lg';
  /** Square, with an icon only: `hint` is then its name. */
  readonly icon?: boolean;
  /** Shown on hover and focus, and read as the name of an icon. */
  readonly hint?: string | undefined;
  /** Why it can't be used now; a button with a reason stays reachable so that the reason can be read. */
  readonly reason?: string | null | undefined;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** The product's one button. */
export function Button({
  look = 'plain',
  size = 'md',
  icon = false,
  hint,
  reason,
  busy = false,
  disabled,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const off = busy || reason != null;
  const classes = ['btn', look === 'plain' ? '' : look, size === 'md' ? '' : size, icon ? 'icon' : '', className ?? '']
    .filter(Boolean)
    .join(' ');
  const button = (
    <button
      type="button"
      aria-label={icon ? hint : undefined}
      {...rest}
      className={classes}
      disabled={disabled}
      aria-disabled={off ? true : undefined}
      aria-busy={busy ? true : undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
  const words = reason ?? hint;
  return words === undefined ? button : <Hint words={words}>{button}</Hint>;
}
