import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import type { HouseTerm } from '../../../shared/proofreading/house-terms.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { notify } from '../../ui/notices.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { LanguageSwitch, MeMenu } from '../me/index.ts';
import { BuiltInTerms } from './BuiltInTerms.tsx';
import { TermForm } from './TermForm.tsx';
import { useTerms } from './use-terms.ts';

/** 校对词表: the office's own fixed terms, which come before the built-in ones; kept by administrators, read by all. */
export function TermsPage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { table, failure, change, retry } = useTerms();
  const [editing, setEditing] = useState<string | null>(null);
  usePageTitle(t('terms.pageTitle'));

  async function remove({ wrong, at }: HouseTerm): Promise<void> {
    const told = await change({ op: 'remove', wrong, seen: at });
    notify(told.words ?? t('terms.removed', { wrong }));
  }

  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('common.skipToMain')}
      </a>
      <header className="top">
        <Brand />
        <b>{t('brand.name')}</b>
        <span className="grow" />
        <LanguageSwitch />
        <MeMenu me={me} />
      </header>
      <main id="main" className="terms">
        <h1>{t('terms.heading')}</h1>
        <p className="muted">{t(me.admin ? 'terms.hint' : 'terms.hintReader')}</p>
        {failure !== null ? (
          <div role="alert">
            <Nothing headline={t('terms.failed')} acts={<Button onClick={retry}>{t('common.retry')}</Button>}>
              {failureWords(failure)}
            </Nothing>
          </div>
        ) : table === null ? (
          <Skeleton lines={6} />
        ) : (
          <>
            {me.admin ? (
              <section className="card term-new" aria-label={t('terms.add')}>
                <h2>{t('terms.add')}</h2>
                <TermForm term={null} onSave={(term, seen) => change({ op: 'put', term, seen })} onCancel={null} />
              </section>
            ) : null}
            <section className="card" aria-label={t('terms.own')}>
              <h2>{t('terms.own')}</h2>
              {table.entries.length === 0 ? <p className="cap terms-none">{t('terms.none')}</p> : null}
              <ul>
                {table.entries.map((term) => (
                  <li key={term.wrong} className="term" data-term={term.wrong}>
                    <span className="grow" lang="zh-CN">
                      <b>{term.wrong}</b>
                      {' → '}
                      {term.right === '' ? t('terms.noRight') : <b>{term.right}</b>}
                    </span>
                    <span className="chip">{t(`proof.severity.${term.severity}`)}</span>
                    <p className="cap" lang="zh-CN">
                      {term.reason}
                      {term.cites === '' ? '' : ` · ${term.cites}`}
                      {term.unless.length === 0 ? '' : ` · ${t('terms.unlessAre', { list: term.unless.join(t('common.join')) })}`}
                    </p>
                    <p className="cap">{t('terms.changed', { when: sayMoment(term.at) })}</p>
                    {!me.admin ? null : editing === term.wrong ? (
                      <TermForm
                        term={term}
                        onSave={(fields, seen) => change({ op: 'put', term: fields, seen })}
                        onCancel={() => setEditing(null)}
                      />
                    ) : (
                      <span className="term-acts">
                        <Button size="sm" aria-label={`${t('terms.edit')} ${term.wrong}`} onClick={() => setEditing(term.wrong)}>
                          {t('terms.edit')}
                        </Button>
                        <Button size="sm" look="quiet" aria-label={`${t('terms.remove')} ${term.wrong}`} onClick={() => void remove(term)}>
                          {t('terms.remove')}
                        </Button>
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
            <BuiltInTerms off={table.off} mayChange={me.admin} change={change} />
          </>
        )}
      </main>
    </div>
  );
}
