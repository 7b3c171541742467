import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Result } from '../../shared/result.ts';
import { type FailureLike, useFailureWords } from '../i18n/failure-words.ts';

/** What is wrong, by the field it stands beside; under `form` what belongs to none. */
export type Complaints<Name extends string> = Readonly<Partial<Record<Name | 'form', string>>>;

type ByField = Readonly<Record<string, string | undefined>>;

export interface Submit<Name extends string> {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly busy: boolean;
  readonly complaints: Complaints<Name>;
  /** Takes a complaint away: its field is being corrected. */
  clear(name: Name): void;
  /** Judges first what can be judged here, then asks the server; a second press meanwhile does nothing. */
  run<Value>(event: FormEvent, problems: Complaints<Name>, ask: () => Promise<Result<Value, FailureLike>>): Promise<Value | null>;
}

/**
 * One form: busy while asked, each refusal beside its field, the first wrong field focused.
 * @param fieldOf the field that a code of the server is about
 * @param wordsOf words for a code that say it better here
 */
export function useSubmit<Name extends string>(
  fieldOf: Readonly<Partial<Record<FailureLike['code'], Name>>>,
  wordsOf: Readonly<Partial<Record<FailureLike['code'], string>>> = {},
): Submit<Name> {
  const failureWords = useFailureWords();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [complaints, setComplaints] = useState<ByField>({});

  useEffect(() => {
    if (Object.keys(complaints).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [complaints]);

  return {
    form,
    busy,
    // only names of this form are ever put in
    complaints: complaints as Complaints<Name>,
    clear(name) {
      // the same object where there is nothing to clear, so that the focus is not moved while somebody types
      setComplaints((now) => (now[name] === undefined && now['form'] === undefined ? now : without(now, name)));
    },
    async run(event, problems, ask) {
      event.preventDefault();
      if (busy) return null;
      if (Object.values(problems).some((words) => words !== undefined)) {
        setComplaints(problems);
        return null;
      }
      setBusy(true);
      const answer = await ask();
      setBusy(false);
      if (answer.ok) {
        setComplaints({});
        return answer.value;
      }
      const { code } = answer.error;
      setComplaints({ [fieldOf[code] ?? 'form']: wordsOf[code] ?? failureWords(answer.error) });
      return null;
    },
  };
}

function without(complaints: ByField, name: string): ByField {
  return Object.fromEntries(Object.entries(complaints).filter(([field]) => field !== name && field !== 'form'));
}
