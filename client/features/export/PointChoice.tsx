import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seq } from '../../../shared/ids.ts';
import type { Revision } from '../../../shared/revisions/revision.ts';
import type { Choice } from './model.ts';

interface PointChoiceProps {
  readonly choice: Choice;
  readonly head: Seq;
  readonly revisions: readonly Revision[];
  readonly onChange: (some: Partial<Choice>) => void;
}

/** Which point of the report's life; for a marked copy which two. */
export function PointChoice({ choice, head, revisions, onChange }: PointChoiceProps) {
  const { t } = useTranslation();
  const [fromId, toId] = [useId(), useId()];
  const marked = choice.kind === 'marked';
  const newestFirst = [...revisions].sort((one, other) => other.upTo - one.upTo);
  const option = ({ upTo, name }: Revision) => (
    <option key={upTo} value={upTo}>
      {t('exporting.named', { name, seq: upTo })}
    </option>
  );
  return (
    <fieldset>
      <legend>{t('exporting.point')}</legend>
      {marked ? (
        <div className="export-row">
          <label htmlFor={fromId}>{t('exporting.from')}</label>
          <select id={fromId} className="field" value={choice.from} onChange={(event) => onChange({ from: Number(event.target.value) })}>
            {newestFirst.filter(({ upTo }) => upTo <= (choice.seq ?? head)).map(option)}
            <option value={0}>{t('exporting.start')}</option>
          </select>
        </div>
      ) : null}
      <div className="export-row">
        {marked ? <label htmlFor={toId}>{t('exporting.to')}</label> : null}
        <select
          id={toId}
          className="field"
          aria-label={marked ? undefined : t('exporting.point')}
          value={choice.seq ?? ''}
          onChange={(event) => {
            const seq = event.target.value === '' ? null : Number(event.target.value);
            onChange({ seq, from: seq !== null && choice.from > seq ? 0 : choice.from });
          }}
        >
          <option value="">{t('exporting.now', { seq: head })}</option>
          {newestFirst.map(option)}
        </select>
      </div>
    </fieldset>
  );
}
