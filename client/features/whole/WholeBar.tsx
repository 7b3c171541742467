import { Copy, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import type { Whole } from './use-whole.ts';

/** Says that the whole report is selected, and what can be done with it. */
export function WholeBar({ whole, characters }: { readonly whole: Whole; readonly characters: number }) {
  const { t } = useTranslation();
  if (!whole.on) return null;
  return (
    // As in the bar of what is unread: a press leaves the focus where it is, so that nothing moves under the finger.
    <section className="whole-bar" aria-label={t('whole.label')} onMouseDown={(event) => event.preventDefault()}>
      <span className="grow" role="status">
        {whole.waiting > 0 ? t('whole.opening', { count: whole.waiting }) : t('whole.selected', { count: characters })}
      </span>
      <Button size="sm" busy={whole.waiting > 0} onClick={whole.copy}>
        <Copy aria-hidden="true" />
        {t('whole.copy')}
      </Button>
      <Button look="quiet" size="sm" icon hint={t('whole.leave')} onClick={whole.leave}>
        <X aria-hidden="true" />
      </Button>
    </section>
  );
}
