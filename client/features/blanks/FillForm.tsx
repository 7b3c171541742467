import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlankView } from '../../../shared/api/blanks.ts';
import { MAX_SOURCE } from '../../../shared/blanks/blank.ts';
import { checkValue } from '../../../shared/blanks/value.ts';
import { Button } from '../../ui/Button.tsx';
import type { Blanks } from './use-blanks.ts';

interface FillFormProps {
  readonly blank: BlankView;
  readonly fill: Blanks['fill'];
  /** Filled in. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** Words of the act. */
  readonly act: string;
}

/** A value with the note of its source; what looks wrong is said before it is written, and stands when its writer says so. */
export function FillForm({ blank, fill, onDone, onCancel, act }: FillFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [value, setValue] = useState(blank.value);
  const [source, setSource] = useState(blank.filled?.source ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const checked = checkValue(blank, value);
  const doubts = checked.doubts.map((doubt) => t(`blanks.doubts.${doubt}`, { unit: blank.unit ?? '' }));
  const unsure = doubts.length > 0 && asked === value;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTrouble(null);
    if (busy) return;
    if (checked.refusal !== null) {
      setTrouble(t(`blanks.refusals.${checked.refusal}`));
      field.current?.focus();
      return;
    }
    if (doubts.length > 0 && asked !== value) {
      setAsked(value);
      field.current?.focus();
      return;
    }
    setBusy(true);
    const refused = await fill(blank, { value, source: source.trim(), sure: unsure });
    setBusy(false);
    if (refused === null) onDone();
    else setTrouble(refused);
  }

  const label =
    blank.kind === 'name' ? t('blanks.valueName') : blank.unit === null ? t('blanks.value') : t('blanks.valueIn', { unit: blank.unit });
  return (
    <form className="blank-form" onSubmit={(event) => void submit(event)}>
      <label className="label" htmlFor={`${id}-value`}>
        {label}
      </label>
      <input
        ref={field}
        id={`${id}-value`}
        className="field"
        // The form opens because somebody wants to fill it in.
        // biome-ignore lint/a11y/noAutofocus: it follows a press that asks for it
        autoFocus
        value={value}
        autoComplete="off"
        spellCheck={false}
        inputMode={blank.kind === 'number' ? 'decimal' : 'text'}
        aria-invalid={trouble !== null}
        aria-describedby={`${id}-said`}
        onChange={(event) => {
          setValue(event.target.value);
          setTrouble(null);
        }}
      />
      <p id={`${id}-said`} className={trouble === null ? 'blank-doubt' : 'complaint'} role="alert">
        {trouble ?? (unsure ? doubts.join('') : '')}
      </p>
      <label className="label" htmlFor={`${id}-source`}>
        {t('blanks.source')}
      </label>
      <input
        id={`${id}-source`}
        className="field"
        value={source}
        maxLength={MAX_SOURCE}
        placeholder={t('blanks.sourceHint')}
        onChange={(event) => setSource(event.target.value)}
      />
      <div className="blank-acts">
        <Button type="submit" look="primary" size="sm" busy={busy}>
          {unsure ? t('blanks.fillSure') : act}
        </Button>
        <Button size="sm" look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
