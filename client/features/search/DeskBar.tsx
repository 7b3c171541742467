import { useTranslation } from 'react-i18next';
import type { Me } from '../../../shared/api.ts';
import { Brand } from '../../ui/Brand.tsx';
import { LanguageSwitch, MeMenu } from '../me/index.ts';
import { SearchBox } from './SearchBox.tsx';

interface DeskBarProps {
  readonly me: Me;
  /** What stands in the box; left out = nothing yet. */
  readonly words?: string;
  readonly onWords?: (words: string) => void;
}

/** The top bar outside of a report: the mark, the search box, oneself. */
export function DeskBar({ me, words, onWords }: DeskBarProps) {
  const { t } = useTranslation();
  return (
    <header className="top desk-bar">
      <span className="row desk-brand">
        <Brand />
        <b>{t('brand.name')}</b>
      </span>
      <SearchBox words={words ?? ''} onWords={onWords} />
      <span className="row desk-me">
        <LanguageSwitch />
        <span className="home-me">{me.name}</span>
        <MeMenu me={me} />
      </span>
    </header>
  );
}
