import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../ui/Brand.tsx';
import { LanguageSwitch } from '../me/index.ts';

/** One card on the desk: for pages that say one thing. */
export function PlainPage({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <header className="top">
        <Brand />
        <b>{t('brand.name')}</b>
        <span className="grow" />
        <LanguageSwitch />
      </header>
      <main id="main" className="card plain">
        {children}
      </main>
    </div>
  );
}
