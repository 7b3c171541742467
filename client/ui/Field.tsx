import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  /** What is wrong with what stands in it; said beside it and read aloud. */
  readonly complaint?: string | undefined;
  readonly hint?: string | undefined;
  /** Stands behind the input, in its line. */
  readonly children?: ReactNode;
}

/** A line to fill in, with its name above and what is wrong with it below. */
export function Field({ label, value, onType, complaint, hint, children, className, ...rest }: FieldProps) {
  const id = useId();
  // What is wrong says more than how it is meant, and stands in its place.
  const shown = complaint === undefined ? hint : undefined;
  const said = [shown === undefined ? '' : `${id}-hint`, `${id}-complaint`].filter(Boolean).join(' ');
  return (
    <div className="form-field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div className="row">
        <input
          {...rest}
          id={id}
          className={className === undefined ? 'field' : `field ${className}`}
          value={value}
          aria-invalid={complaint !== undefined}
          aria-describedby={said}
          onChange={(event) => onType(event.target.value)}
        />
        {children}
      </div>
      {shown === undefined ? null : (
        <p id={`${id}-hint`} className="cap">
          {shown}
        </p>
      )}
      <p id={`${id}-complaint`} className="complaint" role="alert">
        {complaint}
      </p>
    </div>
  );
}
