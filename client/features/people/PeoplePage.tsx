import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HousePerson } from '../../../shared/api/accounts.ts';
import type { Me } from '../../../shared/api.ts';
import { type FailureLike, useFailureWords } from '../../i18n/failure-words.ts';
import { Brand } from '../../ui/Brand.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { askIdentity, LanguageSwitch, MeMenu, signedOutNow } from '../me/index.ts';
import { LinkCard, type MadeLink } from '../members/index.ts';
import { accounts, ask } from '../requests/index.ts';
import { AddPerson } from './AddPerson.tsx';
import { PersonRow } from './PersonRow.tsx';

/** Everybody of the house, for its administrators. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [people, setPeople] = useState<readonly HousePerson[] | null>(null);
  const [failure, setFailure] = useState<FailureLike | null>(null);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [round, setRound] = useState(0);
  usePageTitle(t('people.pageTitle'));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let mounted = true;
    void ask(accounts.people()).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setPeople(answer.value);
      else if (answer.error.code === 'signed-out') signedOutNow();
      setFailure(answer.ok ? null : answer.error);
    });
    return () => {
      mounted = false;
    };
  }, [round]);

  function changed(person: HousePerson): void {
    setPeople((now) => now?.map((other) => (other.id === person.id ? person : other)) ?? null);
    // somebody may withdraw their own right
    if (person.id === me.id) void askIdentity();
  }

  const admins = people?.filter((person) => person.admin && !person.suspended).length ?? 0;
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
      <main id="main" className="people">
        <h1>{t('people.heading')}</h1>
        <p className="muted">{t('people.hint')}</p>
        {made === null ? null : <LinkCard key={made.link} made={made} />}
        <AddPerson
          onAdded={(added) => {
            setMade({ name: added.person.name, link: added.link });
            setPeople((now) => [...(now ?? []), added.person]);
          }}
        />
        <div className="card" aria-busy={people === null}>
          {people === null && failure === null ? (
            <div className="people-wait">
              <Skeleton lines={4} />
            </div>
          ) : null}
          {failure === null ? null : (
            <div role="alert">
              <Nothing headline={t('people.failed')} acts={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
                {failureWords(failure)}
              </Nothing>
            </div>
          )}
          <ul>
            {people?.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isMe={person.id === me.id}
                isLastAdmin={person.admin && !person.suspended && admins === 1}
                onChanged={changed}
                onLink={setMade}
              />
            ))}
          </ul>
        </div>
      </main>
    </div>
  );
}
