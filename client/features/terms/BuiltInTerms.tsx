import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TermCommand } from '../../../shared/proofreading/house-terms.ts';
import { BUILT_IN_TERMS } from '../../../shared/proofreading/rules/terms.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { notify } from '../../ui/notices.ts';
import type { Asked } from './use-terms.ts';

interface BuiltInTermsProps {
  /** `wrong` of those that the office has switched off. */
  readonly off: readonly string[];
  readonly mayChange: boolean;
  readonly change: (command: TermCommand) => Promise<Asked>;
}

/** So many of what was looked for are shown. */
const MOST = 30;

/** The built-in terms: looked up, and switched off one by one where the office goes by something else. */
export function BuiltInTerms({ off, mayChange, change }: BuiltInTermsProps) {
  const { t } = useTranslation();
  const [find, setFind] = useState('');
  const isOff = useMemo(() => new Set(off), [off]);
  const words = find.trim();
  const found = BUILT_IN_TERMS.filter(({ wrong, right }) =>
    words === '' ? isOff.has(wrong) : wrong.includes(words) || right.includes(words),
  );

  async function turn(wrong: string, on: boolean): Promise<void> {
    const told = await change({ op: 'switch', wrong, on });
    notify(told.words ?? t(on ? 'terms.switchedOn' : 'terms.switchedOff', { wrong }));
  }

  return (
    <section className="card" aria-label={t('terms.builtIn')}>
      <h2>{t('terms.builtIn')}</h2>
      <div className="terms-find">
        <Field
          label={t('terms.find')}
          hint={t('terms.findHint', { count: BUILT_IN_TERMS.length })}
          value={find}
          maxLength={20}
          lang="zh-CN"
          onType={setFind}
        />
      </div>
      <ul>
        {found.slice(0, MOST).map(({ wrong, right, reason, source }) => (
          <li key={wrong} className="term">
            <span className="grow" lang="zh-CN">
              {wrong}
              {' → '}
              {right === '' ? t('terms.noRight') : right}
              <span className="cap"> {reason}</span>
            </span>
            <span className="cap">{t(`proof.sources.${source}`)}</span>
            {mayChange ? (
              <Button
                size="sm"
                look={isOff.has(wrong) ? 'plain' : 'quiet'}
                aria-label={`${t(isOff.has(wrong) ? 'terms.turnOn' : 'terms.turnOff')} ${wrong}`}
                onClick={() => void turn(wrong, isOff.has(wrong))}
              >
                {t(isOff.has(wrong) ? 'terms.turnOn' : 'terms.turnOff')}
              </Button>
            ) : isOff.has(wrong) ? (
              <span className="chip">{t('terms.isOff')}</span>
            ) : null}
          </li>
        ))}
      </ul>
      {found.length > MOST ? <p className="cap terms-none">{t('terms.moreFound', { count: found.length - MOST })}</p> : null}
    </section>
  );
}
