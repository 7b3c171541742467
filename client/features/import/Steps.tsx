import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Where one stands on the way from a file to a report. */
export function Steps({ now }: { readonly now: 1 | 2 | 3 }) {
  const { t } = useTranslation();
  const steps = [t('import.stepChoose'), t('import.stepCheck'), t('import.stepCreate')];
  return (
    <ol className="steps-path" aria-label={t('import.steps')}>
      {steps.map((words, index) => {
        const number = index + 1;
        const state = number < now ? 'done' : number === now ? 'now' : '';
        return (
          <li key={words} className={state} aria-current={state === 'now' ? 'step' : undefined}>
            <i aria-hidden="true">{state === 'done' ? <Check /> : number}</i>
            {words}
          </li>
        );
      })}
    </ol>
  );
}
