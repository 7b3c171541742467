import { Check, Info, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type TroubleKind = 'warn' | 'stop' | 'good' | 'info';

interface TroubleBarProps {
  readonly kind: TroubleKind;
  /** What happened, with its number. */
  readonly headline: string;
  /** What is safe and what to do. */
  readonly children?: ReactNode;
  readonly acts?: ReactNode;
}

const ICONS = { warn: TriangleAlert, stop: Lock, good: Check, info: Info } as const;

/** A full-width bar: trouble in words, what is safe, what to do. A refusal interrupts a screen reader, the others wait. */
export function TroubleBar({ kind, headline, children, acts }: TroubleBarProps) {
  const Icon = ICONS[kind];
  return (
    <div className={kind === 'warn' ? 'alert' : `alert ${kind}`} role={kind === 'stop' ? 'alert' : 'status'}>
      <Icon className="ico" aria-hidden="true" />
      <span className="grow">
        <b>{headline}</b> {children}
      </span>
      {acts}
    </div>
  );
}
