import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';

const KEYS = [
  { keys: ['n', 'j'], words: 'next' },
  { keys: ['p', 'k'], words: 'previous' },
  { keys: [']', '['], words: 'unread' },
  { keys: ['1', '2', '3'], words: 'looks' },
  { keys: ['?'], words: 'help' },
  { keys: ['Esc'], words: 'back' },
] as const;

/** The keys of the compare view. */
export function KeysDialog({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('history.keys')}>
      <dl className="keys-list">
        {KEYS.map(({ keys, words }) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="kbd">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`history.keyWords.${words}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
