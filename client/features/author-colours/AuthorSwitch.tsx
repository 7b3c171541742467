import { Paintbrush } from 'lucide-react';
import { Toolbar as Kit } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';

/** In the toolbar: whose words are whose, in their colours. */
export function AuthorSwitch({ on, onChange }: { readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Kit.Button asChild>
      <Button
        look="quiet"
        size="sm"
        className="authors-switch"
        hint={t(on ? 'authors.hide' : 'authors.show')}
        aria-pressed={on}
        // the caret must stay in the text
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChange(!on)}
      >
        <Paintbrush aria-hidden="true" />
        {t('authors.switch')}
      </Button>
    </Kit.Button>
  );
}
