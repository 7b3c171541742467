import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParticularsState } from '../../../shared/api/particulars.ts';
import type { ReportId, Seq } from '../../../shared/ids.ts';
import { faultsOf, type ParticularFault } from '../../../shared/particulars/decide.ts';
import type { ParticularField } from '../../../shared/particulars/particulars.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ask, particulars } from '../requests/index.ts';
import { changesOf, clashOf, faultsIn, PARTS, rebase, type Values } from './model.ts';
import { ParticularRow } from './ParticularRow.tsx';

interface ParticularsDialogProps {
  readonly report: ReportId;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

/** What the form stands on: the state that was seen, what is written over it, and where the two of somebody else and mine clash. */
interface Sheet {
  readonly seen: ParticularsState;
  readonly draft: Values;
  readonly clashing: ReadonlySet<ParticularField>;
}

/** 发文稿纸: one form; each changed field becomes an entry against the value that was seen. */
export function ParticularsDialog({ report, mayWrite, onClose }: ParticularsDialogProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const form = useRef<HTMLFormElement>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [faults, setFaults] = useState<Readonly<Partial<Record<ParticularField, ParticularFault>>>>({});
  const [said, setSaid] = useState<{ readonly saved: Seq } | { readonly trouble: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    setFailure(null);
    void ask(particulars.read(report)).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setSheet({ seen: answer.value, draft: answer.value.values, clashing: new Set() });
      else setFailure(answer.error);
    });
    return () => {
      mounted = false;
    };
  }, [report, round]);

  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);

  const changes = sheet === null ? [] : changesOf(sheet.seen.values, sheet.draft);

  function close(): void {
    if (changes.length > 0 && !window.confirm(t('particulars.leaveUnsaved'))) return;
    onClose();
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sheet === null || busy || changes.length === 0) return;
    const wrong = faultsOf({ ...sheet.seen.values, ...Object.fromEntries(changes.map(({ field, value }) => [field, value])) });
    setFaults(wrong);
    setSaid(null);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    const answer = await ask(particulars.change(report, changes));
    setBusy(false);
    if (answer.ok) {
      setSheet({ seen: answer.value.state, draft: answer.value.state.values, clashing: new Set() });
      setSaid({ saved: answer.value.seq });
      return;
    }
    const clash = clashOf(answer.error.details);
    if (clash !== null) {
      const draft = rebase(sheet.seen.values, sheet.draft, clash.state.values);
      setSheet({ seen: clash.state, draft, clashing: new Set(Object.keys(clash.fields) as ParticularField[]) });
    }
    setFaults(faultsIn(answer.error.details));
    setSaid({ trouble: failureWords(answer.error) });
  }

  return (
    <Dialog open onOpenChange={close} title={t('particulars.title')}>
      {failure === null ? null : (
        <div role="alert">
          <Nothing headline={t('particulars.failed')} acts={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
            {failureWords(failure)}
          </Nothing>
        </div>
      )}
      {sheet === null && failure === null ? <Skeleton lines={8} /> : null}
      {sheet === null ? null : (
        <form ref={form} className="particulars" noValidate onSubmit={(event) => void save(event)}>
          {PARTS.map(({ name, fields }) => (
            <fieldset key={name} disabled={!mayWrite}>
              <legend>{t(`particulars.parts.${name}`)}</legend>
              {fields.map((field: ParticularField) => (
                <ParticularRow
                  key={field}
                  field={field}
                  value={sheet.draft[field]}
                  secret={sheet.draft.secrecy !== ''}
                  setting={sheet.seen.set[field]}
                  theirs={sheet.clashing.has(field) ? sheet.seen.values[field] : null}
                  fault={faults[field] ?? null}
                  onChange={(value) => {
                    setSheet({ ...sheet, draft: { ...sheet.draft, [field]: value } });
                    setSaid(null);
                    if (faults[field] !== undefined)
                      setFaults(Object.fromEntries(Object.entries(faults).filter(([other]) => other !== field)));
                  }}
                  onSettle={(mine) => {
                    const draft = mine ? sheet.draft : { ...sheet.draft, [field]: sheet.seen.values[field] };
                    setSheet({ ...sheet, draft, clashing: new Set([...sheet.clashing].filter((other) => other !== field)) });
                    setSaid(null);
                  }}
                />
              ))}
            </fieldset>
          ))}
          <div className="particulars-foot">
            <span className={said !== null && 'trouble' in said ? 'complaint grow' : 'cap grow'} role="status">
              {!mayWrite
                ? t('particulars.readOnly')
                : said === null
                  ? changes.length === 0
                    ? ''
                    : t('particulars.changed', { count: changes.length })
                  : 'saved' in said
                    ? t('particulars.saved', { seq: said.saved })
                    : said.trouble}
            </span>
            <Button onClick={close}>{t('common.close')}</Button>
            {mayWrite ? (
              <Button type="submit" look="primary" busy={busy} reason={changes.length === 0 ? t('particulars.nothingChanged') : null}>
                {t('particulars.save')}
              </Button>
            ) : null}
          </div>
        </form>
      )}
    </Dialog>
  );
}
