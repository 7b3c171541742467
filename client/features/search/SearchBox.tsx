import { Search, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { judgeQuery } from '../../../shared/search/find.ts';
import { Button } from '../../ui/Button.tsx';
import { isComposing } from '../../ui/keys.ts';

interface SearchBoxProps {
  readonly words: string;
  /** Told of every change, for a page that answers while one types; left out = Enter leads to that page. */
  readonly onWords?: ((words: string) => void) | undefined;
}

/** Words to look for, in reach from everywhere by /. */
export function SearchBox({ words, onWords }: SearchBoxProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(words);
  const [complains, setComplains] = useState(false);
  const judged = judgeQuery(typed);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented || isWriting(event.target)) return;
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      const control = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!slash && !control) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);

  function change(value: string): void {
    setTyped(value);
    setComplains(false);
    onWords?.(value);
  }

  function search(event: FormEvent): void {
    event.preventDefault();
    if (onWords !== undefined) return;
    if (judged === 'fine') go(`/search?q=${encodeURIComponent(typed.trim())}`);
    else setComplains(judged !== 'empty');
  }

  return (
    <search className="desk-search">
      <form onSubmit={search}>
        <Search className="ico" aria-hidden="true" />
        <input
          ref={box}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          value={typed}
          maxLength={200}
          placeholder={t('search.box')}
          aria-label={t('search.label')}
          aria-invalid={complains}
          aria-describedby="search-said"
          aria-keyshortcuts="/"
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !isComposing(event)) event.currentTarget.blur();
            // Enter that ends a composition is the input method's.
            if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
          }}
        />
        {typed === '' ? (
          <span className="kbd" aria-hidden="true">
            /
          </span>
        ) : (
          <Button look="quiet" size="sm" icon hint={t('search.clear')} onClick={() => [change(''), box.current?.focus()]}>
            <X aria-hidden="true" />
          </Button>
        )}
      </form>
      <p id="search-said" className="search-said" role="status">
        {complains && (judged === 'too-short' || judged === 'too-long') ? t(`search.${judged}`) : ''}
      </p>
    </search>
  );
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
