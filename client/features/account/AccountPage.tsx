import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import { Brand } from '../../ui/Brand.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { LanguageSwitch, MeMenu } from '../me/index.ts';
import { DevicesCard } from './DevicesCard.tsx';
import { NameCard } from './NameCard.tsx';
import { PasswordCard } from './PasswordCard.tsx';
import { SettingsCard } from './SettingsCard.tsx';

/** One's own account: name, signing in, language and theme, devices. */
export function AccountPage({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  usePageTitle(t('account.pageTitle'));
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
      <main id="main" className="account">
        <h1>{t('account.heading')}</h1>
        <NameCard me={me} />
        <PasswordCard me={me} />
        <SettingsCard />
        <DevicesCard />
      </main>
    </div>
  );
}
