import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { Me } from '../../../shared/api.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { LANGUAGE_NAMES, LANGUAGES, languageNow } from '../../i18n/start.ts';
import { type Face, faceClass, initialOf } from '../../ui/Avatar.tsx';
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLine } from '../../ui/Menu.tsx';
import { notify } from '../../ui/notices.ts';
import { THEME_CHOICES, theme } from '../../ui/theme.ts';
import { choose, signOut } from './model.ts';

interface MeMenuProps {
  readonly me: Me;
  /** As in the report that is open; outside of one, the first colour. */
  readonly face?: Face | undefined;
  /** Entries that only this browser has; asked about before signing out. */
  readonly unsaved?: number;
}

/** One's own face: language, appearance, the account, signing out. */
export function MeMenu({ me, face, unsaved = 0 }: MeMenuProps) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const [, go] = useLocation();
  const choice = useStore(theme, (state) => state.choice);
  const shown = face ?? { id: me.id, name: me.name, colour: 1, secondRound: false };

  async function leave(): Promise<void> {
    if (unsaved > 0 && !window.confirm(t('me.signOutUnsaved', { count: unsaved }))) return;
    const failure = await signOut();
    if (failure !== null) notify(failureWords(failure));
  }

  async function set(change: Parameters<typeof choose>[0]): Promise<void> {
    const failure = await choose(change);
    if (failure !== null) notify(t('account.settingNotKept', { why: failureWords(failure) }));
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
          if (language !== undefined) void set({ language });
        }}
        options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
      />
      <MenuLine />
      <MenuHead>{t('me.appearance')}</MenuHead>
      <MenuChoice
        value={choice}
        onChoose={(value) => {
          const known = THEME_CHOICES.find((other) => other === value);
          if (known !== undefined) void set({ theme: known });
        }}
        options={[
          { value: 'system', label: t('me.appearanceSystem') },
          { value: 'light', label: t('me.appearanceLight') },
          { value: 'dark', label: t('me.appearanceDark') },
        ]}
      />
      <MenuLine />
      <MenuItem onPick={() => go('/account')}>{t('account.menu')}</MenuItem>
      {me.admin ? <MenuItem onPick={() => go('/people')}>{t('people.menu')}</MenuItem> : null}
      <MenuItem onPick={() => go('/terms')}>{t('terms.menu')}</MenuItem>
      <MenuItem onPick={() => void leave()}>{t('me.signOut')}</MenuItem>
    </Menu>
  );
}
