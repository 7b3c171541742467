import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from './Button.tsx';
import { dismiss, notices } from './notices.ts';

/** Where notices appear; one for the whole page. Announced politely. */
export function Notices() {
  const { t } = useTranslation();
  const list = useStore(notices, (state) => state.list);
  return (
    <output className="notices" aria-live="polite">
      {list.map((notice) => (
        <span key={notice.id} className="notice">
          <span className="grow">{notice.words}</span>
          {notice.act === undefined ? null : (
            <Button
              size="sm"
              onClick={() => {
                notice.act?.run();
                dismiss(notice.id);
              }}
            >
              {notice.act.label}
            </Button>
          )}
          <Button size="sm" look="quiet" icon aria-label={t('common.close')} onClick={() => dismiss(notice.id)}>
            <X aria-hidden="true" />
          </Button>
        </span>
      ))}
    </output>
  );
}
