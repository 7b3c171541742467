import type { ParticularField, ParticularValue } from '../../../shared/particulars/particulars.ts';
import { PARTICULARS, REPORT_TYPES, SECRECY, URGENCY } from '../../../shared/particulars/particulars.ts';
import { useSayChoice } from './use-say-value.ts';

interface ParticularInputProps {
  readonly id: string;
  readonly field: ParticularField;
  readonly value: ParticularValue;
  readonly off: boolean;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly onChange: (value: ParticularValue) => void;
}

/** The control that fits a field: a line, a day, a choice, or a list with one item in a line. */
export function ParticularInput({ id, field, value, off, invalid, describedBy, onChange }: ParticularInputProps) {
  const sayChoice = useSayChoice();
  const shared = { id, className: 'field', 'aria-invalid': invalid, 'aria-describedby': describedBy, disabled: off };
  if (typeof value !== 'string') {
    return (
      <textarea
        {...shared}
        lang="zh-CN"
        rows={Math.min(6, Math.max(2, value.length + 1))}
        value={value.join('\n')}
        onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
    );
  }
  if (field === 'secrecy' || field === 'urgency') {
    return (
      <select {...shared} value={value} onChange={(event) => onChange(event.target.value)}>
        {(field === 'secrecy' ? SECRECY : URGENCY).map((choice) => (
          <option key={choice} value={choice}>
            {sayChoice(field, choice)}
          </option>
        ))}
      </select>
    );
  }
  if (PARTICULARS[field] === 'date')
    return <input {...shared} type="date" value={value} onChange={(event) => onChange(event.target.value)} />;
  const list = field === 'type' ? `${id}-list` : undefined;
  return (
    <>
      <input
        {...shared}
        type="text"
        lang="zh-CN"
        maxLength={400}
        value={value}
        list={list}
        onChange={(event) => onChange(event.target.value)}
      />
      {list === undefined ? null : (
        <datalist id={list}>
          {REPORT_TYPES.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
      )}
    </>
  );
}
