import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Me } from '../../../shared/api.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { LANGUAGE_NAMES, LANGUAGES, languageNow, switchLanguage } from '../../i18n/start.ts';
import { type Face, faceClass, initialOf } from '../../ui/Avatar.tsx';
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLine } from '../../ui/Menu.tsx';
import { notify } from '../../ui/notices.ts';
import { chooseTheme, THEME_CHOICES, theme } from '../../ui/theme.ts';
import { signOut } from './model.ts';

interface MeMenuProps {
  readonly me: Me;
  /** As in the report that is open; outside of one, the first colour. */
  readonly face?: Face | undefined;
  /** Entries that only this browser has; asked about before signing out. */
  readonly unsaved?: number;
}

/** One's own face: language, appearance, signing out. */
export function MeMenu({ me, face, unsaved = 0 }: MeMenuProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const choice = useStore(theme, (state) => state.choice);
  const shown = face ?? { id: me.id, name: me.name, colour: 1, secondRound: false };

  async function leave(): Promise<void> {
    if (unsaved > 0 && !window.confirm(t('me.signOutUnsaved', { count: unsaved }))) return;
    const failure = await signOut();
    if (failure !== null) notify(failureWords(failure));
  }

  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={faceClass(shown, 'lg')} aria-label={t('me.menu', { name: me.name })} title={me.name}>
          {initialOf(me.name)}
        </button>
      }
    >
      <MenuHead>{me.name}</MenuHead>
      <MenuLine />
      <MenuHead>{t('me.language')}</MenuHead>
      <MenuChoice
        value={languageNow()}
        onChoose={(value) => {
          const language = LANGUAGES.find((known) => known === value);
          if (language !== undefined) void switchLanguage(language);
        }}
        options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
      />
      <MenuLine />
      <MenuHead>{t('me.appearance')}</MenuHead>
      <MenuChoice
        value={choice}
        onChoose={(value) => {
          const known = THEME_CHOICES.find((other) => other === value);
          if (known !== undefined) chooseTheme(known);
        }}
        options={[
          { value: 'system', label: t('me.appearanceSystem') },
          { value: 'light', label: t('me.appearanceLight') },
          { value: 'dark', label: t('me.appearanceDark') },
        ]}
      />
      <MenuLine />
      <MenuItem onPick={() => void leave()}>{t('me.signOut')}</MenuItem>
    </Menu>
  );
}
