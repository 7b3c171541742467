import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SOURCE } from '../../../shared/blanks/blank.ts';
import { Button } from '../../ui/Button.tsx';

interface SourceFormProps {
  readonly source: string;
  readonly onSave: (source: string) => void;
  readonly onCancel: () => void;
}

/** Where a value comes from that somebody typed into the text. */
export function SourceForm({ source, onSave, onCancel }: SourceFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState(source);

  function submit(event: FormEvent): void {
    event.preventDefault();
    onSave(words.trim());
  }

  return (
    <form className="blank-form" onSubmit={submit}>
      <label className="label" htmlFor={id}>
        {t('blanks.source')}
      </label>
      <input
        id={id}
        className="field"
        // biome-ignore lint/a11y/noAutofocus: it follows a press that asks for it
        autoFocus
        value={words}
        maxLength={MAX_SOURCE}
        placeholder={t('blanks.sourceHint')}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="blank-acts">
        <Button type="submit" size="sm">
          {t('blanks.save')}
        </Button>
        <Button size="sm" look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
