import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Severity } from '../../../shared/proofreading/finding.ts';
import { type HouseTerm, LONGEST_TERM, type TermField, type TermFields } from '../../../shared/proofreading/house-terms.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import type { Asked } from './use-terms.ts';

interface TermFormProps {
  /** null = a new one. */
  readonly term: HouseTerm | null;
  readonly onSave: (term: TermFields, seen: number | null) => Promise<Asked>;
  readonly onCancel: (() => void) | null;
}

const EMPTY: TermFields = { wrong: '', right: '', unless: [], severity: 'error', reason: '', cites: '' };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'hint'];
/** What parts the exceptions of one term. */
const COMMAS = /[、，,\s]+/;

/** One term: the wording that is not to stand, what should, where it is right all the same, why and by which document. */
export function TermForm({ term, onSave, onCancel }: TermFormProps) {
  const { t } = useTranslation();
  const [fields, setFields] = useState<TermFields>(term ?? EMPTY);
  const [unless, setUnless] = useState((term?.unless ?? []).join(t('common.join')));
  const [bad, setBad] = useState<readonly TermField[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (some: Partial<TermFields>) => setFields((now) => ({ ...now, ...some }));
  const complaint = (field: TermField) => (bad.includes(field) ? t(`terms.bad.${field}`) : undefined);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const { wrong, right, severity, reason, cites } = fields;
    const exceptions = unless.split(COMMAS).filter((one) => one !== '');
    const told = await onSave({ wrong, right, severity, reason, cites, unless: exceptions }, term?.at ?? null);
    setBusy(false);
    setBad(told.bad);
    setFailure(told.words);
    if (!told.done) return;
    setFields(EMPTY);
    setUnless('');
    onCancel?.();
  }

  return (
    <form className="term-form" onSubmit={(event) => void submit(event)}>
      <div className="term-pair">
        <Field
          label={t('terms.wrong')}
          value={fields.wrong}
          maxLength={LONGEST_TERM.wrong}
          readOnly={term !== null}
          complaint={complaint('wrong')}
          lang="zh-CN"
          onType={(wrong) => set({ wrong })}
        />
        <Field
          label={t('terms.right')}
          hint={t('terms.rightHint')}
          value={fields.right}
          maxLength={LONGEST_TERM.right}
          complaint={complaint('right')}
          lang="zh-CN"
          onType={(right) => set({ right })}
        />
      </div>
      <div className="term-pair">
        <Field
          label={t('terms.reason')}
          value={fields.reason}
          maxLength={LONGEST_TERM.reason}
          complaint={complaint('reason')}
          lang="zh-CN"
          onType={(reason) => set({ reason })}
        />
        <Field
          label={t('terms.cites')}
          hint={t('terms.citesHint')}
          value={fields.cites}
          maxLength={LONGEST_TERM.cites}
          complaint={complaint('cites')}
          lang="zh-CN"
          onType={(cites) => set({ cites })}
        />
      </div>
      <div className="term-pair">
        <Field
          label={t('terms.unless')}
          hint={t('terms.unlessHint')}
          value={unless}
          complaint={complaint('unless')}
          lang="zh-CN"
          onType={setUnless}
        />
        <fieldset className="term-severity">
          <legend className="label">{t('terms.severity')}</legend>
          {SEVERITIES.map((severity) => (
            <Button key={severity} size="sm" aria-pressed={fields.severity === severity} onClick={() => set({ severity })}>
              {t(`proof.severity.${severity}`)}
            </Button>
          ))}
        </fieldset>
      </div>
      {failure === null ? null : (
        <p className="complaint" role="alert">
          {failure}
        </p>
      )}
      <div className="row">
        <Button type="submit" look={term === null ? 'primary' : 'plain'} busy={busy}>
          {t(term === null ? 'terms.addAct' : 'terms.saveAct')}
        </Button>
        {onCancel === null ? null : (
          <Button look="quiet" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
