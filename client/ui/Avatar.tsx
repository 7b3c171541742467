import type { ReactNode } from 'react';
import { Hint } from './Hint.tsx';

/** How one person is drawn everywhere: initial, one of six colours, dotted edge in the second round. */
export interface Face {
  readonly id: string;
  readonly name: string;
  readonly colour: number;
  readonly secondRound: boolean;
}

export type FaceSize = 'sm' | 'md' | 'lg';

/** First character of a name, whole even when it lies outside the basic plane. */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '?';
}

export function faceClass(face: Face, size: FaceSize = 'md', away = false): string {
  return ['av', `a${face.colour}`, size === 'md' ? '' : size, face.secondRound ? 'round2' : '', away ? 'off' : '']
    .filter(Boolean)
    .join(' ');
}

/** A face that only shows who; `label` when more than the name must be told. */
export function Avatar({
  face,
  size,
  away,
  label,
}: {
  readonly face: Face;
  readonly size?: FaceSize;
  readonly away?: boolean;
  readonly label?: string;
}) {
  return (
    <Hint words={label ?? face.name}>
      <span className={faceClass(face, size, away)} role="img" aria-label={label ?? face.name}>
        {initialOf(face.name)}
      </span>
    </Hint>
  );
}

/** A face one can press. */
export function FaceButton({
  face,
  size,
  label,
  tabIndex,
  onPress,
}: {
  readonly face: Face;
  readonly size?: FaceSize;
  readonly label: string;
  /** -1 where a list has one stop for the Tab key. */
  readonly tabIndex?: 0 | -1;
  readonly onPress: () => void;
}) {
  return (
    <Hint words={label}>
      <button type="button" className={faceClass(face, size)} aria-label={label} tabIndex={tabIndex} onClick={onPress}>
        {initialOf(face.name)}
      </button>
    </Hint>
  );
}

/** A row of overlapping faces, the rest as a number. */
export function Faces({
  children,
  more,
  moreLabel,
}: {
  readonly children: ReactNode;
  readonly more?: number;
  readonly moreLabel?: string;
}) {
  return (
    <span className="faces">
      {children}
      {more !== undefined && more > 0 ? (
        <span className="av more" role="img" aria-label={moreLabel}>
          +{more}
        </span>
      ) : null}
    </span>
  );
}
