import type { ReactNode } from 'react';

/** An empty or failed place: what it is, why, and what to do next. */
export function Nothing({
  headline,
  children,
  acts,
}: {
  readonly headline: string;
  readonly children?: ReactNode;
  readonly acts?: ReactNode;
}) {
  return (
    <div className="nothing">
      <h2>{headline}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {acts === undefined ? null : <div className="acts">{acts}</div>}
    </div>
  );
}
