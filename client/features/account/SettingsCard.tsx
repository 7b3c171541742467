import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LanguageName, MySettings, ThemeName } from '../../../shared/api/accounts.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { LANGUAGE_NAMES, LANGUAGES, languageNow } from '../../i18n/start.ts';
import { THEME_CHOICES, theme } from '../../ui/theme.ts';
import { choose } from '../me/index.ts';
import { Choices } from './Choices.tsx';

const THEME_WORDS = { system: 'me.appearanceSystem', light: 'me.appearanceLight', dark: 'me.appearanceDark' } as const;

/** Language and theme, at once and on every device. */
export function SettingsCard() {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const look = useStore(theme, (state) => state.choice);
  const [complaint, setComplaint] = useState<string | null>(null);

  async function set(change: Partial<MySettings>): Promise<void> {
    const failure = await choose(change);
    setComplaint(failure === null ? null : t('account.settingNotKept', { why: failureWords(failure) }));
  }

  return (
    <section className="card account-card" aria-labelledby="account-settings">
      <h2 id="account-settings">{t('account.settings')}</h2>
      <p className="muted">{t('account.settingsHint')}</p>
      <Choices<LanguageName>
        label={t('me.language')}
        value={languageNow()}
        options={LANGUAGES.map((value) => ({ value, words: LANGUAGE_NAMES[value] }))}
        onChoose={(language) => void set({ language })}
      />
      <Choices<ThemeName>
        label={t('me.appearance')}
        value={look}
        options={THEME_CHOICES.map((value) => ({ value, words: t(THEME_WORDS[value]) }))}
        onChoose={(choice) => void set({ theme: choice })}
      />
      <p className="complaint" role="alert">
        {complaint}
      </p>
    </section>
  );
}
